"""A round gathered share by share is the round gathered whole, whatever comes back and however small the shares."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scale.campaign import DAY, Campaign

from toolkit import gathering
from toolkit.figures import compute
from toolkit.model import Collection
from toolkit.runs import Shelf
from toolkit.wide.round import WideRound, put_together
from toolkit.wide.shares import shares_of
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
    returned = gathering.read_all(met, ground, jobs=1)
    round = gathering.round_of(returned, None, ground.reading.plan.plan_id)
    return gathering.with_rules(gathering.put_together(ground, returned, round, DAY), ground.settings)


def _ground(campaign: Campaign) -> gathering.Ground:
    return gathering.load_ground(campaign.folder / "任务分工表.xlsx", None)


@pytest.fixture(scope="module", params=[1, 7, 1000])
def wide(campaign: Campaign, request: pytest.FixtureRequest) -> WideRound:
    ground, met, shelf = _ground(campaign), gathering.meet([campaign.returns]), Shelf()
    spool = spooled(met, ground, shelf, jobs=1)
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


def test_merge_of_many_files_goes_share_by_share_and_says_the_same(
    campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = campaign.merged("汇总表.xlsx", jobs=1)
    one = _sheets(small.summary.read_bytes())
    small.summary.unlink()
    monkeypatch.setattr("toolkit.merge._WIDE_FROM", 10)
    monkeypatch.setattr("toolkit.merge.read_all", None)
    large = campaign.merged("汇总表.xlsx", jobs=1)
    assert _sheets(large.summary.read_bytes()) == one
    assert large.sentences() == small.sentences()
    ours, theirs = large.to_json(), small.to_json()
    for name in ("round", "as_of", "entries", "units"):
        assert ours[name] == theirs[name]
    for told, expected in zip(ours["files"], theirs["files"], strict=True):
        assert [ours["findings"][n] for n in told["findings"]] == [theirs["findings"][n] for n in expected["findings"]]


def test_a_wide_merge_gives_the_same_bytes_again(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.merge._WIDE_FROM", 10)
    first = campaign.merged("汇总表.xlsx", jobs=1).summary.read_bytes()
    assert campaign.merged("汇总表.xlsx", jobs=2).summary.read_bytes() == first


# --- shares -----------------------------------------------------------------------------------


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=3, unique=True), max_size=12), st.integers(1, 5))
def test_every_unit_and_file_is_in_one_share_and_no_file_ties_two(named: list[list[str]], most: int) -> None:
    order = {unit: place for place, unit in enumerate("甲乙丙丁戊己庚辛")}
    shares = shares_of(named, order, most)
    assert sorted(unit for share in shares for unit in share.units) == sorted(order)
    assert sorted(place for share in shares for place in share.files) == list(range(len(named)))
    for share in shares:
        assert {unit for place in share.files for unit in named[place]} <= set(share.units)
        assert list(share.units) == sorted(share.units, key=order.__getitem__)
        assert list(share.files) == sorted(share.files)
