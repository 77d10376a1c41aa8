"""通报: to everyone — the round as a whole, the ranking, good examples, problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit import vocabulary as words
from toolkit.bulletins.charts import BarChart
from toolkit.bulletins.words import Material, Words, common, shortened
from toolkit.figures import SHOWN_WORDS, UnitFigures, word_of
from toolkit.model import Severity, UnitState

KIND = "通报"
_NAMES = 15
"""So many units are named in a sentence, the others counted."""
_EXAMPLES = 3
_EXAMPLE_LENGTH = 120
"""Characters of a good example; the settings may make it shorter, not longer."""
_BARS = 20
_NUMERALS = "一二三四五六七八九"


def for_unit(material: Material, unit: str) -> Words | None:
    """Nothing: a 通报 goes to everyone."""
    return None


def for_all(material: Material) -> Words:
    """The words of the bulletin, with its two charts."""
    figures, total = material.figures, material.figures.total
    came = [f for f in figures.units if f.report.state in (UnitState.COMPLETE, UnitState.PARTIAL)]
    ranked = figures.ranked_units()
    weights = figures.weights
    return common(material, KIND, None) | {
        "应报单位数": len(figures.units),
        "已报单位数": len(came),
        "应报数": total.owed,
        "已报数": total.reported,
        "完成率": percent(total.completion),
        "情况说明": "、".join(f"{word} {count} 项次" for word, count in total.counts.items()),
        "排名说明": f"其中完成时限占 {_share(weights.on_time, weights.quality)}、"
        f"完成质量占 {_share(weights.quality, weights.on_time)}，得分相同的按完成率排。"
        + ("完成率和得分只计经审核认可的填报。" if material.accepted_only else ""),
        "图_情况": BarChart(
            "各项任务完成情况（项次）", [(word, total.counts.get(word, 0)) for word in SHOWN_WORDS], percent=False
        ),
        "图_单位": BarChart(*_completion(figures.units), percent=True),
        "排名": [
            {
                "名次": unit.rank or "—",
                "单位": unit.unit,
                "应报": unit.tally.owed,
                "已报": unit.tally.reported,
                "完成率": percent(unit.tally.completion),
                "得分": "—" if unit.score is None else unit.score,
            }
            for unit in ranked
        ],
        "好的做法": list(_examples(material, ranked)) or ["各单位要互相借鉴，抓紧形成可推广的做法。"],
        "存在问题": [f"（{_NUMERALS[n]}）{text}" for n, text in enumerate(_problems(material))] or ["未发现突出问题。"],
    }


def _completion(units: Sequence[UnitFigures]) -> tuple[str, list[tuple[str, float]]]:
    ordered = sorted(units, key=lambda unit: -(unit.tally.completion or 0.0))
    bars = [(unit.unit, unit.tally.completion or 0.0) for unit in ordered]
    if len(bars) <= _BARS:
        return "各单位完成率", bars
    half = _BARS // 2
    return f"完成率最高和最低的各 {half} 家单位", [*bars[:half], *bars[-half:]]


def _examples(material: Material, ranked: Sequence[UnitFigures]) -> Iterator[str]:
    """The best units that sent everything, each with the fullest account of something it finished."""
    limit = min(_EXAMPLE_LENGTH, material.settings.bulletin_length)
    floor = material.figures.total.completion or 0.0
    good = [u for u in ranked if u.report.state is UnitState.COMPLETE and (u.tally.completion or 0.0) > floor]
    for unit in good[:_EXAMPLES]:
        done = [e for e in material.entries[unit.unit] if words.is_done(e.status) and e.progress]
        text = f"{unit.unit}：应报 {unit.tally.owed} 项全部报送，完成率 {percent(unit.tally.completion)}。"
        best = max(done, key=lambda entry: (bool(entry.evidence), len(entry.progress)), default=None)
        if best is not None:
            text += f"如“{material.titles[best.task]}”，{shortened(best.progress, limit)}"
        yield text


def _problems(material: Material) -> Iterator[str]:
    by_state: dict[UnitState, list[str]] = {}
    for figures in material.figures.units:
        by_state.setdefault(figures.report.state, []).append(figures.unit)
    if missing := by_state.get(UnitState.MISSING):
        yield f"未按期报送。{named(missing)}未报送填报表。"
    if rejected := by_state.get(UnitState.REJECTED):
        yield f"报送不合要求被退回。{named(rejected)}的填报表未能采用，需更正后重新报送。"
    if partial := by_state.get(UnitState.PARTIAL):
        yield f"填报不完整。{named(partial)}有任务未填写完成情况。"
    if overdue := material.figures.total.overdue:
        late = sorted(material.figures.tasks, key=lambda task: -task.tally.overdue)
        told = "、".join(
            f"“{material.titles[t.task.code]}”（{t.tally.overdue} 家）" for t in late[:3] if t.tally.overdue
        )
        yield f"部分任务逾期。共 {overdue} 项次逾期，较多的是{told}。"
    if words.TO_IMPROVE in material.figures.total.counts:
        units = list(dict.fromkeys(e.unit for e in material.collection.entries if word_of(e) == words.TO_IMPROVE))
        yield f"部分工作质量不高。{named(units)}有任务需优化完善。"
    faults = [f for f in material.collection.findings if f.severity is not Severity.NOTE and f.path]
    if faults:
        units = list(dict.fromkeys(f.unit for f in faults if f.unit))
        errors = sum(f.severity is Severity.ERROR for f in faults)
        yield f"填报不规范。填报表中有错误 {errors} 处、提醒 {len(faults) - errors} 处，涉及{named(units)}。"


def named(units: Sequence[str]) -> str:
    """Units in a sentence: all of them, or the first and how many."""
    if len(units) <= _NAMES:
        return "、".join(units) + (f"等 {len(units)} 家单位" if len(units) > 1 else "")
    return "、".join(units[:_NAMES]) + f"等 {len(units)} 家单位"


def percent(rate: float | None) -> str:
    """A rate as text, — when there is none."""
    return "—" if rate is None else f"{100 * rate:.1f}%"


def _share(part: float, other: float) -> str:
    return f"{100 * part / (part + other or 1):.0f}%"
