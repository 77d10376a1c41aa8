"""The catalogue of messages: every kind is unique, Chinese, and says what to do."""

from __future__ import annotations

import re

import pytest

from toolkit.findings import ROOMS, Kind, catalogue, visible, worst_first
from toolkit.findings import command as found
from toolkit.model import Severity

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_a_code_names_its_room() -> None:
    assert {code.partition(".")[0] for code in catalogue()} <= set(ROOMS)


@pytest.mark.parametrize("kind", catalogue().values(), ids=lambda kind: kind.code)
def test_every_message_speaks_chinese_and_advises(kind: Kind) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)+", kind.code)
    for text in (kind.message, kind.advice):
        assert CHINESE.search(re.sub(r"{[^}]*}", "题", text))


def test_hostile_names_are_shown_escaped() -> None:
    assert visible("a\u202etxt.exe\nb") == "a\\u202etxt.exe b"
    assert "\u202e" not in found.NOT_FOUND.at(path="\u202ex").message


def test_worst_first_keeps_the_order_within_a_severity() -> None:
    first, second = found.CANCELLED.at(), found.NOT_FOUND.at(path="b")
    mild = found.CANCELLED.at(severity=Severity.NOTE)
    assert worst_first([mild, first, second]) == [first, second, mild]
