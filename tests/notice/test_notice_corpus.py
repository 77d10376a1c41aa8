"""The figures on the notices beside the project, as their own score takes them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from toolkit.containers import read
from toolkit.notice import read_notice

pytestmark = pytest.mark.corpus

WHOLE = ("huizhou-2020", "qixingguan-2017", "fushun-2020", "xuancheng-2022", "kaiping-2018-table")
"""Notices, and their renderings, of which every task must be right."""


def _score(corpus: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results(corpus: Path) -> dict[str, dict]:
    score = _score(corpus)
    results = {}
    for notice in sorted((corpus / "notices").iterdir()):
        gold = json.loads((corpus / "gold" / f"{notice.name}.json").read_text("utf-8"))
        plan, _ = read_notice(read(notice, notice.name), notice.name)
        results[notice.name] = score.score(gold, plan.to_json())
    return results


def _share(results: dict[str, dict], figure: str) -> float:
    return sum(r[figure] for r in results.values()) / sum(r["tasks"] for r in results.values())


def test_hardly_a_task_needs_touching(results: dict[str, dict]) -> None:
    assert _share(results, "touch_free") >= 0.99
    assert sum(r["extra"] for r in results.values()) == 0


def test_nothing_is_wrong_without_a_mark(results: dict[str, dict]) -> None:
    assert {name: r["silent_list"] for name, r in results.items() if r["silent"]} == {}


def test_few_fields_are_marked_and_the_doubtful_ones_are_among_them(results: dict[str, dict]) -> None:
    assert _share(results, "marked") / 8 <= 0.02
    found, all_doubtful = (sum(r["doubtful"][n] for r in results.values()) for n in (0, 1))
    assert found >= 0.8 * all_doubtful


def test_some_notices_are_read_whole(results: dict[str, dict]) -> None:
    named = {name: r["touch_free"] / r["tasks"] for name, r in results.items() if name.startswith(WHOLE)}
    assert len(named) >= 9
    assert set(named.values()) == {1.0}
