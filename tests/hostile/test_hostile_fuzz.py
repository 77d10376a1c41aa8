"""Mutants of honest files: each is read or told, none takes its process down (HOSTILE.md, *Crashes and hangs*)."""

from __future__ import annotations

import pytest
from mutants import FORMS, HONEST, tally

from toolkit.containers import read


@pytest.mark.parametrize("form", FORMS)
def test_the_honest_files_are_read_without_a_finding(form: str) -> None:
    content = read(HONEST / form)
    assert not content.findings
    assert len(content.tables()[0].rows) >= 6


def test_200_mutants() -> None:
    endings, bad = tally(range(50))
    print(dict(endings))
    assert not bad
    assert endings.total() == 200
    assert endings["read"] > 50, "a mutant that does no harm is read"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_10_000_mutants() -> None:
    endings, bad = tally(range(1_000, 3_500))
    print(dict(endings))
    assert not bad
    assert endings.total() == 10_000
    assert endings["stopped"] < 20
