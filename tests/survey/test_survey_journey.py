"""机构信息表 collected from 25 units: whatever happens on the way, every value arrives or is told."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from clerk.damages import DAMAGES
from clerk.office import Office
from clerk.parcel import Damage
from clerk.world import Plight, suffer, towns
from survey_office import PEOPLE, County, SurveyParcel, rows_of, told

AGENCY = "机构信息表"
UNITS = 25
_OF_TASKS = (
    "A1-rows", "A1-chapter", "A1-header-words", "A1-remark-column", "A1-column-deleted", "A5-corrected", "A5-halves",
    "A5-fields", "A5-contradiction", "A5-same-answers", "A6", "A7", "A8-requirement", "A8-title", "A8-role",
    "A10-column", "A10-rows", "A12-cleared", "A12-row-deleted", "A12-blanks", "A13", "A14", "A15", "A16-dates",
    "A16-wide", "A16-no", "A16-serial", "A16-with", "A20", "A21", "A26-longest", "A26-many", "A26-rare", "A26-row",
    "A26-answer", "A35",
)  # fmt: skip
"""Damages to the answers and columns of a plan's form; :mod:`survey_damages` has those of a survey's."""
FITTING = [damage for name, damage in DAMAGES.items() if not name.startswith(_OF_TASKS)]
QUICK = [damage for damage in FITTING if not damage.convert and damage.name != "A12-a-million-rows"]
_FIRST, _LAST = "安柏陈邓范高韩金乐柳", "一心明远志宁清和安然"


def agency(rng: Random) -> dict[str, Any]:
    """A unit's row of the bundled table."""

    def person() -> str:
        return rng.choice(_FIRST) + rng.choice(_LAST) + rng.choice(_LAST)

    number = rng.randrange(1000, 9999)
    return {
        "公开工作机构": rng.choice(("党政综合办公室", "办公室")),
        "分管领导": person(),
        "分管领导职务": "副镇长",
        "机构负责人": person(),
        "联系人": person(),
        "联系电话": f"010-6234{number}",
        "手机": f"1390000{number}",
        "电子邮箱": f"zw{number}@example.gov.cn",
        "人员配备": rng.choice(("专职", "兼职", "专兼结合")),
        "办公地址": f"云溪县府前路{number % 90 + 1}号",
        "邮政编码": "010100",
        "公开栏目网址": "www.example.gov.cn/zwgk",
    }


def campaign(folder: Path, damages: list[Damage], office: Office | None, seed: str) -> tuple[list[str], list[Plight]]:
    """Collect the table from 25 units, each damage happening to one of them; says what went wrong."""
    county = County.make(folder, UNITS, template=AGENCY)
    rng = Random(seed)
    plights = []
    for place, unit in enumerate(towns(UNITS)):
        parcel = county.parcel(unit, [agency(rng)], seed)
        parcel.others[f"{unit}审批单.png"] = _PICTURE
        plights.append(Plight(parcel, damages[place : place + 1]))
    suffer(plights, office)
    files = {path: data for plight in plights for path, data in plight.parcel.files.items()}
    result = county.merge(county.send(files))
    wrong = [f"{fault} {plight.damages}" for plight in plights for fault in faults(result, plight)]
    return wrong, plights


def faults(result: dict[str, Any], plight: Plight) -> list[str]:
    """What is neither right nor told of one unit."""
    parcel = plight.parcel
    assert isinstance(parcel, SurveyParcel)
    unit = parcel.unit
    arrived, typed = rows_of(result, unit), [dict(row) for row in parcel.rows]
    about = told(result, unit)
    wrong = []
    if parcel.silent:
        return [] if not arrived and about else [f"{unit}: silence is not told"]
    if arrived != typed and not (parcel.refused or parcel.doubtful) and not plight.unfit:
        wrong.append(f"{unit}: {arrived} is not {typed}; told: {about}")
    if arrived != typed and not about:
        wrong.append(f"{unit}: nothing is said of what is missing")
    report = next(report for report in result["units"] if report["unit"] == unit)
    if arrived == typed and report["reporter"] not in (PEOPLE["填报人"], ""):
        wrong.append(f"{unit}: reported by {report['reporter']}")
    evidence = [file for file in result["files"] if file["path"].endswith("审批单.png") and unit in file["path"]]
    if [file["units"] for file in evidence if file["outcome"] == "evidence"] != [[unit]]:
        wrong.append(f"{unit}: its evidence is not tied to it: {evidence}")
    return wrong


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


def test_nothing_happens(tmp_path: Path) -> None:
    wrong, _ = campaign(tmp_path, [], None, "calm")
    assert wrong == []


@pytest.mark.parametrize("part", range(-(-len(QUICK) // UNITS)))
def test_every_value_arrives_or_is_told(tmp_path: Path, part: int, say: list[str]) -> None:
    damages = QUICK[part * UNITS : (part + 1) * UNITS]
    wrong, plights = campaign(tmp_path, damages, None, f"journey-{part}")
    unfit = [plight.damages[0].name for plight in plights if plight.unfit]
    say.append(f"机构信息表, part {part}: {len(damages) - len(unfit)} damages, {len(wrong)} faults; unfit: {unfit}")
    assert wrong == []
    assert len(unfit) <= len(damages) // 4, unfit


@pytest.mark.office
def test_another_office_suite_saved_it(tmp_path: Path, office: Office) -> None:
    damages = [damage for damage in FITTING if damage.convert in ("xls", "xlsx", "ods", "csv", "html")]
    wrong, _ = campaign(tmp_path, damages, office, "suites")
    assert wrong == []
