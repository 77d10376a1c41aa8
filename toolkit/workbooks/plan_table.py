"""Finding the table of tasks in a workbook: its header row, its chapter rows, its tasks.

Columns are told by their words, not by their place; header words of tables made without fengong are
known too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.containers.content import Sheet, Span
from toolkit.identity import read_code
from toolkit.language.text import essence
from toolkit.workbooks.plan_cells import COLUMNS, UNIT_COLUMNS

PLAN_SHEET = "任务分工表"
INDENT = "　"
"""In front of a heading, once for every level above it: what keeps chapter paths readable by program and person."""
NO_CHAPTER = "（以下任务不分章）"

HEADER_WORDS = {
    "编码": ("编码", "任务编码", "任务代码"),
    "序号": ("序号", "编号", "项次", "项号", "任务序号", "任务编号"),
    "工作任务": ("工作任务", "任务", "任务名称", "工作名称", "工作事项", "任务事项", "事项", "主要任务", "重点任务",
             "工作项目", "项目名称", "项目", "任务类型", "任务分类", "重点工作", "目标任务", "工作目标"),
    "具体要求": ("具体要求", "工作要求", "任务要求", "要求", "具体内容", "任务内容", "工作内容", "重点内容", "主要内容",
             "具体任务", "具体措施", "工作措施", "具体举措", "工作举措", "任务措施", "内容", "具体工作", "任务描述"),
    "牵头单位": ("牵头单位", "牵头部门", "牵头责任单位", "主办单位", "主责单位", "牵头"),
    "责任单位": ("责任单位", "责任部门", "责任主体", "承办单位", "落实单位", "实施单位", "实施主体", "责任单位部门",
             "推进单位", "责任", "单位", "负责单位"),
    "配合单位": ("配合单位", "配合部门", "协办单位", "协助单位", "参与单位", "参加单位", "协同单位", "配合"),
    "完成时限": ("完成时限", "完成时间", "时间节点", "时限", "时限要求", "完成期限", "办结时限", "截止时间", "截止日期",
             "时间要求", "时间安排", "推进时间", "完成日期"),
    "完成情况": ("完成情况", "进展情况", "落实情况", "推进情况", "完成进度", "工作进展", "目前进展", "办理情况"),
    "备注": ("备注", "说明", "备注说明"),
    "复核": ("复核", "复核情况", "是否复核"),
    "上级编码": ("上级编码", "上级任务编码"),
    "上级职责": ("上级职责",),
}  # fmt: skip
_WORD_OF = {essence(variant): word for word, variants in HEADER_WORDS.items() for variant in variants}
_HEADER_SEARCH = 60
"""Rows in which the header row is looked for."""

_NUMERAL = "一二三四五六七八九十百零〇"
_STYLES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"第[{_NUMERAL}\d]+[编篇章部][分]?",
        rf"第[{_NUMERAL}\d]+节",
        rf"[{_NUMERAL}]+[、.．，]",
        rf"[（(][{_NUMERAL}]+[)）]",
        r"\d+[、.．](?!\d)",
        r"\d+[.．]\d+",
        r"[（(]\d+[)）]",
        r"[①-⑳]",
    )
)
_CHAPTER_NUMBER = re.compile(rf"(?:第?[{_NUMERAL}]+[章节篇部分]*|[（(][{_NUMERAL}]+[)）])[、.．]?")
_FOOTNOTE = re.compile(r"(?:注|备注|说明|填表说明|填表人|制表人|填报人|联系人|审核人)\s*[:：]")
_FLOAT = re.compile(r"\d+\.0")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row that is a task: its texts by column word (only columns the table has), its chapter path."""

    row: int
    """0-based in the sheet."""
    texts: dict[str, str]
    headings: tuple[str, ...]

    @property
    def code(self) -> str | None:
        """The valid code in the row's 编码 cell."""
        return read_code(self.texts.get("编码", ""))


