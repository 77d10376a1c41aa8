"""The grammars against the gold of the corpus, where it lies beside the project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from toolkit.language.clauses import find_clauses
from toolkit.language.deadlines import read_deadlines
from toolkit.language.text import essence
from toolkit.language.units import read_units

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
PROSE = ("fengxian-2020-roads", "fushun-2020", "guangzhou-education", "guizi-2026", "jiading-2022", "songjiang-2025")

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project"),
]


def gold() -> Iterator[dict[str, Any]]:
    for path in sorted((CORPUS / "gold").glob("*.txt.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def test_every_deadline_is_found_and_none_invented() -> None:
    silent = []
    for notice in gold():
        issued_on = date.fromisoformat(notice["issued_on"]) if notice["issued_on"] else None
        year = issued_on.year if issued_on else 2020
        for task in notice["tasks"]:
            read = read_deadlines(f"{task['requirement']}\n{task['remark'] or ''}", year, issued_on)
            wanted = {deadline["date"] for deadline in task["deadlines"]}
            told = {deadline.date.isoformat() for deadline in read.deadlines}
            doubtful = "deadlines" in (task.get("uncertain") or ())
            if (wanted != told and not read.doubts) or (doubtful and not read.doubts):
                silent.append((notice["doc"], task["seq"], wanted, told))
    assert silent == []


@pytest.mark.parametrize("name", PROSE)
def test_every_unit_clause_of_prose_is_found_and_read(name: str) -> None:
    text = (CORPUS / "notices" / f"{name}.txt").read_text(encoding="utf-8")
    notice = json.loads((CORPUS / "gold" / f"{name}.txt.json").read_text(encoding="utf-8"))
    wanted = sorted(
        sorted((unit["role"], essence(unit["name"])) for unit in task["units"])
        for task in notice["tasks"]
        if task["units"]
    )
    clauses = [clause for line in text.splitlines() for clause in find_clauses(line)]
    read = sorted(
        sorted((a.role.value, essence(a.name)) for a in read_units(clause.inner).assignments) for clause in clauses
    )
    assert read == wanted
