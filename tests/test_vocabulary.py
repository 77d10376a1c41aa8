"""What units type under 完成情况 becomes a word, or nothing, never a wrong word."""

from __future__ import annotations

import pytest

from toolkit import vocabulary
from toolkit.vocabulary import DEFAULT, WORDS, Vocabulary

READ = {
    "未启动": ["未开展", "尚未启动", "暂未开展", "未启动。"],
    "申请延期": ["延期", "申请延期至12月底", "拟申请延期"],
    "需优化完善": ["需整改", "待完善", "仍需进一步完善", "部分栏目需优化完善"],
    "推进中": [
        "正在推进",
        "正在推进中",
        "按时序推进",
        "持续推进",
        "按照省最新要求进一步推进",
        "（推进中）",
        "未完成",
        "尚未完成",
        "已完成80%",
        "60％",
        "有序推进",
    ],
    "已完成并持续推进": ["已完成并 持续推进", "已完成，长期坚持", "已完成并持续推进", "已完成,并持续更新"],
    "已完成": ["完成", "已办结", "已完成。", "“已完成”", "已全部完成", "已完成（100%）", "完成100%", "按时完成", "√"],
    "不涉及": ["不适用", "非本单位职责", "不是我单位职责", "不涉及本单位", "我局不涉及"],
}


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in READ.items() for text in texts])
def test_free_text_is_read(word: str, text: str) -> None:
    assert DEFAULT.read(text) == word


@pytest.mark.parametrize("word", WORDS)
def test_every_word_reads_as_itself(word: str) -> None:
    assert DEFAULT.read(word) == word


@pytest.mark.parametrize(
    "text", ["", "  ", "未报", "差不多了", "已按要求落实", "无", "基本完成", "见附件", "同上", "1", "是"]
)
def test_what_is_not_understood_stays_unread(text: str) -> None:
    assert DEFAULT.read(text) is None


def test_an_office_can_add_words_of_its_own() -> None:
    vocabulary_of_the_office = Vocabulary([("收官", "已完成")])
    assert vocabulary_of_the_office.read("收官。") == "已完成"
    with pytest.raises(ValueError, match="搞定"):
        Vocabulary([("收官", "搞定")])


def test_task_status_is_the_leads_word_or_the_least_advanced() -> None:
    assert vocabulary.task_status(["已完成"], ["已完成", "推进中", None]) == "已完成"
    assert vocabulary.task_status([], ["已完成", "推进中"]) == "推进中"
    assert vocabulary.task_status([], ["已完成", None]) == "未报"
    assert vocabulary.task_status([], ["已完成", "不涉及"]) == "已完成"
    assert vocabulary.task_status([], ["不涉及"]) == "不涉及"
    assert vocabulary.task_status([None], ["已完成", None]) == "未报"
