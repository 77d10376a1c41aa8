"""总表: the notice's own order and layout, each task with its status by rule and what its units said."""

from __future__ import annotations

from itertools import pairwise

from toolkit.figures import Figures, TaskFigures, word_of
from toolkit.language.privacy import mask
from toolkit.model import Collection, Entry, Role, Task
from toolkit.workbooks.summary.links import sheet_link
from toolkit.workbooks.summary.table import Cell, Merge, Row, Table

SHEET = "总表"
HEADERS = ("序号", "工作任务", "具体要求", "责任单位", "完成情况", "备注", "完成时限", "预警", "编码")
_ROOM = 1_500
"""Characters that the highest row shows in the column 完成情况; longer texts are cut, with a link to 明细."""
_SHORTEST = 24
"""Characters that a unit keeps at least when its text is shortened."""


def table(collection: Collection, figures: Figures, first_rows: dict[str, int]) -> Table:
    """The sheet; ``first_rows`` tells the row of 明细 where each task begins."""
    rows: list[Row] = []
    titles: list[tuple[int, str | None]] = []
    shown: tuple[str, ...] = ()
    for task in figures.tasks:
        for depth, heading in enumerate(task.task.headings):
            if task.task.headings[: depth + 1] != shown[: depth + 1]:
                rows.append(Row(banner=heading))
        shown = task.task.headings
        titles.append((len(rows), task.task.title))
        rows.append(Row(_values(task, first_rows.get(task.task.code))))
    return Table(SHEET, HEADERS, rows, merges=_title_merges(titles))


def _values(task: TaskFigures, details_row: int | None) -> tuple[Cell | str | None, ...]:
    said, whole = _said(task)
    link = None if whole or details_row is None else sheet_link("明细", f"A{details_row}")
    return (
        task.task.number or str(task.task.seq),
        task.task.title or "",
        task.task.requirement,
        responsible(task.task),
        Cell(said, link=link),
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


def said_by(entry: Entry) -> str:
    """What a unit wrote on a task, with its word behind it where the text does not say it itself."""
    word = word_of(entry)
    text = entry.progress or entry.status_text
    if not text:
        return word
    return mask(text) if word in text else f"{mask(text)}（{word}）"


def _said(task: TaskFigures) -> tuple[str, bool]:
    """The text of 完成情况, and whether it is whole."""
    head = task.status if len(task.entries) < 2 else f"{task.status}（{task.tally.said()}）"
    texts = [(entry.unit, said_by(entry)) for entry in task.entries]
    lines = [f"{unit}：{text}" for unit, text in texts]
    if sum(map(len, lines)) <= _ROOM:
        return "\n".join([head, *lines]), True
    share = max(_ROOM // len(lines), _SHORTEST)
    short = [line if len(line) <= share else line[: share - 1] + "…" for line in lines]
    fitting = short[: _ROOM // share]
    rest = len(short) - len(fitting)
    tail = f"……另有 {rest} 家单位，" if rest else ""
    return "\n".join([head, *fitting, f"{tail}全文见《明细》（点此跳转）"]), False


def _title_merges(titles: list[tuple[int, str | None]]) -> tuple[Merge, ...]:
    """Runs of neighbouring rows of one title: a task without a title continues the one above it."""
    column = HEADERS.index("工作任务")
    runs: list[list[int]] = []
    for (above, _), (row, title) in pairwise([(-2, None), *titles]):
        if runs and row == above + 1 and title is None:
            runs[-1].append(row)
        else:
            runs.append([row])
    return tuple(Merge(column, run[0], run[-1]) for run in runs if len(run) > 1)
