"""明细: one row a task × unit, with the unit's own words and a link to the cell they came from."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.figures import Figures, word_of
from toolkit.model import Collection, Entry, Place, State
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Table, Value

SHEET = "明细"
HEADERS = (
    "编码",
    "序号",
    "工作任务",
    "单位",
    "职责",
    "完成时限",
    "报送",
    "完成情况",
    "填报原文",
    "进展说明",
    "佐证材料",
    "完成日期",
    "备注",
    "预警",
    "来源",
)
STATES = {State.REPORTED: "已报", State.BLANK: "未填", State.MISSING: "未报"}
"""The word on screen for the state of an entry."""
PLACE_SEPARATOR = " › "


def table(collection: Collection, figures: Figures, links: SourceLinks) -> Table:
    """The sheet, in plan order, then unit order."""
    return Table(SHEET, HEADERS, _rows(collection, figures, links))


def _rows(collection: Collection, figures: Figures, links: SourceLinks) -> Iterator[Row]:
    tasks = {task.code: task for task in collection.plan.tasks}
    linked: set[str] = set()
    for entry in collection.entries:
        task = tasks.get(entry.task)
        place = source_of(entry)
        light = figures.lights[entry.task, entry.unit].value
        values: tuple[Value, ...] = (
            entry.task,
            entry.number or "",
            task.label if task else "",
            entry.unit,
            entry.role.label,
            figures.dues[entry.task, entry.unit],
            STATES[entry.state],
            word_of(entry),
            entry.status_text,
            entry.progress,
            entry.evidence,
            entry.done_on or entry.done_on_text,
            entry.remark,
            Cell(light, mark=light),
            Cell(said_place(place), link=links.to(place)) if place else "",
        )
        yield Row(values, linked=place is not None and entry.unit not in linked)
        if place is not None:
            linked.add(entry.unit)


def source_of(entry: Entry) -> Place | None:
    """The cell that stands for the whole entry: of its status, else of its first field that came from somewhere."""
    return entry.source("status") or next((place for _, place in entry.sources), None)


def said_place(place: Place) -> str:
    """``文件 › 工作表 › I7``."""
    return PLACE_SEPARATOR.join(part for part in (place.path, place.sheet, place.cell) if part)


def first_rows(collection: Collection, first_body_row: int) -> dict[str, int]:
    """The 1-based row where each task begins."""
    rows: dict[str, int] = {}
    for offset, entry in enumerate(collection.entries):
        rows.setdefault(entry.task, first_body_row + offset)
    return rows
