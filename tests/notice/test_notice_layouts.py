"""One division of work, printed in every layout, is read back; what is not sure is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from divisions import (
    CLAUSES,
    Clause,
    Work,
    as_html,
    as_markdown,
    as_one_line,
    as_paragraphs,
    as_piped_cells,
    as_prose,
    as_tabs,
    divisions,
    hard_wrapped,
    marks,
    plan_of,
    read_back,
    wrong,
)
from hypothesis import given, settings
from hypothesis import strategies as st

Printer = Callable[[Sequence[Work]], bytes]
FEW = settings(max_examples=12, deadline=None)


@pytest.mark.parametrize(("printed", "name"), [(as_html, "a.html"), (as_tabs, "a.txt"), (as_markdown, "a.md")])
@FEW
@given(work=divisions())
def test_tables_are_read_back_whole(printed: Printer, name: str, work: list[Work]) -> None:
    plan = plan_of(printed(work), name)
    assert [read_back(task) for task in plan.tasks] == [one.said for one in work]
    assert [tuple(d.date for d in task.deadlines) for task in plan.tasks] == [(one.deadline[1],) for one in work]
    assert marks(plan) == 0


@pytest.mark.parametrize("printed", [as_paragraphs, as_piped_cells, as_one_line])
@FEW
@given(work=divisions())
def test_flattened_tables_are_read_back_or_marked(printed: Printer, work: list[Work]) -> None:
    plan = plan_of(printed(work))
    assert wrong(work, plan) == []
    assert marks(plan) <= len(work)


@pytest.mark.parametrize("clause", CLAUSES)
@FEW
@given(work=divisions(), title_line=st.booleans())
def test_prose_is_read_back_whole(clause: Clause, work: list[Work], title_line: bool) -> None:
    plan = plan_of(as_prose(work, clause, title_line=title_line))
    assert [read_back(task) for task in plan.tasks] == [one.said for one in work]
    assert marks(plan) == 0


@pytest.mark.parametrize("clause", CLAUSES)
@FEW
@given(work=divisions(long=True), width=st.integers(24, 40))
def test_hard_wrapped_prose_is_joined(clause: Clause, work: list[Work], width: int) -> None:
    plan = plan_of(hard_wrapped(as_prose(work, clause), width))
    assert wrong(work, plan) == []
    assert marks(plan) <= len(work)


@FEW
@given(work=divisions(titled=False), clause=st.sampled_from(CLAUSES))
def test_prose_in_one_line_is_parted(clause: Clause, work: list[Work]) -> None:
    plan = plan_of("".join(as_prose(work, clause).split("\n")))
    assert wrong(work, plan) == []


@FEW
@given(work=divisions())
def test_the_frame_is_that_of_the_letter(work: list[Work]) -> None:
    plan = plan_of(as_html(work), "a.html")
    assert plan.title == "重点任务分工方案"
    assert plan.issuer == "云溪市人民政府办公室"
    assert plan.doc_number == "云政办发〔2024〕8号"
    assert plan.issued_on == date(2024, 3, 5)