class PlanTable:
    """The table of one sheet."""

    def __init__(self, sheet: Sheet, header: int, below: int, columns: dict[str, int]) -> None:
        self.sheet = sheet
        self.columns = columns
        self._header = header
        self._first = below
        self.footnotes: list[str] = []
        self._left = min(columns.values())
        self._right = max(columns.values())
        self._tall = {
            (row, s.left): s for s in sheet.spans if s.bottom > s.top for row in range(s.top + 1, s.bottom + 1)
        }
        self._wide = {(s.top, s.left): s for s in sheet.spans if s.right > s.left}

    @staticmethod
    def find(sheets: Sequence[Sheet]) -> list[PlanTable]:
        """The tables of tasks, the plan's first: sheet 任务分工表, then visible sheets, then hidden ones."""
        order = sorted(sheets, key=lambda sheet: (sheet.name != PLAN_SHEET, not sheet.visible))
        return [table for sheet in order if (table := PlanTable._in(sheet)) is not None]

    @staticmethod
    def _in(sheet: Sheet) -> PlanTable | None:
        best: PlanTable | None = None
        for row in range(min(len(sheet.rows), _HEADER_SEARCH)):
            columns = _header_words(sheet, row)
            below = row + 1
            if len(columns) >= 2 and _is_second_header_row(sheet, row + 1):
                # A header of two rows: 责任单位 over 牵头 | 配合.  The lower row is the finer one.
                lower = _header_words(sheet, row + 1)
                columns = {word: c for word, c in columns.items() if c not in lower.values()} | lower
                below = row + 2
            if _is_plan(columns) and (best is None or len(columns) > len(best.columns)):
                best = PlanTable(sheet, row, below, columns)
        return best

    @property
    def has_codes(self) -> bool:
        """Whether the table has a column of codes, so that fengong wrote it once."""
        return "编码" in self.columns

    def lines_above(self) -> list[str]:
        """The texts above the header row, one a row."""
        lines = (
            " ".join(filter(None, (self.sheet.text(row, c) for c in range(self.sheet.width))))
            for row in range(self._header)
        )
        return [line for line in lines if line]

    def task_rows(self) -> Iterator[TaskRow]:
        """The tasks from top to bottom; repeated header rows, chapter rows and footnotes are taken out."""
        chapters = _Chapters(self.has_codes)
        for row in range(self._first, len(self.sheet.rows)):
            cells = {c: text for c in range(self._left, self._right + 1) if (text := self._own_text(row, c))}
            if not cells or self._is_header(row):
                continue
            if (heading := self._chapter(row, cells)) is not None:
                chapters.enter(heading)
            elif len(cells) == 1 and _FOOTNOTE.match(next(iter(cells.values()))):
                self.footnotes.append(next(iter(cells.values())))
            else:
                yield self._task(row, chapters)

    def _task(self, row: int, chapters: _Chapters) -> TaskRow:
        chapters.rest()
        texts = {word: self._text(row, column) for word, column in self.columns.items()}
        headings = chapters.path()
        title = self.columns.get("工作任务")
        if title is not None and not self.has_codes and texts.get("具体要求") and self._spans_tasks(row, title):
            # SCHEMA.md: a cell that spans several tasks is a heading of theirs, not the title of one.
            headings = (*headings, texts["工作任务"])
            texts["工作任务"] = ""
        if not texts.get("具体要求"):
            texts["具体要求"], texts["工作任务"] = texts.get("工作任务", ""), ""
        return TaskRow(row, texts, headings)

    def _own_text(self, row: int, column: int) -> str:
        """The text of a cell; cells under a merge have none of their own."""
        return "" if (row, column) in self._tall else self.sheet.text(row, column)

    def _text(self, row: int, column: int) -> str:
        """The text of a cell, a merged cell's for every row it covers."""
        span = self._tall.get((row, column))
        text = self.sheet.text(span.top, span.left) if span else self.sheet.text(row, column)
        return text[:-2] if _FLOAT.fullmatch(text) else text

    def _spans_tasks(self, row: int, column: int) -> bool:
        return any(
            s.left <= column <= s.right and s.top <= row <= s.bottom and s.bottom > s.top for s in self.sheet.spans
        )

    def _is_header(self, row: int) -> bool:
        return _is_plan(_header_words(self.sheet, row))

    def _chapter(self, row: int, cells: dict[int, str]) -> str | None:
        """The heading (with its indent) when the row is a chapter row."""
        if len(cells) == 1:
            column, text = next(iter(cells.items()))
            raw = self.sheet.value(row, column)
            heading = raw.rstrip() if isinstance(raw, str) else text
            span: Span | None = self._wide.get((row, column))
            if span is not None and 2 * (span.right - span.left + 1) > self._right - self._left:
                return heading
            if column == self.columns.get("编码"):
                return None if read_code(text) else heading
            if column == self.columns.get("序号"):
                return None if text.isdigit() or _FOOTNOTE.match(text) else heading
            if column == self.columns.get("工作任务") and "具体要求" in self.columns and _style(text) in range(2, 4):
                return heading
            return None
        number = self.columns.get("序号")
        if number is not None and len(cells) == 2 and _CHAPTER_NUMBER.fullmatch(cells.get(number, "")):
            other = next(column for column in cells if column != number)
            if other not in {self.columns.get(word) for word in UNIT_COLUMNS}:
                mark = cells[number]
                return f"{mark}{'' if mark[-1] in '、.．)）' else '、'}{cells[other]}"
        return None


