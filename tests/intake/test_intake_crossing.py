"""What a worker read of a form crosses to its parent and is there what it was."""

from __future__ import annotations

import pickle
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from toolkit.findings import intake as found
from toolkit.identity import Stamp, StampedDuty
from toolkit.intake.columns import Column, FieldColumn
from toolkit.intake.reading import Answer, Form, Match, Row
from toolkit.model import Judgement, Role
from toolkit.survey import Field, FieldType

_TEXTS = st.text(max_size=8)
_DAYS = st.none() | st.dates()
_COLUMNS = st.sampled_from(Column) | st.builds(FieldColumn, st.builds(Field, _TEXTS, st.sampled_from(FieldType)))
_ANSWERS = st.builds(Answer, _TEXTS, _TEXTS, _TEXTS, st.none() | _TEXTS, _DAYS)
_ROWS = st.builds(
    Row,
    *(_TEXTS, _TEXTS, _TEXTS, st.sampled_from(Match)),
    st.lists(st.tuples(_COLUMNS, _ANSWERS), max_size=4).map(tuple),
    st.none() | st.builds(Judgement, st.just(()), st.lists(st.integers(), max_size=3).map(tuple)),
)
_DUTIES = st.builds(StampedDuty, _TEXTS, st.sampled_from(Role), _TEXTS, _DAYS)
_STAMPS = st.builds(Stamp, _TEXTS, st.integers(0, 9), _TEXTS, _TEXTS, _DAYS, st.lists(_DUTIES, max_size=3).map(tuple))


@given(st.builds(Form, st.none() | _TEXTS, _TEXTS, st.lists(_ROWS, max_size=4).map(tuple), st.none() | _STAMPS))
def test_a_form_comes_back_as_it_was_sent(form: Form) -> None:
    came = pickle.loads(pickle.dumps(form))
    assert came == form
    assert all(type(row) is Row and type(row.match) is Match for row in came.rows)
    assert all(row.judged is None or type(row.judged) is Judgement for row in came.rows)
    assert all(type(answer) is Answer for row in came.rows for _, answer in row.answers)


def test_everything_else_a_form_says_comes_along() -> None:
    row = Row(
        "T1", "填报表", "A5", Match.CODE, ((Column.DONE_ON, Answer("3月5日", "填报表", "L5", day=date(2025, 3, 5))),)
    )
    form = Form(
        *("市教育局", "填报表", (row,), Stamp("P", 1, "第一季度", "市教育局"), "第一季度", (("reporter", "王某"),)),
        refusal=found.UNIT_UNKNOWN.at(path="甲.xlsx", sheet="填报表", text="某局"),
        claimed=("市教育局", "市民政局"),
        beside="N4",
    )
    assert pickle.loads(pickle.dumps(form)) == form
