"""The official order of units: party organs, congress, government office, departments …, governments, others."""

from __future__ import annotations

import re

from toolkit.language.bodies import Shape, is_national, level_of, shape
from toolkit.language.departments import KINDS, formerly, named

_PARTY = re.compile(r"(?:省|市|县|区|州|盟|旗|镇|乡)委")
_GOVERNMENT = re.compile(r"(?:政府|街道|街道办事处|管委会|管理办)$")
_UNKNOWN_PLACE = 1000
"""Departments that the table does not know follow those it knows."""

Rank = tuple[int, int]


def rank(name: str) -> Rank:
    """Where a unit stands in the official order; units of equal rank keep the order in which they appear."""
    if is_national(name):
        return -1, 0
    stem = name[len(level_of(name)) :]
    if department := named(name) or named(stem) or formerly(stem):
        first = min(department, key=lambda d: d.place)
        return KINDS.index(first.kind), first.place
    if _PARTY.match(name) and not _GOVERNMENT.search(name):
        return KINDS.index("party"), _UNKNOWN_PLACE
    if _GOVERNMENT.search(name) or shape(name) is Shape.TERRITORY:
        return len(KINDS), 0
    if level_of(name):
        return KINDS.index("department"), _UNKNOWN_PLACE
    return len(KINDS) + 1, 0