class _Chapters:
    """The chapter path while walking down a table."""

    def __init__(self, indented: bool) -> None:
        self._indented = indented
        self._path: list[tuple[str, int | None]] = []
        self._adjacent = False

    def enter(self, heading: str) -> None:
        """A chapter row was met."""
        text = heading.strip()
        level = self._level(heading, text)
        del self._path[level:]
        if text != NO_CHAPTER:
            self._path.append((text, _style(text)))
        self._adjacent = True

    def rest(self) -> None:
        """A task was met."""
        self._adjacent = False

    def path(self) -> tuple[str, ...]:
        """The headings, outermost first."""
        return tuple(text for text, _ in self._path)

    def _level(self, heading: str, text: str) -> int:
        indent = len(heading) - len(heading.lstrip(INDENT))
        if self._indented or indent:
            return min(indent, len(self._path))
        style = _style(text)
        for level, (_, known) in enumerate(self._path):
            if known == style:
                return level + 1 if style is None and self._adjacent else level
        if style is None:
            return len(self._path) if self._adjacent else 0
        return next(
            (i for i, (_, known) in enumerate(self._path) if known is not None and known > style), len(self._path)
        )


def _style(heading: str) -> int | None:
    """Which way a heading is numbered, outer ways first; ``None`` without a number."""
    return next((index for index, style in enumerate(_STYLES) if style.match(heading)), None)


def _header_words(sheet: Sheet, row: int) -> dict[str, int]:
    """The columns whose header word stands in a row; the first of two alike."""
    words: dict[str, int] = {}
    for column in range(sheet.width):
        text = sheet.text(row, column)
        word = _WORD_OF.get(essence(text)) if 0 < len(text) <= 24 else None
        if word is not None:
            words.setdefault(word, column)
    return words


def _is_second_header_row(sheet: Sheet, row: int) -> bool:
    texts = [text for column in range(sheet.width) if (text := sheet.text(row, column))]
    return len(texts) >= 2 and all(essence(text) in _WORD_OF for text in texts)


def _is_plan(columns: dict[str, int]) -> bool:
    """Whether header words make a table of tasks."""
    has_task = "工作任务" in columns or "具体要求" in columns
    has_unit = any(word in columns for word in UNIT_COLUMNS)
    return len(columns) >= 2 and has_task and (has_unit or len(columns.keys() & set(COLUMNS)) >= 4)
