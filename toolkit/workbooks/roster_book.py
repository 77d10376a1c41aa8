"""The register of units (单位名录.xlsx): a workbook a clerk fills once and keeps.

Sheet 单位名录 lists the units in their fixed order, sheet 单位组 the groups, sheet 填写说明 how to fill in.
:mod:`toolkit.workbooks.roster_reader` reads it back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.language.units import join_names, split_names
from toolkit.model import Roster
from toolkit.outputs import write_bytes
from toolkit.workbooks.cells import cut, holdable
from toolkit.workbooks.roster_reader import examine, examine_bytes, examine_for, read, unit_cells
from toolkit.workbooks.row_heights import line_count, row_height

__all__ = [
    "GROUP_COLUMNS",
    "UNIT_COLUMNS",
    "examine",
    "examine_bytes",
    "examine_for",
    "read",
    "render",
    "unit_cells",
    "write",
]

UNITS_SHEET = "单位名录"
GROUPS_SHEET = "单位组"
GUIDE_SHEET = "填写说明"
UNIT_COLUMNS = ("序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注")
GROUP_COLUMNS = ("单位组", "成员", "依据")

_GUIDE = (
    "一、“单位名录”一行一个单位。序号就是固定的单位序列：填报表文件名、未报名单、汇总表都按它排。",
    "二、“简称”填这个单位的简称、曾用名、常见错写，几个之间用分号“；”隔开。"
    "回收时按这些名称认单位；不在名录里的名称只会提示，不会自动归到某个单位。",
    "三、“单位组”填它属于哪些组（如 各县区政府；市直各单位），几个之间用分号“；”隔开；"
    "也可以到“单位组”表里按组填成员，填一处即可。",
    "四、“单位组”表一行一个组，“成员”用顿号“、”隔开，“依据”写按什么确定的成员（文号、会议纪要、领导批示等）。没有成员的组不能下发。",
    "五、可以增加、删除、移动行，也可以调整列的先后；表头文字请保留。改动名录后请重新下发，已下发的填报表不会自动变化。",
)


@dataclass(frozen=True, slots=True)
class _Column:
    word: str
    width: float
    centred: bool = False


_UNIT_LOOK = (
    _Column("序号", 6, True),
    _Column("单位名称", 28),
    _Column("简称", 26),
    _Column("单位组", 34),
    _Column("联系人", 11, True),
    _Column("电话", 16, True),
    _Column("备注", 22),
)
_GROUP_LOOK = (_Column("单位组", 30), _Column("成员", 82), _Column("依据", 30))
_INDENT = 2.0
"""Units of width that the indent of a cell takes."""
_MEMBERS = 800
"""Members of a group that stand in one cell."""
_TITLE_FONT, _TEXT_FONT = "黑体", "仿宋_GB2312"


def write(roster: Roster, path: Path) -> None:
    """Write the register; the same register gives the same bytes."""
    write_bytes(path, render(roster))


def render(roster: Roster) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    roster = roster.joined()
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": UNITS_SHEET, "created": datetime(2000, 1, 1)})
    look = _Look(book)
    units = [
        (
            unit.order,
            unit.name,
            "；".join(unit.aliases),
            _groups_cell(unit.groups),
            unit.contact,
            unit.phone,
            unit.remark,
        )
        for unit in roster.units
    ]
    _write_table(book.add_worksheet(UNITS_SHEET), _UNIT_LOOK, units, look, landscape=True)
    groups = [
        (group.name, join_names(members), group.basis) for group in roster.groups for members in _rows(group.members)
    ]
    _write_table(book.add_worksheet(GROUPS_SHEET), _GROUP_LOOK, groups, look, landscape=True)
    _write_guide(book.add_worksheet(GUIDE_SHEET), look)
    book.close()
    return stream.getvalue()


def _rows(members: Sequence[str]) -> list[Sequence[str]]:
    """The members of a group, a row each time as many as a cell surely holds."""
    return [members[start : start + _MEMBERS] for start in range(0, max(len(members), 1), _MEMBERS)]


def _groups_cell(groups: Sequence[str]) -> str:
    """Groups by ；, as clerks are told to write them, unless a name would not come back whole."""
    cell = "；".join(groups)
    return cell if split_names(cell) == tuple(groups) else join_names(groups)


class _Look:
    """The formats of the workbook."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": _TEXT_FONT, "font_size": 12, "valign": "vcenter", "text_wrap": True}
        bordered = {**base, "border": 1, "border_color": "#808080", "num_format": "@"}
        self.header = book.add_format(
            {**bordered, "font_name": _TITLE_FONT, "align": "center", "bg_color": "#DDEBF7", "num_format": "General"}
        )
        self.left = book.add_format({**bordered, "indent": 1})
        self.centred = book.add_format({**bordered, "align": "center"})
        self.number = book.add_format({**bordered, "align": "center", "num_format": "0"})
        self.title = book.add_format({**base, "font_name": _TITLE_FONT, "font_size": 16})
        self.guide = book.add_format({**base, "valign": "top"})


def _write_table(
    sheet: Any, columns: Sequence[_Column], rows: Sequence[Sequence[object]], look: _Look, *, landscape: bool
) -> None:
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, look.centred if column.centred else look.left)
        sheet.write_string(0, index, column.word, look.header)
    sheet.set_row(0, 26)
    for number, row in enumerate(rows, start=1):
        height = 22.0
        for index, (column, value) in enumerate(zip(columns, row, strict=True)):
            if isinstance(value, int):
                sheet.write_number(number, index, value, look.number)
                continue
            text = cut(holdable(str(value)))
            style = look.centred if column.centred else look.left
            if text:
                sheet.write_string(number, index, text, style)
            else:
                sheet.write_blank(number, index, None, style)
            height = max(height, row_height(line_count(text, column.width - _INDENT, 12), 12))
        sheet.set_row(number, height)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _set_page(sheet, landscape=landscape)
    sheet.repeat_rows(0)


def _write_guide(sheet: Any, look: _Look) -> None:
    width = 68.0
    sheet.set_column(0, 0, width, look.guide)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "单位名录怎么填", look.title)
    sheet.set_row(0, 32)
    for number, line in enumerate(_GUIDE, start=1):
        sheet.write_string(number, 0, line, look.guide)
        sheet.set_row(number, row_height(line_count(line, width, 12), 12) + 6)
    _set_page(sheet, landscape=False)


def _set_page(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.set_footer('&C&"宋体"&10第 &P 页，共 &N 页')
