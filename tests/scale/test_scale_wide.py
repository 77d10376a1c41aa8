"""A round gathered share by share is the round gathered whole, whatever comes back and however small the shares."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from scale.campaign import DAY, Campaign

from toolkit import gathering
from toolkit.figures import compute
from toolkit.model import Collection
from toolkit.runs import Shelf
from toolkit.wide.round import WideRound, put_together
from toolkit.wide.spool import spooled
from toolkit.workbooks import summary_book


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    made = Campaign.make(tmp_path_factory.mktemp("wide"), 60)
    made.spoiled()
    for name in sorted(made.returns.iterdir())[20:27]:
        name.unlink()
    return made


@pytest.fixture(scope="module")
def whole(campaign: Campaign) -> Collection:
    ground, met = _ground(campaign), gathering.meet([campaign.returns])
    returned = gathering.read_all(met, ground.reference, jobs=1)
    round = gathering.round_of(returned, None, ground.reading.plan.plan_id)
    return gathering.with_rules(gathering.put_together(ground, returned, round, DAY), ground.settings)


def _ground(campaign: Campaign) -> gathering.Ground:
    return gathering.load_ground(campaign.folder / "任务分工表.xlsx", None)


@pytest.fixture(scope="module", params=[1, 7, 1000])
def wide(campaign: Campaign, request: pytest.FixtureRequest) -> WideRound:
    ground, met, shelf = _ground(campaign), gathering.meet([campaign.returns]), Shelf()
    spool = spooled(met, ground.reference, shelf, jobs=1)
    round = gathering.round_told(spool.stamps, None, ground.reading.plan.plan_id)
    paths = [item.path for item in met]
    return put_together(ground, spool, paths, shelf, round, DAY, most=request.param, jobs=1)


def test_entries_files_and_units_are_the_same_in_the_same_order(whole: Collection, wide: WideRound) -> None:
    assert list(wide.collection.entries) == list(whole.entries)
    assert [replace(f, findings=()) for f in wide.collection.files] == [replace(f, findings=()) for f in whole.files]
    assert list(wide.collection.units) == list(whole.units)
    assert Counter(wide.collection.extras) == Counter(whole.extras)


def test_every_finding_is_the_same(whole: Collection, wide: WideRound) -> None:
    assert Counter(wide.collection.findings) == Counter(whole.findings)
    severities = [finding.severity.rank for finding in wide.collection.findings]
    assert severities == sorted(severities)


def test_figures_are_the_same(whole: Collection, wide: WideRound) -> None:
    figures = compute(whole)
    assert list(wide.figures.units) == list(figures.units)
    assert wide.figures.total == figures.total
    assert list(wide.figures.tasks) == list(figures.tasks)
    for name in ("lights", "dues", "words"):
        assert dict(getattr(wide.figures, name)) == dict(getattr(figures, name))


def test_the_summary_is_the_same_but_for_what_findings_come_first(
    whole: Collection, wide: WideRound, tmp_path: Path
) -> None:
    one = summary_book.render(whole, tmp_path / "汇总表.xlsx")
    other = summary_book.render(wide.collection, tmp_path / "汇总表.xlsx", figures=wide.figures, lines=wide.lines)
    assert _sheets(one.data) == _sheets(other.data)


def _sheets(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book if sheet.sheet_state == "visible"}
