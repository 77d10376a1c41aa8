"""各栏统计: what the units together say field by field: how many filled it in, choices counted, numbers added up."""

from __future__ import annotations

from decimal import Decimal

from toolkit import survey_figures
from toolkit.model import Collection
from toolkit.survey_figures import FieldFigures
from toolkit.workbooks.summary.table import Row, Scalar, Table

SHEET = "各栏统计"
HEADERS = ("序号", "字段", "类型", "已填", "未填", "读不出", "选项情况", "合计", "平均", "最小", "最大")


def table(collection: Collection) -> Table:
    """The sheet, in the order of the fields; columns that no field has anything for are hidden."""
    fields = survey_figures.compute(collection).fields
    hidden = set() if any(item.field.offered for item in fields) else {"选项情况"}
    hidden |= set() if any(item.numbers for item in fields) else {"合计", "平均", "最小", "最大"}
    rows = [Row((number, *_values(item))) for number, item in enumerate(fields, 1)]
    notes = ("已填、未填按报来的行计；合计、平均、最小、最大只计读得出的数字，选项只计选项里有的。",)
    return Table(SHEET, HEADERS, rows, hidden=frozenset(hidden), notes=notes)


def _values(item: FieldFigures) -> tuple[Scalar, ...]:
    choices = "、".join(f"{choice} {count}" for choice, count in item.counts.items())
    numbers = item.numbers
    figures = (item.total, item.mean, min(numbers, default=None), max(numbers, default=None))
    return (
        *(item.field.name, item.field.type.value, item.filled, item.blank, item.unread, choices),
        *map(_number, figures),
    )


def _number(value: Decimal | None) -> Scalar:
    if value is None:
        return ""
    return int(value) if value == value.to_integral_value() else float(value)
