"""Rows of a task table → drafts of tasks: chapters, fill-down, titles and headings, and how sure each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit import vocabulary
from toolkit.language.deadlines import tells_time
from toolkit.language.roles import LABEL
from toolkit.language.text import unspaced
from toolkit.model import Role
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.drafts import Draft, UnitText
from toolkit.notice.grouping import Levels, printed_number, tidy
from toolkit.notice.levels import with_two_levels
from toolkit.notice.likeness import is_blank, likeness
from toolkit.notice.printed_numbers import with_numbers
from toolkit.notice.rows import Row, TaskTable

_SENTENCE_END = '。；;！!？?：:.)）”"》'
_USUALLY = 0.6
_LABELLED_LINE = re.compile(rf"\s*\n\s*(?={LABEL.pattern})")
_FIELDS = {
    Meaning.NUMBER: ("number",),
    Meaning.LEVEL: (),
    Meaning.TASK: (),
    Meaning.CONTENT: ("requirement",),
    Meaning.UNITS: ("units",),
    Meaning.DEADLINE: ("deadlines",),
    Meaning.STATUS: ("status",),
    Meaning.REMARK: ("remark",),
    Meaning.ASIDE: (),
}
UNITS_CARRIED_ACROSS = "责任单位为空，沿用上一行；但上一行属于另一标题"
UNFORESEEN_UNITS = "栏名“{label}”没有说明单位的职责，按责任单位处理"
DEADLINE_BLANK = "完成时限为空，按没有写明处理；也可能沿用上一行"
LEAD_BLANK = "牵头单位为空，同一行另有单位，牵头单位沿用上一行"
SUPPORT_BLANK = "牵头单位已写明，配合单位为空，按没有配合单位处理"
NO_CONTENT = "这一行没有具体内容，任务取自工作任务一栏"
SHARED_CONTENT = "同一内容对应几行单位，已合并为一项任务"
BROKEN_ROW = "这一行像是上一行没有说完的部分，已接在上一行后面"
QUOTED_REMARK = "“{label}”一栏在任务分工表中没有相应的栏目，连同栏名列入备注"
STATUS_IS_REMARK = "完成情况一栏写的不是完成情况，已作为备注"


@dataclass(slots=True)
class _Above:
    """The last printed cell of a units column, and the group it stood in."""

    text: str
    key: tuple[object, ...]


def read_records(table: TaskTable) -> list[Draft]:
    """The tasks of a table, in its order."""
    return _Records(with_two_levels(with_numbers(table))).read()


class _Records:
    def __init__(self, table: TaskTable) -> None:
        self._table = table
        self._columns = table.columns
        self._rows = _without_dittos(_join_broken(table))
        self._levels = Levels(table, self._rows)
        self._units = self._with(Meaning.UNITS)
        self._above: dict[int, _Above] = {}
        self._usually_dated = self._share_filled(Meaning.DEADLINE) >= _USUALLY

    def _with(self, meaning: Meaning) -> list[int]:
        return [n for n, column in enumerate(self._columns) if column.meaning is meaning]

    def _share_filled(self, meaning: Meaning) -> float:
        """In how many rows with content a column of this meaning prints something."""
        rows = [row for row in self._rows if row.chapter is None and self._levels.content(row)]
        filled = sum(1 for row in rows if any(row.text(n) for n in self._with(meaning)))
        return filled / max(len(rows), 1)

    def read(self) -> list[Draft]:
        """One draft for each row with content; rows that only add units add them to the task above."""
        drafts: list[Draft] = []
        for index, row in enumerate(self._rows):
            if self._levels.chapter(row) is not None:
                continue
            draft = self._draft(index, row)
            if draft is None:
                if drafts and any(n in row.cells and row.cells[n].first for n in self._units):
                    self._add_units(drafts[-1], row)
                continue
            self._fill_units(draft, index, row)
            self._fill_rest(draft, row)
            for column, reason in row.placed.items():
                draft.doubt(_FIELDS[self._columns[column].meaning], reason)
            drafts.append(draft)
        return drafts

    def _draft(self, index: int, row: Row) -> Draft | None:
        content = self._levels.content(row)
        if content:
            reading = self._levels.read(index)
            draft = Draft(tidy(content), row.source, reading.number, reading.headings, reading.title)
            for fields, reason in reading.doubts:
                draft.doubt(fields, reason)
            return draft
        own = [n for n in self._levels.columns if n in row.cells and row.cells[n].first and not is_blank(row.text(n))]
        if not own or any(n in row.cells for n in self._levels.contents):
            return None
        headings = self._levels.chapters[index] + tuple(tidy(row.text(n)) for n in own[:-1])
        number = printed_number(row.text(self._levels.number)) if self._levels.number is not None else None
        draft = Draft(tidy(row.text(own[-1])), row.source, number, headings)
        draft.doubt(("requirement", "title"), NO_CONTENT)
        return draft

    # --- units ------------------------------------------------------------------------

    def _fill_units(self, draft: Draft, index: int, row: Row) -> None:
        key = self._levels.group_key(index)
        printed = {n: row.cells[n] for n in self._units if n in row.cells}
        texts: list[UnitText] = []
        for number in self._units:
            column = self._columns[number]
            cell = printed.get(number)
            if cell is not None:
                self._above[number] = _Above(cell.text, key)
                if not is_blank(cell.text):
                    texts.append(_unit_text(cell.text, column))
                    if column.guessed and column.label:
                        draft.doubt("units", UNFORESEEN_UNITS.format(label=column.label))
            elif printed:
                above = self._above.get(number)
                if column.role is Role.LEAD and above is not None and not is_blank(above.text):
                    texts.append(_unit_text(above.text, column))
                    draft.doubt("units", LEAD_BLANK)
                elif len(self._units) > 1 and column.role is not Role.SUPPORT:
                    draft.doubt("units", SUPPORT_BLANK)
            elif (above := self._above.get(number)) is not None and not is_blank(above.text):
                texts.append(_unit_text(above.text, column))
                if above.key != key:
                    draft.doubt("units", UNITS_CARRIED_ACROSS)
        draft.units = tuple(texts)

    def _add_units(self, draft: Draft, row: Row) -> None:
        for number in self._units:
            cell = row.cells.get(number)
            if cell is not None and cell.first and not is_blank(cell.text):
                draft.units += (_unit_text(cell.text, self._columns[number]),)
        draft.doubt("units", SHARED_CONTENT)

    # --- deadline, status, remark -----------------------------------------------------

    def _fill_rest(self, draft: Draft, row: Row) -> None:
        draft.deadline = self._texts(row, Meaning.DEADLINE)
        if not draft.deadline and self._usually_dated and not any(n in row.cells for n in self._with(Meaning.DEADLINE)):
            draft.doubt("deadlines", DEADLINE_BLANK)
        draft.remark = self._texts(row, Meaning.REMARK) or None
        self._quote(draft, row)
        status = self._texts(row, Meaning.STATUS)
        if status and draft.remark is None and _is_remark(status) and self._with(Meaning.REMARK):
            draft.remark = status
            draft.doubt(("status", "remark"), STATUS_IS_REMARK)
        else:
            draft.status = unspaced(status) or None

    def _quote(self, draft: Draft, row: Row) -> None:
        """Keep the texts of columns the plan has no place for, each behind its label."""
        for number in self._with(Meaning.REMARK):
            column, text = self._columns[number], tidy(row.text(number))
            if not column.quoted or is_blank(text):
                continue
            reason = QUOTED_REMARK.format(label=column.label)
            draft.doubt("remark", reason)
            if tells_time(text):
                draft.doubt("deadlines", reason)
            draft.quoted = "\n".join(filter(None, (draft.quoted, f"{column.label}：{text}")))

    def _texts(self, row: Row, meaning: Meaning) -> str:
        columns = [n for n in self._with(meaning) if not self._columns[n].quoted]
        texts = [tidy(row.text(n)) for n in columns if not is_blank(row.text(n))]
        return "\n".join(dict.fromkeys(texts))


def _unit_text(text: str, column: Column) -> UnitText:
    return UnitText(tidy(_LABELLED_LINE.sub("；", text)), column.role or Role.RESPONSIBLE, column.first_leads)


def _is_remark(status: str) -> bool:
    """Whether a text under 完成情况 says something else: no word of the vocabulary, and a date or a sentence."""
    fits = likeness(status)
    return vocabulary.DEFAULT.read(status) is None and (fits[Meaning.DEADLINE] >= 0.5 or len(unspaced(status)) > 16)


_DITTO = re.compile(r"[(（]?同上[)）]?|[〃″]|[\"”“]{1,2}")
"""What says that the cell above holds here too."""


def _without_dittos(rows: Sequence[Row]) -> list[Row]:
    """The rows with the words of the cell above where a cell only says 同上."""
    above: dict[int, str] = {}
    written: list[Row] = []
    for row in rows:
        cells = {
            n: replace(cell, text=above[n]) if n in above and _DITTO.fullmatch(cell.text.strip()) else cell
            for n, cell in row.cells.items()
        }
        above |= {n: cell.text for n, cell in cells.items()}
        written.append(replace(row, cells=cells))
    return written


# --- rows that a page break tore apart ---------------------------------------------------


def _join_broken(table: TaskTable) -> list[Row]:
    """Rows that a page break tore apart, put together again: the number stands in front, the rest behind."""
    number = next((n for n, column in enumerate(table.columns) if column.meaning is Meaning.NUMBER), None)
    if number is None:
        return table.rows
    texts = {n for n, column in enumerate(table.columns) if column.meaning is Meaning.CONTENT}
    stops = _texts_end_with_stops(table, texts)
    joined: list[Row] = []
    for row in table.rows:
        if joined and _goes_on(joined[-1], row, number):
            if row.fresh:
                joined[-1] = _append(joined[-1], row)
                continue
            if stops and {n for n, cell in row.cells.items() if cell.first and not is_blank(cell.text)} <= texts:
                joined[-1] = _append(joined[-1], row)
                joined[-1].placed |= {n: BROKEN_ROW for n in row.cells if n in texts}
                continue
        joined.append(row)
    return joined


def _texts_end_with_stops(table: TaskTable, texts: set[int]) -> bool:
    """Whether nearly all texts of a table end with a stop, so that one without is broken off."""
    cells = [row.text(n).rstrip() for row in table.rows for n in texts if row.text(n).strip()]
    return sum(text[-1] in _SENTENCE_END for text in cells) >= _USUALLY * len(cells)


def _goes_on(before: Row, row: Row, number: int) -> bool:
    """Whether a row without number goes on where a text of the row before it broke off."""
    if row.chapter is not None or before.chapter is not None:
        return False
    if number in row.cells or number not in before.cells:
        return False
    above = [before.text(n).rstrip() for n, cell in row.cells.items() if cell.first]
    return any(text and text[-1] not in _SENTENCE_END for text in above)


def _append(before: Row, row: Row) -> Row:
    cells = dict(before.cells)
    for number, cell in row.cells.items():
        if number in cells and cell.first:
            cells[number] = replace(cells[number], text=cells[number].text.rstrip() + cell.text.lstrip())
        elif number not in cells:
            cells[number] = cell
    source = replace(before.source, text=before.source.text + " | " + row.source.text)
    return replace(before, cells=cells, source=source, placed=dict(before.placed))
