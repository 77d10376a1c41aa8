"""总表: the notice's own order and layout, each task with its status by rule and what its units said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from toolkit.figures import Figures, TaskFigures, word_of
from toolkit.language.privacy import mask
from toolkit.model import Entry, Role, Task
from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, lines_within
from toolkit.workbooks.summary import details
from toolkit.workbooks.summary.links import sheet_link
from toolkit.workbooks.summary.table import Cell, Merge, Row, Table, Value
from toolkit.workbooks.table_sheet import chapters_before

SHEET = "总表"
HEADERS = ("序号", "工作任务", "具体要求", "责任单位", "完成情况", "备注", "完成时限", "预警", "编码")
_SHARES = (6, 4, 3, 2, 1)
"""Lines a unit keeps when not all texts fit into the highest row: the most generous share that fits."""

_WHERE = "《明细》（点序号跳转）"


@dataclass(frozen=True, slots=True)
class Room:
    """How much the column 完成情况 shows in the highest row."""

    width: float
    size: float

    @property
    def lines(self) -> int:
        """So many lines."""
        return lines_within(MAX_ROW_HEIGHT, self.size)

    def shortened(self, text: str, tail: str, lines: int) -> str:
        """The text and its tail in so many lines, the text cut with … where it must be."""
        if self.taken(text + tail) <= lines:
            return text + tail
        kept = bisect_left(range(len(text)), lines + 1, key=lambda length: self.taken(f"{text[:length]}…{tail}"))
        return f"{text[: max(kept - 1, 0)]}…{tail}"

    def taken(self, text: str) -> int:
        """So many lines a text takes."""
        return line_count(text, self.width, self.size)


def table(figures: Figures, first_rows: Mapping[str, int], room: Room) -> Table:
    """The sheet; ``first_rows`` tells the row of 明细 where each task begins."""
    rows: list[Row] = []
    titles: list[tuple[int, str | None]] = []
    for task, chapters in chapters_before([task.task for task in figures.tasks]):
        rows += [Row(banner=heading, level=level) for level, heading in chapters]
        titles.append((len(rows), task.title))
        rows.append(Row())
    for (row, _), task_figures in zip(titles, figures.tasks, strict=True):
        rows[row] = Row(_values(task_figures, first_rows.get(task_figures.task.code), room))
    return Table(SHEET, HEADERS, rows, merges=_title_merges(titles))


def rows_of(table: Table, first_row: int) -> dict[str, int]:
    """The row of the sheet where each task stands, by its code."""
    code = HEADERS.index("编码")
    return {str(row.values[code]): first_row + n for n, row in enumerate(table.rows) if row.banner is None}


def _values(task: TaskFigures, details_row: int | None, room: Room) -> tuple[Value, ...]:
    row = sheet_link(details.SHEET, f"A{details_row}") if details_row is not None else None
    return (
        # The number carries the link: LibreOffice would show a linked text of many lines as one.
        Cell(task.task.number or str(task.task.seq), link=row),
        task.task.title or "",
        task.task.requirement,
        responsible(task.task),
        _said(task, room),
        task.task.remark or "",
        "；".join(deadline.text for deadline in task.task.deadlines) or "、".join(task.task.recurrence),
        Cell(task.light.value, mark=task.light.value),
        task.task.code,
    )


def responsible(task: Task) -> str:
    """责任单位 as one text: leads and supports are named as such, units without a special role are not."""
    parts = []
    for role, label in ((Role.LEAD, "牵头单位："), (Role.RESPONSIBLE, ""), (Role.SUPPORT, "配合单位：")):
        names = [
            a.name + (f"（{'、'.join(a.except_for)}除外）" if a.except_for else "")
            for a in task.assignments
            if a.role is role
        ]
        if names:
            parts.append(label + "、".join(names))
    return "\n".join(parts)


def said_by(entry: Entry) -> tuple[str, str]:
    """What a unit wrote on a task, and behind it its word in brackets where the text does not say it itself."""
    word = word_of(entry)
    text = entry.progress or entry.status_text
    if not text:
        return word, ""
    return mask(text), "" if word in text else f"（{word}）"


def _said(task: TaskFigures, room: Room) -> Cell:
    """The text of 完成情况: status, counts, and each unit's own words, as much of them as the highest row shows."""
    head = task.status if task.tally.owed < 2 else f"{task.status}（{task.tally.said()}）"
    left = room.lines - room.taken(head)
    # Each unit takes a line at least: of more units than lines the others cannot be shown anyway.
    answers = [(entry.unit, *said_by(entry)) for entry in task.entries[: max(left, 0) + 1]]
    lines = [(f"{unit}：{text}", tail) for unit, text, tail in answers]
    taken = [room.taken(text + tail) for text, tail in lines]
    if sum(taken) <= left:
        return Cell("\n".join([head, *(text + tail for text, tail in lines)]), lead=len(head))
    left -= 1
    share = next((share for share in _SHARES if sum(min(needed, share) for needed in taken) <= left), 0)
    told = [room.shortened(text, tail, share or 1) for text, tail in (lines if share else lines[:left])]
    rest = f"……全文见{_WHERE}" if share else f"……另有 {task.tally.owed - left} 家单位，全文见{_WHERE}"
    return Cell("\n".join([head, *told, rest]), lead=len(head))


def _title_merges(titles: list[tuple[int, str | None]]) -> tuple[Merge, ...]:
    """Runs of neighbouring rows of one title: a task without a title continues the one above it."""
    runs: list[list[int]] = []
    for (above, _), (row, title) in pairwise([(-2, None), *titles]):
        if runs and row == above + 1 and title is None:
            runs[-1].append(row)
        else:
            runs.append([row])
    return tuple(Merge("工作任务", run[0], run[-1]) for run in runs if len(run) > 1)
