"""看板: the figures of a round as one HTML file for a meeting, which needs no network and no program but a browser.

The look comes from ``templates/看板.html``; this module only gives the words and numbers.  Everything on the
board may be shown on a wall, so personal numbers in texts are masked (A32).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit import figures as figuring
from toolkit import outputs, resources
from toolkit import vocabulary as words
from toolkit.figures import SHOWN_WORDS, SYMBOLS, Figures, Light, Tally, short_name, word_of
from toolkit.findings import CannotDo
from toolkit.findings import output as found
from toolkit.language.privacy import mask
from toolkit.model import Collection, UnitState
from toolkit.opc import holdable
from toolkit.settings import DEFAULT, Settings

TEMPLATE = "看板.html"
_CLASSES = {
    Light.DONE: "done",
    Light.NORMAL: "normal",
    Light.WARNING: "warning",
    Light.OVERDUE: "overdue",
    Light.EXEMPT: "exempt",
}
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

_Shown = tuple[str, object]
"""What a cell shows, and the value it sorts by (empty when there is none)."""


def write(collection: Collection, path: Path, *, template: Path | None = None, settings: Settings = DEFAULT) -> None:
    """Write the board of a collection.  Raises :class:`CannotDo` when the template cannot be used."""
    outputs.write_bytes(path, render(collection, template=template, settings=settings).encode())


def render(collection: Collection, *, template: Path | None = None, settings: Settings = DEFAULT) -> str:
    """The HTML of the board."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    source = template or resources.template(TEMPLATE)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        return environment.from_string(source.read_text("utf-8")).render(_words(collection, settings))
    except (OSError, UnicodeDecodeError) as fault:
        raise CannotDo(found.TEMPLATE_BROKEN.at(name=source.name, why="打不开，或不是 UTF-8 文字")) from fault
    except TemplateError as fault:
        raise CannotDo(found.TEMPLATE_BROKEN.at(name=source.name, why=f"标记写得不对（{fault.message}）")) from fault


def _words(collection: Collection, settings: Settings) -> dict[str, Any]:
    figures = figuring.compute(collection, settings)
    due = collection.round.due
    return {
        "标题": collection.plan.title,
        "填报期": collection.round.name,
        "截止日期": due.isoformat() if due else "",
        "统计日期": collection.as_of.isoformat(),
        "卡片": _cards(collection, figures),
        "图表": [_status_chart(figures.total), _units_chart(figures)],
        "单位栏": ("序号", "单位", "填报状态", *_FIGURES),
        "单位表": [
            [
                _plain(n),
                (unit.unit, n),
                (unit.report.state.label, unit.report.state.label),
                *_figures(unit.tally, unit.score, unit.rank),
            ]
            for n, unit in enumerate(figures.units, 1)
        ],
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
        ("任务完成率", _percent(total.completion)[0]),
        ("按时率", _percent(total.punctuality)[0]),
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


def _figures(tally: Tally, score: float | None, rank: int | None) -> list[_Shown]:
    ongoing, unreported = (tally.counts.get(word, 0) for word in (words.ONGOING, words.UNREPORTED))
    return [
        *map(_plain, (tally.owed, tally.reported, tally.done, ongoing, unreported, tally.overdue)),
        _percent(tally.completion),
        _percent(tally.punctuality),
        *map(_plain, (score, rank)),
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
    """Unit → column of the task → what it wrote, as JSON that cannot end the script it stands in."""
    from markupsafe import Markup

    columns = {task.task.code: column for column, task in enumerate(figures.tasks)}
    texts: dict[str, dict[int, str]] = {}
    for entry in collection.entries:
        said = [word_of(entry), entry.progress or entry.status_text, entry.evidence and f"佐证：{entry.evidence}"]
        text = holdable(mask("　".join(dict.fromkeys(part for part in said if part))))
        texts.setdefault(entry.unit, {})[columns[entry.task]] = text if len(text) <= limit else text[:limit] + "…"
    data = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return Markup(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _plain(value: float | str | None) -> _Shown:
    return ("—", "") if value is None else (str(value), value)


def _percent(rate: float | None) -> _Shown:
    return ("—", "") if rate is None else (f"{100 * rate:.1f}%", f"{rate:.6f}")
