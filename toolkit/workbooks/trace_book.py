"""The workbook 逐级明细: a summary opened level by level, a row for every unit's answer, the lowest level included."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from toolkit import opc
from toolkit.containers.content import column_name
from toolkit.identity import STAMP_SHEET
from toolkit.model import Collection
from toolkit.workbooks.below_sheet import Line
from toolkit.workbooks.cells import MAX_LINKS, cut, holdable
from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.summary.details import PLACE_SEPARATOR
from toolkit.workbooks.summary.table import Link

SHEET = "逐级明细"
TRACE_MARK = "fengong-trace"
"""A1 of the very hidden sheet."""
_COLUMNS = {
    "序号": 7, "编码": 11, "工作任务": 26, "级次": 6, "单位路径": 36, "单位": 22, "完成情况": 14, "填报原文": 14,
    "进展说明": 56, "佐证材料": 24, "完成日期": 13, "备注": 18, "审核": 8, "来源": 40, "逐级来源": 64,
}  # fmt: skip
_SIZE = 11
_DEEPEST = 7
"""Levels of an outline that a spreadsheet has."""


@dataclass(frozen=True, slots=True)
class TracedLine:
    """One row: the task's label, what a unit said, and what opens the return at hand."""

    label: str
    line: Line
    link: Link | None

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns, without the running number."""
        line = self.line
        unit = (line.upper, self.label, str(len(line.path)), PLACE_SEPARATOR.join(line.path), line.unit)
        said = (line.status, line.status_text, line.progress, line.evidence, line.done_on, line.remark, line.verdict)
        return (*unit, *said, line.trail[0] if line.trail else "", "\n".join(line.trail))


def _height(traced: TracedLine) -> float:
    cells = zip(traced.cells, list(_COLUMNS.values())[1:], strict=True)
    return row_height(max(line_count(text, width, _SIZE) for text, width in cells), _SIZE)


def render(collection: Collection, lines: Sequence[TracedLine]) -> bytes:
    """The workbook as sealed bytes; the same lines give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": SHEET, "created": datetime.combine(collection.as_of, time())})
    base = {"font_name": "仿宋_GB2312", "font_size": _SIZE, "valign": "top", "text_wrap": True, "border": 1}
    title = book.add_format({"font_name": "方正小标宋简体", "font_size": 20, "align": "center"})
    header = book.add_format({**base, "font_name": "黑体", "align": "center", "bg_color": "#DDE6F0"})
    looks = [book.add_format({**base, "bg_color": fill} if fill else base) for fill in ("", "#F7F7F7")]
    linked = book.add_format({**base, "font_color": "#0563C1", "underline": 1})
    sheet = book.add_worksheet(SHEET)
    last = len(_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, f"{collection.plan.title}　{SHEET}（{collection.round.name}）", title)
    sheet.set_row(0, 34)
    for column, (word, width) in enumerate(_COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, word, header)
    source = list(_COLUMNS).index("来源")
    for row, traced in enumerate(lines, start=2):
        look = looks[len(traced.line.path) > 1]
        sheet.write_number(row, 0, row - 1, look)
        for column, text in enumerate(traced.cells, start=1):
            if text:
                sheet.write_string(row, column, cut(holdable(text)), look)
            else:
                sheet.write_blank(row, column, None, look)
        sheet.set_row(row, _height(traced), None, {"level": min(len(traced.line.path) - 1, _DEEPEST)})
        if traced.link is not None and row < MAX_LINKS:
            where = f"#{traced.link.location}" if traced.link.location else ""
            text = cut(holdable(traced.cells[source - 1]))
            sheet.write_url(row, source, f"external:{traced.link.target}{where}", linked, text)
    sheet.outline_settings(True, False)
    sheet.autofilter(f"A2:{column_name(last)}{len(lines) + 2}")
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    memory = book.add_worksheet(STAMP_SHEET)
    memory.very_hidden()
    memory.write_string(0, 0, TRACE_MARK)
    book.close()
    parts = opc.read_parts(stream.getvalue())
    for name in [name for name in parts if name.endswith(".rels")]:
        parts[name] = parts[name].replace(b"\\", b"/")  # links that office programs outside Windows follow too
    return opc.write_parts(opc.sealed(parts))
