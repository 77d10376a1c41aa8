"""The register of units (单位名录.xlsx): a workbook a clerk fills once and keeps.

Sheet 单位名录 lists the units in their fixed order, sheet 单位组 the groups, sheet 填写说明 how to fill in.  Reading is
tolerant of what clerks do: moved columns, other header words, rows above the header, blank rows; a membership told in
either sheet counts.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.containers import reader
from toolkit.containers.content import Content, Sheet
from toolkit.findings import CannotDo
from toolkit.findings import roster as found
from toolkit.language.text import essence, split_outside
from toolkit.language.units import join_names, split_names
from toolkit.model import Finding, Group, Roster, Unit
from toolkit.outputs import write_bytes
from toolkit.workbooks.cells import cut, holdable
from toolkit.workbooks.row_heights import line_count, row_height

UNITS_SHEET = "单位名录"
GROUPS_SHEET = "单位组"
GUIDE_SHEET = "填写说明"
UNIT_COLUMNS = ("序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注")
GROUP_COLUMNS = ("单位组", "成员", "依据")

_OTHER_WORDS = {
    "序号": ("顺序", "排序", "编号", "单位序列"),
    "单位名称": ("单位", "名称", "部门名称", "单位全称", "部门"),
    "简称": ("曾用名", "简称曾用名", "简称或曾用名", "别名", "其他名称", "简称别名", "简称及曾用名"),
    "单位组": ("所属单位组", "组别", "分组", "所属组", "单位组名称", "组名", "单位组别"),
    "联系人": ("经办人", "联络员", "联络人", "填报人"),
    "电话": ("联系电话", "电话号码", "手机", "手机号", "联系方式", "办公电话"),
    "备注": ("说明",),
    "成员": ("成员单位", "组成员", "包含单位", "单位成员", "单位名单"),
    "依据": ("来源", "展开依据", "文件依据"),
}
_MEANING = {essence(name): word for word, names in _OTHER_WORDS.items() for name in (word, *names)}
_HEADER_WITHIN = 15
"""Rows that may stand above the header."""

_GUIDE = (
    "一、“单位名录”一行一个单位。序号就是固定的单位序列：填报表文件名、未报名单、汇总表都按它排。",
    "二、“简称”填这个单位的简称、曾用名、常见错写，几个之间用分号“；”隔开。"
    "回收时按这些名称认单位；不在名录里的名称只会提示，不会自动归到某个单位。",
    "三、“单位组”填它属于哪些组（如 各县区政府；市直各单位），几个之间用分号“；”隔开；"
    "也可以到“单位组”表里按组填成员，填一处即可。",
    "四、“单位组”表一行一个组，“成员”用顿号“、”隔开，“依据”写按什么确定的成员（文号、会议纪要、领导批示等）。没有成员的组不能下发。",
    "五、可以增加、删除、移动行，也可以调整列的先后；表头文字请保留。改动名录后重新下发，程序会列出新增和减少的单位。",
)


# --- writing -----------------------------------------------------------------------------


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
    groups = [(group.name, join_names(group.members), group.basis) for group in roster.groups]
    _write_table(book.add_worksheet(GROUPS_SHEET), _GROUP_LOOK, groups, look, landscape=True)
    _write_guide(book.add_worksheet(GUIDE_SHEET), look)
    book.close()
    return stream.getvalue()


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


# --- reading -----------------------------------------------------------------------------


def read(path: Path) -> Roster:
    """The register a workbook holds; raises :class:`CannotDo` when there is none in it."""
    return examine(path)[0]


def examine(path: Path) -> tuple[Roster, tuple[Finding, ...]]:
    """The register and what was noticed in it; raises :class:`CannotDo` when there is none in it."""
    return _examine(reader.read(path, path.name), path.name)


def examine_bytes(data: bytes, name: str = "") -> tuple[Roster, tuple[Finding, ...]]:
    """The same as :func:`examine` for a workbook in memory."""
    return _examine(reader.read(data, name), name)


def _examine(content: Content, name: str) -> tuple[Roster, tuple[Finding, ...]]:
    if not content.sheets:
        raise CannotDo(*(content.findings or [found.NO_SHEET.at(path=name)]))
    tables = [table for sheet in content.sheets if (table := _table(sheet)) is not None]
    unit_table = next((table for table in tables if "单位名称" in table.columns), None)
    if unit_table is None:
        raise CannotDo(found.NO_SHEET.at(path=name))
    groups = [
        Group(group, split_names(row["成员"]), row["依据"])
        for table in tables
        if "成员" in table.columns
        for row in table.rows()
        if (group := row["单位组"])
    ]
    units, findings = _units(unit_table, {group.name for group in groups})
    if not units:
        raise CannotDo(found.NO_UNITS.at(path=name))
    findings += _shared_aliases(units)
    return Roster(units, _together(groups)).joined(), tuple(findings)


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    header: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[dict[str, str]]:
        """The rows below the header by column word; words without a column are empty."""
        for number in range(self.header + 1, len(self.sheet.rows)):
            row = {word: self.sheet.text(number, column) for word, column in self.columns.items()}
            if any(row.values()):
                yield {word: row.get(word, "") for word in _OTHER_WORDS}


def _table(sheet: Sheet) -> _Table | None:
    """The table of a sheet: the first row whose words name units or members."""
    for number in range(min(_HEADER_WITHIN, len(sheet.rows))):
        columns: dict[str, int] = {}
        for column in range(sheet.width):
            word = _MEANING.get(essence(sheet.text(number, column)))
            if word:
                columns.setdefault(word, column)
        if "成员" in columns and "单位组" not in columns and "单位名称" in columns:
            columns["单位组"] = columns.pop("单位名称")
        if len(columns) >= 2 and ("单位名称" in columns or {"单位组", "成员"} <= columns.keys()):
            return _Table(sheet, number, columns)
    return None


def _units(table: _Table, group_names: set[str]) -> tuple[tuple[Unit, ...], list[Finding]]:
    """The units in their fixed order: by 序号 where it is a number, else after the row above."""
    placed: list[tuple[float, Unit]] = []
    place = 0.0
    for row in table.rows():
        if not (name := row["单位名称"]):
            continue
        place = _number(row["序号"], place)
        aliases = tuple(alias for alias in _pieces(row["简称"]) if alias != name)
        groups = (row["单位组"],) if row["单位组"] in group_names else split_names(row["单位组"])
        placed.append((place, Unit(name, 0, aliases, groups, row["联系人"], row["电话"], row["备注"])))
    placed.sort(key=lambda item: item[0])
    counts = Counter(unit.name for _, unit in placed)
    findings = [found.DUPLICATE_UNIT.at(unit=name, count=count) for name, count in counts.items() if count > 1]
    merged: dict[str, Unit] = {}
    for _, unit in placed:
        before = merged.get(unit.name)
        merged[unit.name] = unit if before is None else _merged(before, unit)
    units = tuple(
        Unit(u.name, order, u.aliases, u.groups, u.contact, u.phone, u.remark)
        for order, u in enumerate(merged.values(), start=1)
    )
    return units, findings


def _number(text: str, before: float) -> float:
    try:
        return float(text)
    except ValueError:
        return before


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for line in text.splitlines() for piece in split_outside(line, "；;、，,")]
    return list(dict.fromkeys(piece for piece in pieces if piece))


def _merged(first: Unit, second: Unit) -> Unit:
    return Unit(
        first.name,
        first.order,
        tuple(dict.fromkeys(first.aliases + second.aliases)),
        tuple(dict.fromkeys(first.groups + second.groups)),
        first.contact or second.contact,
        first.phone or second.phone,
        first.remark or second.remark,
    )


def _together(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups told in several rows joined into one."""
    together: dict[str, Group] = {}
    for group in groups:
        before = together.get(group.name)
        members = dict.fromkeys((before.members if before else ()) + group.members)
        basis = before.basis if before and before.basis else group.basis
        together[group.name] = Group(group.name, tuple(members), basis)
    return tuple(together.values())


def _shared_aliases(units: Sequence[Unit]) -> list[Finding]:
    owners: dict[str, list[str]] = {}
    for unit in units:
        for alias in unit.aliases:
            owners.setdefault(alias, []).append(unit.name)
    return [
        found.SHARED_ALIAS.at(alias=alias, units="、".join(f"“{name}”" for name in names))
        for alias, names in owners.items()
        if len(names) > 1
    ]
