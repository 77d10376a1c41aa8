"""明细: one row a task × unit, with the unit's own words and a link to the cell they came from."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.figures import Figures, Light, word_of
from toolkit.model import ENTRY_FIELDS, Change, Collection, Correction, Decision, Place, Role, State, Verdict
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Streamed, Table, Value

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
    "上期情况",
    "较上期",
    "改动",
    "审核",
    "审核意见",
)
"""The last two are the office's to fill in (fengong review reads them back)."""
VERDICTS = {verdict.label: verdict for verdict in Verdict}
"""What the drop-down of 审核 offers."""
CARRIED = "沿用"
"""报送 of a task this round did not ask: an earlier answer still stands; 来源 tells its round."""
STATES = {State.REPORTED: "已报", State.BLANK: "未填", State.MISSING: "未报"}
"""The word on screen for the state of an entry."""
_ROLES = {role: role.label for role in Role}
_LIGHTS = {light: Cell(light.value, mark=light.value) for light in Light}
FIELDS = dict(zip(ENTRY_FIELDS, ("完成情况", "进展说明", "佐证材料", "完成日期", "备注"), strict=True))
"""Field of an entry → the column that shows it and that the office may mend."""
PLACE_SEPARATOR = " › "


def table(collection: Collection, figures: Figures, links: SourceLinks) -> Table:
    """The sheet, in plan order, then unit order."""
    hidden = {"上期情况", "较上期"} if not collection.changes else set()
    hidden |= {"改动"} if not collection.corrections else set()
    rows = Streamed(lambda: _rows(collection, figures, links), len(collection.entries))
    return Table(SHEET, HEADERS, rows, hidden=frozenset(hidden), choices={"审核": tuple(VERDICTS)})


def _rows(collection: Collection, figures: Figures, links: SourceLinks) -> Iterator[Row]:
    tasks = {task.code: task for task in collection.plan.tasks}
    decided = {(decision.task, decision.unit): decision for decision in collection.decisions}
    changes = {(change.task, change.unit): change for change in collection.changes}
    mended: dict[tuple[str, str], list[str]] = {}
    for correction in collection.corrections:
        mended.setdefault((correction.task, correction.unit), []).append(said_correction(correction))
    linked: set[str] = set()
    for entry in collection.entries:
        task = tasks.get(entry.task)
        place = entry.place
        key = entry.task, entry.unit
        values: tuple[Value, ...] = (
            entry.task,
            entry.number or "",
            task.label if task else "",
            entry.unit,
            _ROLES[entry.role],
            figures.dues[key],
            CARRIED if entry.carried else STATES[entry.state],
            word_of(entry),
            entry.status_text,
            entry.progress,
            entry.evidence,
            entry.done_on or entry.done_on_text,
            entry.remark,
            _LIGHTS[figures.lights[key]],
            Cell(said_place(place), link=links.to(place)) if place else entry.carried,
            *_since(changes.get(key)),
            "\n".join(mended.get(key, ())),
            *reviewed(decided.get(key)),
        )
        yield Row(values, linked=place is not None and entry.unit not in linked)
        if place is not None:
            linked.add(entry.unit)


def _since(change: Change | None) -> tuple[Value, Value]:
    """上期情况 and 较上期."""
    if change is None:
        return "", ""
    before = f"{change.before}（{change.since}）" if change.before else ""
    still = f"（连续 {change.still} 期）" if change.still > 1 else ""
    return before, change.trend.label + still


def reviewed(decision: Decision | None) -> tuple[Value, Value]:
    """审核 and 审核意见."""
    if decision is None or decision.verdict is None:
        return "", ""
    return decision.verdict.label, decision.opinion


def said_correction(correction: Correction) -> str:
    """``完成情况：推进中→已完成（2026-10-12，电话核实）``."""
    when = "，".join(part for part in (str(correction.on or ""), correction.why) if part)
    name = FIELDS.get(correction.field, correction.field)
    mended = f"{name}：{correction.old or '空'}→{correction.new or '空'}"
    return f"{mended}（{when}）" if when else mended


def said_place(place: Place) -> str:
    """``文件 › 工作表 › I7``."""
    return PLACE_SEPARATOR.join([part for part in (place.path, place.sheet, place.cell) if part])


def first_rows(collection: Collection, first_body_row: int) -> dict[str, int]:
    """The 1-based row where each task begins."""
    rows: dict[str, int] = {}
    for offset, entry in enumerate(collection.entries):
        rows.setdefault(entry.task, first_body_row + offset)
    return rows
