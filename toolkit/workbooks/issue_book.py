"""下发清单: what was issued to whom, and how every group of the plan was expanded (分工展开).

Kept beside the plan, so that a unit that asks why it got a task can be told: which group, by which register, with
which sentence of the notice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from toolkit import containers, opc
from toolkit.containers.content import Sheet
from toolkit.identity import STAMP_SHEET
from toolkit.model import Plan, Round
from toolkit.workbooks.cells import cut

LIST_NAME = "下发清单"
EXPANSION_SHEET = "分工展开"
LIST_MARK = "fengong-list"
"""A1 of the very hidden sheet."""

_FORM_COLUMNS = (
    ("序号", 6.0), ("单位", 24.0), ("任务数", 8.0), ("有上期情况", 11.0), ("预计分钟", 9.0), ("填报表", 46.0),
    ("联系人", 12.0), ("电话", 16.0), ("任务编码", 60.0),
)  # fmt: skip
_EXPANSION_COLUMNS = (
    ("序号", 6.0), ("编码", 11.0), ("工作任务", 32.0), ("单位组", 18.0), ("单位", 24.0), ("职责", 7.0),
    ("完成时限", 13.0), ("依据", 26.0), ("除外", 18.0), ("原文", 60.0), ("较上次下发", 16.0),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormLine:
    """One issued form."""

    unit: str
    path: str
    tasks: tuple[str, ...]
    contact: str = ""
    phone: str = ""
    prefilled: int = 0
    """So many of the tasks show the unit's last answer."""
    minutes: int = 0
    """Minutes the unit is expected to need."""


@dataclass(frozen=True, slots=True)
class ExpansionLine:
    """One unit that a group brought to a task, or one duty that differs from what was issued before."""

    code: str
    label: str
    group: str
    unit: str
    role: str
    due: date | None
    basis: str = ""
    left_out: tuple[str, ...] = ()
    sentence: str = ""
    change: str = ""

    def cells(self) -> tuple[str, ...]:
        """In the order of the columns, without the running number."""
        due = self.due.isoformat() if self.due else ""
        left_out = "、".join(self.left_out)
        first = (self.code, self.label, self.group, self.unit, self.role, due)
        return (*first, self.basis, left_out, self.sentence, self.change)


def render(plan: Plan, round: Round, forms: Sequence[FormLine], lines: Sequence[ExpansionLine]) -> bytes:
    """The workbook as sealed bytes; the same arguments give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    day = round.due or plan.issued_on or date(2000, 1, 1)
    book.set_properties({"title": LIST_NAME, "created": datetime.combine(day, time())})
    base = {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
    looks = {
        "title": book.add_format({"font_name": "方正小标宋简体", "font_size": 20, "align": "center"}),
        "header": book.add_format({**base, "font_name": "黑体", "align": "center", "bg_color": "#DDE6F0"}),
        "text": book.add_format(base),
    }
    due = f"，报送截止日期 {round.due.isoformat()}" if round.due else ""
    title = f"{plan.title}　{LIST_NAME}（{round.name}{due}）"
    rows = [
        (
            form.unit,
            str(len(form.tasks)),
            str(form.prefilled),
            str(form.minutes),
            form.path,
            form.contact,
            form.phone,
            "、".join(form.tasks),
        )
        for form in forms
    ]
    _write(book.add_worksheet(LIST_NAME), looks, title, _FORM_COLUMNS, rows)
    expanded = f"{plan.title}　{EXPANSION_SHEET}"
    _write(book.add_worksheet(EXPANSION_SHEET), looks, expanded, _EXPANSION_COLUMNS, [line.cells() for line in lines])
    memory = book.add_worksheet(STAMP_SHEET)
    memory.very_hidden()
    memory.write_string(0, 0, LIST_MARK)
    book.close()
    return opc.write_parts(opc.sealed(opc.read_parts(stream.getvalue())))


def read_forms(path: Path) -> list[FormLine]:
    """The forms that a list tells of; none where no such list lies."""
    if not path.is_file():
        return []
    sheets = [sheet for sheet in containers.read(path, path.name).sheets if sheet.name.strip() == LIST_NAME]
    return [line for sheet in sheets for line in _form_lines(sheet)]


def _form_lines(sheet: Sheet) -> Iterator[FormLine]:
    """The rows of the sheet, wherever its columns are now."""
    header = next((row for row in range(len(sheet.rows)) if "填报表" in _texts(sheet, row)), None)
    columns = _texts(sheet, header) if header is not None else {}
    for row in range((header or 0) + 1, len(sheet.rows) if columns else 0):
        told = {word: sheet.text(row, column) for word, column in columns.items()}
        if told.get("单位"):
            tasks = tuple(filter(None, told.get("任务编码", "").split("、")))
            counts = (
                int(text) if (text := told.get(word, "")).isdecimal() else 0 for word in ("有上期情况", "预计分钟")
            )
            yield FormLine(told["单位"], told["填报表"], tasks, told.get("联系人", ""), told.get("电话", ""), *counts)


def _texts(sheet: Sheet, row: int) -> dict[str, int]:
    return {sheet.text(row, column): column for column in range(len(sheet.rows[row]))}


def _write(
    sheet: Any, looks: dict[str, Any], title: str, columns: Sequence[tuple[str, float]], rows: Iterable[Sequence[str]]
) -> None:
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, looks["title"])
    sheet.set_row(0, 34)
    for column, (word, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(1, column, word, looks["header"])
    number = 0
    for number, cells in enumerate(rows, start=1):
        sheet.write_number(number + 1, 0, number, looks["text"])
        for column, text in enumerate(cells, start=1):
            if text:
                sheet.write_string(number + 1, column, cut(text), looks["text"])
            else:
                sheet.write_blank(number + 1, column, None, looks["text"])
    sheet.autofilter(1, 0, number + 1, last)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
