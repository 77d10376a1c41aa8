"""What is not open though it holds the words of it, and what is though it comes without a stop."""

from __future__ import annotations

import pytest

from toolkit.language.progress import OPEN, read_progress


def is_open(text: str) -> bool:
    return any(clause.said & OPEN for clause in read_progress(text))


@pytest.mark.parametrize(
    "text",
    [
        "尚未脱贫的3户已由县里帮扶到位",
        "还没入冬就把管沟回填完了",
        "工期紧但没有超概算",
        "原计划分两年的工程一年干完",
        "未装表的12户，现已全部装好",
        "剩余1处为军事用地，按规定不计入任务",
        "剩余0户",
    ],
)
def test_what_is_qualified_settled_or_left_to_others_is_not_open(text: str) -> None:
    assert not is_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "尚未脱贫的3户没有明确的方案",
        "已装表30户，尚有12户未装",
        "前期手续均已办结，目前尚未开工",
        "除北坡村外均已通水",
        "招聘7人，已到岗5人",
    ],
)
def test_what_is_left_is_open(text: str) -> None:
    assert is_open(text)


def test_a_page_without_a_stop_is_read_to_its_end() -> None:
    assert is_open("清淤" * 5000 + "尚未完成")
