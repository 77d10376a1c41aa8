"""read(write(plan)) == plan: nothing of a plan is lost between one verb and the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from factory import make_plan, make_roster
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import containers, identity, opc
from toolkit.containers.content import Sheet
from toolkit.model import Assignment, Deadline, Plan, Review, Role, Source, Task
from toolkit.workbooks import plan_book, plan_memory
from toolkit.workbooks.plan_cells import FIELD_WORDS
from toolkit.workbooks.plan_reader import read_plan
from toolkit.workbooks.plan_table import NO_CHAPTER

_LETTERS = st.sampled_from("市县公开工作=+-@0123456789.、；，：（）〔〕“”AZaz_x&<>\"' 一二三\n")
_ANYTHING = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")


def _texts(minimum: int = 1, maximum: int = 40) -> st.SearchStrategy[str]:
    """Texts as a notice can have them: no blanks at the ends."""
    return (
        st.text(_LETTERS | _ANYTHING, min_size=minimum, max_size=maximum)
        .map(str.strip)
        .filter(lambda text: len(text) >= minimum)
    )


_NAMES = st.text(st.sampled_from("市县区教育财政局委办公室、；（）等及"), min_size=2, max_size=12).map(
    lambda t: "甲" + t + "乙"
)
_DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
_ASSIGNMENTS = st.builds(Assignment, st.sampled_from(Role), _NAMES, st.lists(_NAMES, max_size=2).map(tuple))
_REVIEWS = st.builds(Review, st.sampled_from(sorted(FIELD_WORDS)), _texts(0), _texts(0), st.booleans())
_SOURCES = st.builds(
    Source, path=_texts(), page=st.none() | st.integers(1, 300), cell=st.none() | st.just("B7"), text=_texts()
)
_TASKS = st.builds(
    Task,
    seq=st.just(0),
    requirement=_texts(),
    number=st.none() | _texts(1, 6) | st.integers(0, 10**20).map(str),
    headings=st.lists(_texts(1, 10).filter(lambda text: "\n" not in text and text != NO_CHAPTER), max_size=3).map(
        tuple
    ),
    title=st.none() | _texts(),
    assignments=st.lists(_ASSIGNMENTS, max_size=4).map(tuple),
    deadlines=st.lists(st.builds(Deadline, _texts(), _DATES, _texts(0, 8)), max_size=3).map(tuple),
    recurrence=st.lists(_texts(), max_size=2).map(tuple),
    status=st.none() | _texts(),
    remark=st.none() | _texts(),
    review=st.lists(_REVIEWS, max_size=3).map(tuple),
    source=_SOURCES,
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    tasks = draw(st.lists(_TASKS, min_size=1, max_size=4))
    plan = Plan(
        title=draw(_texts()),
        tasks=tuple(replace(task, seq=seq) for seq, task in enumerate(tasks, 1)),
        revision=draw(st.integers(1, 9)),
        doc=draw(_texts()),
        issuer=draw(st.none() | _texts()),
        doc_number=draw(st.none() | _texts()),
        issued_on=draw(st.none() | _DATES),
        notes=draw(st.lists(_texts(), max_size=2).map(tuple)),
        retired=("TAAAAAA",),
        known_units=draw(st.lists(_NAMES, max_size=3).map(tuple)),
    )
    return identity.coded(plan)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_a_plan_is_read_back_as_it_was_written(plan: Plan) -> None:
    reading = read_plan(containers.read(plan_book.render(plan), "任务分工表.xlsx"), "任务分工表.xlsx")
    assert reading.plan == plan
    assert reading.findings == []


@settings(max_examples=100, deadline=None)
@given(plans())
def test_the_hidden_sheet_holds_everything(plan: Plan) -> None:
    rows: list[list[object]] = [list(row) for row in plan_memory.dump(plan)]
    assert all(len(str(cell)) <= 32_767 for row in rows for cell in row)
    assert plan_memory.load(Sheet("_fengong", rows)) == plan  # type: ignore[arg-type]


def test_a_very_long_requirement_survives_though_the_cell_cuts_it() -> None:
    task = Task(1, "按要求公开。" * 9_000, remark="𠮷" * 20_000)
    plan = identity.coded(Plan("任务分工表", (task,)))
    content = containers.read(plan_book.render(plan), "p.xlsx")
    assert max(len(str(value)) for row in content.sheets[0].rows for value in row) <= 32_767
    assert read_plan(content, "p.xlsx").plan == plan


def test_an_ordinary_plan_survives_the_loss_of_the_hidden_sheet() -> None:
    """What stands in the cells alone brings back everything but sources, reasons and notes (A9)."""
    plan = make_plan(24, make_roster(9), seed=4)
    plan = replace(plan, doc="", tasks=tuple(replace(task, source=Source()) for task in plan.tasks))
    content = containers.read(plan_book.render(plan), "任务分工表.xlsx")
    content.sheets = [sheet for sheet in content.sheets if sheet.name != identity.STAMP_SHEET]
    reading = read_plan(content, "任务分工表.xlsx")
    assert reading.plan == replace(plan, doc="")
    assert reading.findings == []
    assert reading.uncoded == 0


def test_the_same_plan_gives_the_same_sealed_bytes(tmp_path) -> None:  # type: ignore[no-untyped-def]
    plan = make_plan(5, make_roster(3), seed=1)
    assert plan_book.render(plan) == plan_book.render(plan)
    path = tmp_path / "任务分工表.xlsx"
    plan_book.write(plan, path)
    assert opc.untouched(path)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    texts = ("=1+1", "+86", "-完成", "@SUM(A1)")
    task = Task(
        1, texts[0], title=texts[1], status=texts[2], remark=texts[3], assignments=(Assignment(Role.LEAD, "=甲局"),)
    )
    plan = identity.coded(Plan("=标题", (task,)))
    data = plan_book.render(plan)
    sheet = opc.read_parts(data)["xl/worksheets/sheet1.xml"].decode()
    assert "<f>" not in sheet
    assert read_plan(containers.read(data, "p.xlsx"), "p.xlsx").plan == plan
