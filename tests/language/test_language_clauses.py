"""Where unit clauses stand, and what only looks like one (A33)."""

from __future__ import annotations

import pytest

from toolkit.language.clauses import ClauseKind, find_clauses, read_bracket


@pytest.mark.parametrize(
    "inner",
    [
        "牵头单位：县教育局；责任单位：县财政局",
        "各街镇、区规划资源局、区土储中心",
        "区属国企",
        "区经委",
        "财政部、人民银行按职责分工负责",
        "各地区、各部门负责",
        "县教育局牵头，各乡镇配合",
        "市教育局，2024年6月底前",
    ],
)
def test_a_unit_clause(inner: str) -> None:
    assert read_bracket(inner) is True


@pytest.mark.parametrize(
    "inner",
    [
        "公开政府信息",
        "谁起草、谁解读",
        "政务公开室",
        "珠三角",
        "2021—2023年",
        "试行",
        "附件1",
        "见附件",
        "含街道办事处",
        "以下简称“方案”",
        "省、市、县三级",
        "下同",
        "学校、医院、商场",
        "单位",
        "部门",
        "企业",
        "工作站",
        "社区服务中心",
        "一网通办",
        "标准化、规范化",
        "国办发〔2020〕1号",
        "每半年一次",
        "重点单位",
        "由专人负责",
        "配合",
        "联系人：李四",
        "公安机关",
    ],
)
def test_not_a_unit_clause(inner: str) -> None:
    assert read_bracket(inner) is False


def test_a_bracket_amid_a_sentence_needs_a_role_word() -> None:
    text = "项目审批（市发展改革委）和用地审批（市自然资源局）同步办理。（市发展改革委、市自然资源局）"
    (clause,) = find_clauses(text)
    assert clause.inner == "市发展改革委、市自然资源局"
    assert text[clause.start : clause.end] == "（市发展改革委、市自然资源局）"


def test_places_alone_are_not_sure_to_be_a_clause() -> None:
    (clause,) = find_clauses("完成示范街创建。（望川新区、松湾区）")
    assert not clause.certain


def test_lines_and_last_sentences() -> None:
    (line,) = find_clauses("完善机制。\n牵头单位：区发改局\n\n责任单位：各街道\n2.下一项")
    assert (line.kind, line.inner) == (ClauseKind.LINE, "牵头单位：区发改局\n\n责任单位：各街道")
    (sentence,) = find_clauses("完善机制。由市教育局牵头，市财政局配合。")
    assert (sentence.kind, sentence.inner) == (ClauseKind.SENTENCE, "由市教育局牵头，市财政局配合")
    assert find_clauses("各单位要抓好落实。") == ()
    assert find_clauses("完善由政府负责、社会协同的工作机制。") == ()


def test_every_clause_of_a_flattened_text() -> None:
    text = "（一）完善制度。（市教育局牵头，各县区政府负责）1．健全清单。（市司法局负责）2．公开目录（库）。（各县区）"
    assert [clause.inner for clause in find_clauses(text)] == [
        "市教育局牵头，各县区政府负责",
        "市司法局负责",
        "各县区",
    ]


@pytest.mark.parametrize(
    "text", ["（" * 5000, "（" * 3000 + "）" * 3000, "等" * 5000, "牵头" * 3000, "市教育局、" * 3000]
)
def test_a_hostile_text_is_no_clause_and_does_no_harm(text: str) -> None:
    assert read_bracket(text) in (False, None)
    assert all(not clause.certain for clause in find_clauses(text))
