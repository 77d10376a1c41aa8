"""The words and numbers of a plan's board: status by unit and task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit import figures as figuring
from toolkit import vocabulary
from toolkit.board.shared import Shown, heading, percent, plain, published, script
from toolkit.figures import SHOWN_WORDS, SYMBOLS, Figures, Light, Tally, short_name, word_of
from toolkit.model import Collection, UnitState
from toolkit.opc import holdable
from toolkit.settings import Settings

_CLASSES = {
    Light.DONE: "done",
    Light.NORMAL: "normal",
    Light.WARNING: "warning",
    Light.OVERDUE: "overdue",
    Light.EXEMPT: "exempt",
}
_COLOUR_WORDS = [(kind, light.value.split()[-1]) for light, kind in _CLASSES.items()]
_COLOURS = dict(
    zip(
        SHOWN_WORDS,
        ("#548235", "#a9d08e", "#9dc3e6", "#ffd966", "#f4b183", "#d0cece", "#bfbfbf", "#c00000", "#7f7f7f"),
        strict=True,
    )
)
_BARS = 20
"""So many units a chart shows; of more, the most and the least complete, half each."""
_TITLE = 12
_FIGURES = ("应报", "已报", "完成", "推进中", "未报", "逾期", "完成率", "按时率", "得分", "名次")


def words(collection: Collection, settings: Settings) -> dict[str, Any]:
    """What the marks of the template stand for."""
    figures = figuring.compute(collection, settings)
    return heading(collection) | {
        "卡片": _cards(collection, figures),
        "图表": [_status_chart(figures.total), _units_chart(figures)],
        "单位栏": ("序号", "单位", "填报状态", *_FIGURES),
        "单位表": [
            [
                plain(n),
                (unit.unit, n),
                (unit.report.state.label, unit.report.state.label),
                *_figures(unit.tally, unit.score, unit.rank),
            ]
            for n, unit in enumerate(figures.units, 1)
        ],
        "单位标题": "单位统计",
        "矩阵标题": "矩阵",
        "色例": _COLOUR_WORDS,
        "点格": "点格子看进展",
        "任务标题": "任务情况",
        "图例": "　".join(f"{symbol} {word}" for word, symbol in SYMBOLS.items()),
        "任务栏": [
            {
                "序号": task.task.number or task.task.seq,
                "名称": holdable(short_name(task.task, _TITLE)),
                "全称": holdable(task.task.title or task.task.requirement),
            }
            for task in figures.tasks
        ],
        "矩阵": list(_matrix(figures)),
        "任务表栏": ("序号", "工作任务", "完成情况", "预警", *_FIGURES),
        "任务表": [
            (
                _CLASSES[task.light],
                [
                    (task.task.number or str(task.task.seq), task.task.seq),
                    (holdable(task.task.label), task.task.seq),
                    (task.status, task.status),
                    (task.light.value, list(Light).index(task.light)),
                    *_figures(task.tally, task.score, task.rank),
                ],
            )
            for task in figures.tasks
        ],
        "说明": ["完成率＝（已完成＋已完成并持续推进）÷（应报－不涉及）；得分由按时率和质量率按设置的权重合成。"],
        "文字": _texts(collection, figures, settings.bulletin_length),
    }


def _cards(collection: Collection, figures: Figures) -> list[tuple[str, object]]:
    total = figures.total
    came = sum(unit.report.state in (UnitState.COMPLETE, UnitState.PARTIAL) for unit in figures.units)
    return [
        ("应报单位", len(figures.units)),
        ("已报单位", came),
        ("未报单位", len(figures.units) - came),
        ("任务完成率", percent(total.completion)[0]),
        ("按时率", percent(total.punctuality)[0]),
        ("逾期项次", total.overdue),
        ("问题", len(collection.findings)),
    ]


def _status_chart(total: Tally) -> dict[str, Any]:
    most = max(total.counts.values(), default=1)
    bars = [
        (word, total.counts.get(word, 0) / most, str(total.counts.get(word, 0)), _COLOURS[word]) for word in SHOWN_WORDS
    ]
    return {"标题": "各项任务完成情况（项次）", "条": bars, "说明": ""}


def _units_chart(figures: Figures) -> dict[str, Any]:
    ordered = sorted(figures.units, key=lambda unit: -(unit.tally.completion or 0.0))
    note = ""
    if len(ordered) > _BARS:
        half = _BARS // 2
        note = f"共 {len(ordered)} 家单位，图中为完成率最高和最低的各 {half} 家。"
        ordered = [*ordered[:half], *ordered[-half:]]
    rates = [(unit.unit, unit.tally.completion or 0.0) for unit in ordered]
    return {
        "标题": "各单位完成率",
        "条": [(name, rate, f"{100 * rate:.1f}%", "#2e75b6") for name, rate in rates],
        "说明": note,
    }


def _figures(tally: Tally, score: float | None, rank: int | None) -> list[Shown]:
    ongoing, unreported = (tally.counts.get(word, 0) for word in (vocabulary.ONGOING, vocabulary.UNREPORTED))
    return [
        *map(plain, (tally.owed, tally.reported, tally.done, ongoing, unreported, tally.overdue)),
        percent(tally.completion),
        percent(tally.punctuality),
        *map(plain, (score, rank)),
    ]


def _matrix(figures: Figures) -> Sequence[tuple[str, list[tuple[str, str]]]]:
    cells = {
        (entry.unit, task.task.code): (_CLASSES[figures.lights[entry.task, entry.unit]], SYMBOLS[word_of(entry)])
        for task in figures.tasks
        for entry in task.entries
    }
    codes = [task.task.code for task in figures.tasks]
    return [(unit.unit, [cells.get((unit.unit, code), ("", "")) for code in codes]) for unit in figures.units]


def _texts(collection: Collection, figures: Figures, limit: int) -> Any:
    """Unit → column of the task → what it wrote."""
    columns = {task.task.code: column for column, task in enumerate(figures.tasks)}
    texts: dict[str, dict[int, str]] = {}
    for entry in collection.entries:
        said = [word_of(entry), entry.progress or entry.status_text, entry.evidence and f"佐证：{entry.evidence}"]
        text = "　".join(dict.fromkeys(part for part in said if part))
        texts.setdefault(entry.unit, {})[columns[entry.task]] = published(text, limit)
    return script(texts)
