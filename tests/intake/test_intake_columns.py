"""Header words: renamed, decorated, moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.columns import ISSUED, Column, by_neighbours, read_header


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("完成情况", Column.STATUS),
        ("完成\n情况", Column.STATUS),
        (" 完 成 情 况 ", Column.STATUS),
        ("完成情况（从下拉列表中选择）", Column.STATUS),
        ("本季度完成情况", Column.STATUS),
        ("上季度完成情况", Column.PREVIOUS),
        ("工作进展情况", Column.PROGRESS),
        ("完成情况说明", Column.PROGRESS),
        ("佐证材料清单", Column.EVIDENCE),
        ("完成时间", Column.DONE_ON),
        ("完成时限", Column.DEADLINE),
        ("具体举措", Column.REQUIREMENT),
    ],
)
def test_a_header_is_known_by_its_words(text: str, column: Column) -> None:
    read = read_header(text)
    assert read is not None
    assert read[0] is column


@pytest.mark.parametrize("text", ["", "分管领导", "单位意见", "请各单位于本月底前将完成情况报送办公室汇总后统一公开"])
def test_other_words_name_no_column(text: str) -> None:
    assert read_header(text) is None


@given(
    st.sampled_from(ISSUED), st.text(alphabet=" \n\t　", max_size=4), st.sampled_from(["", "（必填）", "(选填)", "："])
)
def test_blanks_and_hints_do_not_matter(column: Column, blank: str, hint: str) -> None:
    assert read_header(blank.join(column.label) + hint) == (column, True)


def test_an_unnamed_column_is_told_by_its_neighbours_only_when_one_fits() -> None:
    around = {8: Column.STATUS, 10: Column.EVIDENCE}
    assert by_neighbours(around, [9]) == {9: Column.PROGRESS}
    assert by_neighbours({8: Column.STATUS, 11: Column.DONE_ON}, [9]) == {}
    assert by_neighbours({2: Column.TITLE, 4: Column.ROLE}, [3]) == {}
