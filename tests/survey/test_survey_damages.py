"""信息员登记表, several rows a unit, through every damage to rows and cells: what was typed arrives, or is told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from clerk.world import towns
from survey_damages import SURVEY_DAMAGES, Hurt
from survey_office import STAFF, County, rows_of, told

from toolkit.survey import Field, FieldType, Survey

NAMES = sorted(SURVEY_DAMAGES)
PEOPLE = [
    dict(zip((field.name for field in STAFF.fields), texts.split(), strict=True))
    for texts in ("安心志 1990-03-05 专职 3 13900001111 是", "柏一清 1985-07-09 兼职 12 13900002222 否")
] + [{"姓名": "陈明和", "岗位": "兼职", "手机": "13900003333"}]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, Hurt]]:
    """One round in which each damage happens to one unit."""
    folder: Path = tmp_path_factory.mktemp("县")
    county = County.make(folder, len(NAMES), survey=STAFF)
    hurts: dict[str, Hurt] = {}
    files: dict[str, bytes] = {}
    for name, unit in zip(NAMES, towns(len(NAMES)), strict=True):
        rows = [dict(row) for row in PEOPLE]
        hurts[name] = Hurt(county.parcel(unit, rows), [dict(row) for row in rows])
        SURVEY_DAMAGES[name](hurts[name])
        files |= hurts[name].parcel.files
    return county.merge(county.send(files)), hurts


@pytest.mark.parametrize("name", NAMES)
def test_what_was_typed_arrives_or_is_told(campaign: tuple[dict[str, Any], dict[str, Hurt]], name: str) -> None:
    result, hurt = campaign[0], campaign[1][name]
    unit = hurt.parcel.unit
    arrived = rows_of(result, unit)
    if hurt.any_order:
        assert sorted(map(_ordered, arrived)) == sorted(map(_ordered, hurt.rows))
    else:
        assert list(map(_ordered, arrived)) == list(map(_ordered, hurt.rows)), told(result, unit)
    values = [row["values"] for entry in result["entries"] if entry["unit"] == unit for row in entry["rows"]]
    assert {key: values[key[0]][key[1]] for key in hurt.means} == hurt.means
    about = [finding for finding in result["findings"] if _concerns(finding, unit)]
    assert hurt.told <= {finding["code"] for finding in about}, told(result, unit)
    errors = [finding["message"] for finding in about if finding["severity"] == "error"]
    assert not errors or {f["code"] for f in about if f["severity"] == "error"} <= hurt.told, errors
    assert len({str(finding) for finding in about}) == len(about), "one thing is told once"
    shown = "\n".join(text for extra in result["extras"] if extra["unit"] == unit for text in extra["values"])
    assert all(text in shown for text in hurt.extras), shown


def _ordered(row: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


def _concerns(finding: Mapping[str, Any], unit: str) -> bool:
    return finding["unit"] == unit or str(finding["path"] or "").startswith(f"{unit}/")


SINGLE = Survey((Field("联系人", required=True), Field("手机", FieldType.MOBILE), Field("窗口数", FieldType.NUMBER)))
AN = {"联系人": "安心志", "手机": "13900001111", "窗口数": "3"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([AN, {"联系人": "柏一清", "手机": "13900002222"}, {"联系人": "陈明和"}], "survey.rows-too-many"),
        ([AN, AN], "intake.code-twice-same"),
        ([{"联系人": "安心志"}, {"手机": "13900001111", "窗口数": "3"}], "intake.code-twice-same"),
    ],
)
def test_several_rows_where_one_was_asked(tmp_path: Path, rows: list[dict[str, str]], code: str) -> None:
    county = County.make(tmp_path / "县", 1, survey=SINGLE)
    unit = next(iter(county.forms))
    result = county.merge(county.send(county.parcel(unit, rows).files))
    assert rows_of(result, unit) == [AN]
    codes = [finding["code"] for finding in result["findings"] if finding["unit"] == unit]
    assert codes.count(code) == (1 if code.startswith("survey") else 2) and len(codes) == codes.count(code)
    shown = [text for extra in result["extras"] for text in extra["values"]]
    assert shown == [text for row in rows[1:] if code.startswith("survey") for text in row.values()]


def test_columns_turned_round_take_no_line_of_the_foot_for_an_answer(tmp_path: Path) -> None:
    county = County.make(tmp_path / "县", 1, survey=SINGLE)
    unit = next(iter(county.forms))
    hurt = Hurt(county.parcel(unit, [AN]), [AN])
    SURVEY_DAMAGES["A1-columns-reversed"](hurt)
    result = county.merge(county.send(hurt.parcel.files))
    assert rows_of(result, unit) == [AN]
    assert {finding["severity"] for finding in result["findings"] if finding["unit"] == unit} == {"note"}
    assert [report["reporter"] for report in result["units"]] == ["方小圆"]
