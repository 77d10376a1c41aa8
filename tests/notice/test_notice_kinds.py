"""Kinds of notices that offices write, from invented places: each is read whole, and no kind needs many marks."""

from __future__ import annotations

import pytest
from specimens import FIELDS, Specimen, one_cell_a_line, plan_of, specimens, typed, wrong

ALL = specimens()


@pytest.mark.parametrize("specimen", ALL, ids=lambda specimen: specimen.name)
def test_every_kind_is_read_whole(specimen: Specimen) -> None:
    plan, _ = plan_of(specimen)
    assert wrong(specimen, plan) == []


@pytest.mark.parametrize("specimen", [one for one in ALL if one.has_table], ids=lambda specimen: specimen.name)
def test_a_table_typed_with_tabs_is_right_or_marked(specimen: Specimen) -> None:
    plan, _ = plan_of(typed(specimen))
    assert wrong(specimen, plan, unmarked=True) == []


def test_a_table_typed_one_cell_a_line_is_right_or_marked() -> None:
    tasks = silent = 0
    for specimen in (one for one in ALL if one.has_table):
        flat = one_cell_a_line(specimen)
        plan, _ = plan_of(flat)
        tasks += len(specimen.gold)
        silent += len({line.split(" ", 1)[0] for line in wrong(flat, plan, unmarked=True)})
    assert silent <= 0.04 * tasks


def test_few_fields_that_are_clear_are_marked() -> None:
    marked = fields = 0
    for specimen in ALL:
        plan, _ = plan_of(specimen)
        for task, gold in zip(plan.tasks, specimen.gold, strict=True):
            unsettled = gold["uncertain"]
            assert isinstance(unsettled, list)
            clear = set(FIELDS) - set(unsettled)
            marked += len({mark.field for mark in task.review} & clear)
            fields += len(clear)
    assert marked <= 0.03 * fields
