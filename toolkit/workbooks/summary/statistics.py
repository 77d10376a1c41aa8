"""单位统计 and 任务统计: counts, rates, scores and ranks."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.figures import SHOWN_WORDS, Figures, Tally
from toolkit.model import Verdict
from toolkit.settings import Score
from toolkit.workbooks.summary.table import Cell, Row, Scalar, Streamed, Table

UNITS_SHEET = "单位统计"
TASKS_SHEET = "任务统计"
_RATES = ("完成率", "按时率", "质量率", "得分", "名次")
VERDICTS = tuple(verdict.label for verdict in Verdict)
UNITS_HEADERS = ("序号", "单位", "填报状态", "应报", "已报", *SHOWN_WORDS, "逾期", *_RATES, *VERDICTS)
TASKS_HEADERS = (
    *("序号", "工作任务", "完成情况", "预警", "应报", "已报", *SHOWN_WORDS, "逾期", *_RATES, *VERDICTS),
    "编码",
)
TOTAL = "合计"


def explained(weights: Score) -> tuple[str, ...]:
    """How the figures are computed, for the foot of the sheets."""
    whole = weights.on_time + weights.quality or 1
    on_time, quality = (f"{100 * part / whole:.0f}%" for part in (weights.on_time, weights.quality))
    return (
        "完成率＝（已完成＋已完成并持续推进）÷（应报－不涉及）。按时率＝已到期的任务中按时完成的比例，"
        "已完成而未填完成日期的按按时计；没有到期任务的记“—”。",
        "质量率＝已报送、不属“需优化完善”、没有错误和提醒的任务÷（应报－不涉及）。",
        f"得分＝按时率×{on_time}（完成时限）＋质量率×{quality}（完成质量），没有到期任务的按质量率计；"
        "权重可在设置中修改。得分相同的按完成率排，仍相同的并列。",
    )


def units_table(figures: Figures) -> Table:
    """单位统计, in the fixed unit order, everything together in the last row."""
    rows = Streamed(lambda: _units(figures), len(figures.units) + 1)
    return Table(UNITS_SHEET, UNITS_HEADERS, rows, hidden=_unused(figures), notes=explained(figures.weights))


def _units(figures: Figures) -> Iterator[Row]:
    for number, unit in enumerate(figures.units, 1):
        marks = _marks(unit.tally, unit.score, unit.rank)
        state = unit.report.state.label
        yield Row((number, unit.unit, state, *_figures(unit.tally), *marks, *_verdicts(unit.tally)))
    total = figures.total
    marks = _marks(total, total.score(figures.weights), None)
    yield Row(("", TOTAL, "", *_figures(total), *marks, *_verdicts(total)))


def tasks_table(figures: Figures) -> Table:
    """任务统计, in plan order."""
    rows = [
        Row(
            (
                task.task.number or str(task.task.seq),
                task.task.label,
                task.status,
                Cell(task.light.value, mark=task.light.value),
                *_figures(task.tally),
                *_marks(task.tally, task.score, task.rank),
                *_verdicts(task.tally),
                task.task.code,
            )
        )
        for task in figures.tasks
    ]
    return Table(TASKS_SHEET, TASKS_HEADERS, rows, hidden=_unused(figures), notes=explained(figures.weights))


def _verdicts(tally: Tally) -> tuple[Scalar, ...]:
    return tuple(tally.verdicts.get(verdict, 0) for verdict in Verdict)


def _unused(figures: Figures) -> frozenset[str]:
    """The columns of the office's decisions as long as there are none."""
    return frozenset() if figures.total.verdicts else frozenset(VERDICTS)


def _figures(tally: Tally) -> tuple[Scalar, ...]:
    return (tally.owed, tally.reported, *(tally.counts.get(word, 0) for word in SHOWN_WORDS), tally.overdue)


def _marks(tally: Tally, score: float | None, rank: int | None) -> tuple[Scalar, ...]:
    return (
        _or_dash(tally.completion),
        _or_dash(tally.punctuality),
        _or_dash(tally.quality),
        _or_dash(score),
        _or_dash(rank),
    )


def _or_dash(value: float | None) -> Scalar:
    return "—" if value is None else value
