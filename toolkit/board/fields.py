"""The words and numbers of a survey's board: who reported when, and what the units together say field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from toolkit import survey_figures
from toolkit.board.shared import Shown, heading, percent, plain, published, script
from toolkit.model import Collection, Entry, State
from toolkit.opc import holdable
from toolkit.settings import Settings
from toolkit.survey import Field, FieldType, Filled
from toolkit.survey_figures import FieldFigures, Reported, SurveyFigures

_COLOURS = {
    Reported.ON_TIME: "#548235",
    Reported.LATE: "#ffd966",
    Reported.SOME_TIME: "#a9d08e",
    Reported.BLANK: "#f4b183",
    Reported.REJECTED: "#c65911",
    Reported.MISSING: "#c00000",
}
_BAR = "#2e75b6"
_BARS = 20
"""So many units a chart shows; of more, those with the most."""
_NAME = 12
_GOOD, _WRONG, _LACKING, _EMPTY = ("done", "√"), ("overdue", "×"), ("warning", "△"), ("exempt", "—")
_MARKS = (("填好", _GOOD), ("读不出", _WRONG), ("必填未填", _LACKING), ("选填未填", _EMPTY))


def words(collection: Collection, settings: Settings) -> dict[str, Any]:
    """What the marks of the template stand for."""
    figures = survey_figures.compute(collection)
    fields = [item.field for item in figures.fields]
    return heading(collection) | {
        "卡片": _cards(figures),
        "图表": [_reporting_chart(figures), *_field_charts(collection, figures)],
        "单位标题": "各单位报送情况",
        "单位栏": ("序号", "单位", "报送情况", "报送日期", "逾期天数", "行数", "待更正"),
        "单位表": list(_units(figures)),
        "矩阵标题": "各栏填报情况",
        "图例": "　".join(f"{symbol} {word}" for word, (_, symbol) in _MARKS),
        "色例": [(kind, word) for word, (kind, _) in _MARKS],
        "点格": "点格子看原文",
        "任务栏": [
            {"序号": place, "名称": holdable(_short(field.name)), "全称": holdable(field.name)}
            for place, field in enumerate(fields, 1)
        ],
        "矩阵": [(entry.unit, [_mark(entry, field) for field in fields]) for entry in collection.entries],
        "任务标题": "各栏合计",
        "任务表栏": ("序号", "栏目", "类型", "已填", "未填", "读不出", "合计", "平均", "最小", "最大"),
        "任务表": [("", _field(place, item)) for place, item in enumerate(figures.fields, 1)],
        "说明": ["报送率＝已报单位÷应报单位；是否按期看文件自己记的保存日期。合计、平均只计读得出的数字。"],
        "文字": script(
            {entry.unit: _texts(entry, fields, settings.bulletin_length) for entry in collection.entries if entry.rows}
        ),
    }


def _cards(figures: SurveyFigures) -> list[tuple[str, object]]:
    return [
        ("应报单位", len(figures.units)),
        ("已报单位", figures.came),
        ("未报单位", len(figures.units) - figures.came),
        ("报送率", percent(figures.rate)[0]),
        ("按期", figures.counts[Reported.ON_TIME]),
        ("逾期", figures.counts[Reported.LATE]),
        ("待更正", sum(unit.faults for unit in figures.units)),
    ]


def _reporting_chart(figures: SurveyFigures) -> dict[str, Any]:
    most = max(figures.counts.values(), default=0) or 1
    bars = [
        (reported.value, count / most, str(count), _COLOURS[reported])
        for reported, count in figures.counts.items()
        if count
    ]
    return {"标题": "报送情况（家）", "条": bars, "说明": ""}


def _field_charts(collection: Collection, figures: SurveyFigures) -> Iterator[dict[str, Any]]:
    """How often each choice was taken; what each unit says in numbers."""
    for item in figures.fields:
        if item.counts:
            most = max(item.counts.values()) or 1
            bars = [(holdable(_short(choice)), n / most, str(n), _BAR) for choice, n in item.counts.items()]
            yield {"标题": f"{item.field.name}（项）", "条": bars, "说明": _unread(item)}
        elif item.numbers:
            yield _number_chart(collection, item)


def _number_chart(collection: Collection, item: FieldFigures) -> dict[str, Any]:
    sums = {entry.unit: total for entry in collection.entries if (total := _sum(entry, item.field)) is not None}
    ordered = sorted(sums.items(), key=lambda pair: -pair[1])
    most = max((abs(total) for _, total in ordered), default=Decimal(1)) or Decimal(1)
    bars = [(unit, float(max(total, Decimal(0)) / most), f"{total:f}", _BAR) for unit, total in ordered[:_BARS]]
    more = f"共 {len(ordered)} 家单位，图中为最多的 {_BARS} 家。" if len(ordered) > _BARS else ""
    return {"标题": f"{item.field.name}：合计 {item.total:f}", "条": bars, "说明": more + _unread(item)}


def _sum(entry: Entry, field: Field) -> Decimal | None:
    cells = [cell.value for cell in _cells(entry, field) if cell.value is not None]
    return sum(map(Decimal, cells), Decimal(0)) if cells else None


def _unread(item: FieldFigures) -> str:
    return f"另有 {item.unread} 格读不出来，没有计入。" if item.unread else ""


def _units(figures: SurveyFigures) -> Iterator[list[Shown]]:
    order = {reported: place for place, reported in enumerate(Reported)}
    for number, unit in enumerate(figures.units, 1):
        yield [
            plain(number),
            (unit.unit, number),
            (unit.reported.value, order[unit.reported]),
            plain(unit.first),
            plain(unit.late or None),
            plain(unit.rows or None),
            plain(unit.faults or None),
        ]


def _mark(entry: Entry, field: Field) -> tuple[str, str]:
    """One cell of the matrix: the worst of what a unit's rows say in a field."""
    if entry.state is not State.REPORTED:
        return "", ""
    cells = list(_cells(entry, field))
    if any(cell.value is None for cell in cells):
        return _WRONG
    if len(cells) < len(entry.rows):
        return _LACKING if field.required else _GOOD if cells else _EMPTY
    return _GOOD


def _cells(entry: Entry, field: Field) -> Iterator[Filled]:
    return (cell for row in entry.rows for cell in row if cell.field == field.name)


def _texts(entry: Entry, fields: list[Field], limit: int) -> dict[int, str]:
    return {
        column: published("；".join(cell.text for cell in _cells(entry, field)) or "没有填", limit)
        for column, field in enumerate(fields)
    }


def _field(place: int, item: FieldFigures) -> list[Shown]:
    numbers = item.numbers
    figures: Mapping[str, Decimal | None] = {
        "合计": item.total,
        "平均": item.mean,
        "最小": min(numbers, default=None),
        "最大": max(numbers, default=None),
    }
    return [
        plain(place),
        (holdable(item.field.name), place),
        (item.field.type.value, list(FieldType).index(item.field.type)),
        *map(plain, (item.filled, item.blank, item.unread)),
        *(("—", "") if number is None else (f"{number:f}", float(number)) for number in figures.values()),
    ]


def _short(text: str) -> str:
    return text if len(text) <= _NAME else text[: _NAME - 1] + "…"
