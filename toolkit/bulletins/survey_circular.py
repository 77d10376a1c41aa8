"""通报 of a 收集表: who reported in time, who late, who not at all, and whose table is to be mended."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit import survey_figures
from toolkit.bulletins.charts import BarChart
from toolkit.bulletins.circular import KIND, named, percent
from toolkit.bulletins.words import Material, Words, chinese_day, common
from toolkit.survey_figures import Reported, SurveyFigures, UnitReporting

_NUMERALS = "一二三四五六七八九"


def for_unit(material: Material, unit: str) -> Words | None:
    """Nothing: a 通报 goes to everyone."""
    return None


def for_all(material: Material) -> Words:
    """The words of the bulletin, with its chart."""
    figures = survey_figures.compute(material.collection)
    counted = [(reported, count) for reported, count in figures.counts.items() if count]
    ordered = sorted(figures.units, key=lambda unit: (list(Reported).index(unit.reported), unit.late))
    return common(material, KIND, None) | {
        "附件标题": "各单位报送情况",
        "应报单位数": len(figures.units),
        "已报单位数": figures.came,
        "报送率": percent(figures.rate),
        "情况说明": "、".join(f"{reported.value} {count} 家" for reported, count in counted),
        "图_情况": BarChart("各单位报送情况（家）", [(reported.value, count) for reported, count in counted], False),
        "报送": [_row(number, unit) for number, unit in enumerate(ordered, 1)],
        "存在问题": [f"（{_NUMERALS[n]}）{text}" for n, text in enumerate(_problems(figures))] or ["未发现突出问题。"],
    }


def _row(number: int, unit: UnitReporting) -> Words:
    return {
        "序号": number,
        "单位": unit.unit,
        "报送情况": f"逾期 {unit.late} 天" if unit.late else unit.reported.value,
        "报送日期": chinese_day(unit.first) if unit.first else "—",
        "待更正": f"{unit.faults} 处" if unit.faults else "",
    }


def _problems(figures: SurveyFigures) -> Iterator[str]:
    units = {reported: [unit.unit for unit in figures.units if unit.reported is reported] for reported in Reported}
    if late := units[Reported.LATE]:
        yield f"报送不及时。{named(late)}在截止日期以后才报送。"
    if missing := units[Reported.MISSING]:
        yield f"未报送。{named(missing)}至今没有报送。"
    if refused := [*units[Reported.REJECTED], *units[Reported.BLANK]]:
        yield f"报送不合要求。{named(refused)}交来的表未能采用或没有填写，需重新报送。"
    if faulty := [unit for unit in figures.units if unit.faults]:
        count = sum(unit.faults for unit in faulty)
        yield f"填报不完整、不规范。{named([unit.unit for unit in faulty])}的表有 {count} 处需要补填或更正。"
