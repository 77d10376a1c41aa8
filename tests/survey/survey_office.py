"""An invented county that collects a table of its own, and units that send it back by the simulator's damages."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from clerk.parcel import Parcel
from clerk.table import Table
from clerk.world import alias, roster, towns

from toolkit.check import check
from toolkit.housekeeping.form import new
from toolkit.issue import issue
from toolkit.merge import merge
from toolkit.model import Assignment, Plan, Role, Task
from toolkit.sample.packages import restamped
from toolkit.survey import EVERY_UNIT, Field, FieldType, Survey
from toolkit.workbooks.survey import fields_book

ROUND = "2026年9月"
DUE = date(2026, 9, 20)
AS_OF = date(2026, 9, 21)
ROW = dict[str, Any]
"""Field → what is typed."""
PEOPLE = {"填报人": "方小圆", "联系电话": "62345678", "审核人": "分管负责人", "填报日期": "2026-09-10"}

STAFF = Survey(
    (
        Field("姓名", required=True, example="王小明"),
        Field("出生日期", FieldType.DATE, example="1988-05-06"),
        Field("岗位", FieldType.CHOICE, required=True, choices=("专职", "兼职")),
        Field("从业年限", FieldType.NUMBER, example="5"),
        Field("手机", FieldType.MOBILE, required=True),
        Field("已培训", FieldType.FLAG),
    ),
    many=True,
    note="每人一行。",
)
"""Units write as many rows as they have people."""


@dataclass
class SurveyParcel(Parcel):
    """What one unit sends of a survey."""

    rows: Sequence[ROW] = ()
    """The truth."""

    def __post_init__(self) -> None:
        self.data = self.data or filled(self.blank, self.rows, self.saved)

    @property
    def codes(self) -> list[str]:
        """A survey asks one thing."""
        with self.table(save=False) as table:
            return list(table.rows)

    @contextmanager
    def table(self, *, save: bool = True) -> Iterator[Table]:
        """The form as an openpyxl workbook with its table found."""
        with self.book(save=save) as book:
            yield Table.find(book, {"编码", "序号"})


def filled(blank: bytes, rows: Sequence[ROW], saved: datetime) -> bytes:
    """An issued form with these rows typed in; rows beyond those it offers are inserted above the foot."""
    book = openpyxl.load_workbook(io.BytesIO(blank))
    sheet = book.worksheets[0]
    header, columns, first = table_of(sheet)
    last = max(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, 1).value == sheet.cell(first, 1).value)
    if (more := len(rows) - (last - first + 1)) > 0:
        insert(sheet, last + 1, more)
    for place, row in enumerate(rows):
        for name, value in row.items():
            sheet.cell(first + place, columns[name]).value = value
    for row in range(header + 1, sheet.max_row + 1):
        label = str(sheet.cell(row, 1).value or "").rstrip("：")
        if label in PEOPLE:
            sheet.cell(row, 3).value = PEOPLE[label]
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), saved)


def table_of(sheet: Any) -> tuple[int, dict[str, int], int]:
    """Header row, columns by name, and the first row to fill in (1-based)."""
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "编码")
    columns = {sheet.cell(header, column).value: column for column in range(1, sheet.max_column + 1)}
    return header, columns, header + 2


def insert(sheet: Any, row: int, count: int) -> None:
    """Insert rows as a person does: what is merged below moves along."""
    from clerk.table import insert_rows

    insert_rows(sheet, row, count)


@dataclass
class County:
    """A survey issued to the towns of a county."""

    folder: Path
    plan: Path
    forms: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def make(cls, folder: Path, count: int, *, survey: Survey | None = None, template: str | None = None) -> County:
        """Issue a survey, the bundled one of that name or another, to so many towns."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "单位名录.xlsx").write_bytes(roster(towns(count)))
        fields = None
        if survey is not None:
            fields = folder / "字段.xlsx"
            fields.write_bytes(sheet_of(survey))
        plan = new(folder / "收集表.xlsx", fields=fields, template=template).path
        issued = issue(plan, folder / "下发", round=ROUND, due=DUE)
        return cls(folder, plan, {form.unit: folder / "下发" / form.path for form in issued.forms})

    def parcel(self, unit: str, rows: Sequence[ROW], seed: str = "") -> SurveyParcel:
        """A unit's form, filled well."""
        rng = Random(f"{seed}:{unit}")
        saved = datetime.combine(DUE - timedelta(days=rng.randint(1, 9)), time(rng.randint(1, 9), rng.randrange(60)))
        path = self.forms[unit]
        return SurveyParcel(
            unit, path.name, path.read_bytes(), {}, saved, rng, alias(unit), folder=f"{unit}/", rows=tuple(rows)
        )

    def send(self, files: Mapping[str, bytes], name: str = "回收") -> Path:
        """Write what was sent below a new folder."""
        returns = self.folder / name
        for path, data in files.items():
            target = returns / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return returns

    def merge(self, returns: Path) -> dict[str, Any]:
        """The merge JSON of a folder of returns; the summary lies at :attr:`summary`."""
        result = merge([returns], self.plan, self.summary, round=ROUND, as_of=AS_OF)
        return dict(json.loads(json.dumps(result.to_json())))

    def check(self, returns: Path) -> dict[str, Any]:
        """The check JSON of a folder of returns, each form by its own stamp."""
        return dict(json.loads(json.dumps(check([returns], as_of=AS_OF).to_json())))

    @property
    def summary(self) -> Path:
        """Where the summary lies."""
        return self.folder / "汇总" / "汇总表.xlsx"


def sheet_of(survey: Survey, title: str = "信息员登记表") -> bytes:
    """A sheet of fields as a clerk would have filled it in."""
    task = Task(1, "", title=title, assignments=(Assignment(Role.RESPONSIBLE, EVERY_UNIT),))
    return fields_book.render(Plan(title, (task,), survey=survey), identified=False)


def rows_of(result: Mapping[str, Any], unit: str) -> list[dict[str, str]]:
    """The texts that arrived of one unit, row by row."""
    entry = next(entry for entry in result["entries"] if entry["unit"] == unit)
    return [dict(row["texts"]) for row in entry.get("rows", ())]


def told(result: Mapping[str, Any], unit: str, *, code: str = "") -> list[str]:
    """The messages about a unit or its files."""
    return [
        finding["message"]
        for finding in result["findings"]
        if (finding["unit"] == unit or str(finding["path"] or "").startswith(f"{unit}/"))
        and finding["code"].startswith(code)
    ]
