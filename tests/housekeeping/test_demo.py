"""The demo a newcomer runs first: the whole chain on the bundled notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.housekeeping.demo import DemoResult, demo
from toolkit.model import State
from toolkit.sample.round import ROUND, SILENT, fill_round

pytestmark = pytest.mark.xdist_group("demo")
"""One worker makes what these tests look at."""


def _contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> DemoResult:
    return demo(tmp_path_factory.mktemp("demo") / "一")


def test_the_folder_is_that_of_the_contract(shown: DemoResult) -> None:
    for name in ("任务分工表.xlsx", "单位名录.xlsx", f"汇总/{ROUND}/汇总表.xlsx"):
        assert (shown.folder / name).is_file()
    for name in ("下发", "回收", "反馈"):
        assert any((shown.folder / name / ROUND).rglob("*.*"))


def test_every_file_is_named_once_with_its_kind(shown: DemoResult) -> None:
    files = shown.to_json()["files"]
    assert sorted(file["path"] for file in files) == sorted(_contents(shown.folder))
    kinds = {file["kind"] for file in files}
    assert {"通知", "任务分工表", "单位名录", "填报表", "回收表", "汇总表", "提示单", "催报单"} <= kinds
    assert all(file["unit"] for file in files if file["kind"] in ("填报表", "回收表"))


def test_a_second_run_elsewhere_gives_the_same_bytes(shown: DemoResult, tmp_path: Path) -> None:
    again = demo(tmp_path / "另一个 文件夹" / "二")
    assert _contents(again.folder) == _contents(shown.folder)
    assert again.to_json() == shown.to_json()


def test_a_second_run_in_the_same_folder_changes_nothing(shown: DemoResult) -> None:
    before = _contents(shown.folder)
    demo(shown.folder)
    assert _contents(shown.folder) == before


def test_it_says_what_a_clerk_asks_first(shown: DemoResult) -> None:
    text = "\n".join(shown.sentences())
    assert str(shown.folder / "任务分工表.xlsx") in text
    assert f"已报 29 个单位，未报 2 个单位（{'、'.join(SILENT)}）" in text
    assert "完成率 " in text
    assert f"问题 {len(shown.collection.findings)} 条" in text


def test_what_the_units_typed_stands_in_the_result(shown: DemoResult) -> None:
    issued = shown.folder / "下发" / ROUND
    forms = [(made.unit or "", made.path.name, made.path.read_bytes()) for made in shown.made if made.kind == "填报表"]
    entries = {(entry.unit, entry.task): entry for entry in shown.collection.entries}
    assert issued.is_dir()
    wrong = []
    for sent in fill_round(forms):
        for code, answer in sent.answers.items():
            entry = entries[sent.unit, code]
            if (entry.progress, entry.evidence, entry.remark, entry.done_on, entry.status) != (
                answer.progress,
                answer.evidence,
                answer.remark,
                answer.day,
                answer.word,
            ) and entry.status_text != "差不多了":
                wrong.append((sent.unit, code, entry, answer))
    assert wrong == []
    assert {entry.unit for entry in entries.values() if entry.state is State.MISSING} == set(SILENT)


def test_json_can_be_read_by_other_programs(shown: DemoResult) -> None:
    assert json.loads(json.dumps(shown.to_json(), ensure_ascii=False)) == shown.to_json()
