"""The signs by which a cue is passed over are held by every match of its pattern."""

from __future__ import annotations

import re._parser as parser  # type: ignore[import-not-found]

import signs

from toolkit.language.cue_signs import SIGNS


def test_no_match_is_without_a_sign() -> None:
    for cue in signs.cues():
        if cue.name in SIGNS:
            drawn = set(SIGNS[cue.name])
            assert signs.holds(parser.parse(cue.pattern.pattern), drawn), f"{cue.name}: run tests/rules/signs.py"


def test_signs_belong_to_cues() -> None:
    assert set(SIGNS) <= {cue.name for cue in signs.cues()}


def test_a_sign_that_a_match_may_lack_is_noticed() -> None:
    pattern = parser.parse("尚未|正在")
    assert signs.holds(pattern, {"未", "正"})
    assert not signs.holds(pattern, {"未"})
