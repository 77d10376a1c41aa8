"""Near-copies are as alike as they look, however they were found."""

from __future__ import annotations

from itertools import combinations

import pytest
from rapidfuzz.fuzz import ratio

from toolkit.rules.copies import near_copies

TEXTS = [
    "成立专班明确20名责任人规范公开目录整改销号28处复查28处问题已逐项销号",
    "成立专班明确20名责任人规范公开目录整改销号28处复查29处问题已逐项销号",
    "走访群众310户收集意见12条就规范公开目录答复咨询85件群众反映良好",
    "走访群众310户收集意见12条就规范公开目录答复咨询85件群众反映良好",
    "委托第三方开展测评2轮并就规范公开目录到现场办公3次解决群众反映的难题9个经验已印发简报",
    "委托第三方开展测评7轮并就规范公开目录到现场办公8次解决群众反映的难题4个经验已印发简报",
]


def test_pairs_have_the_likeness_of_their_texts() -> None:
    found = {(min(pair.one, pair.other), max(pair.one, pair.other)): pair.likeness for pair in near_copies(TEXTS, 0.9)}
    assert found == {
        (0, 1): pytest.approx(ratio(TEXTS[0], TEXTS[1]) / 100),
        (2, 3): pytest.approx(1.0),
    }, "the last two are alike but for figures, which all differ"
    assert ratio(TEXTS[4], TEXTS[5]) > 90
    assert all(ratio(TEXTS[a], TEXTS[b]) < 90 for a, b in combinations((0, 2, 4), 2))


def test_no_text_is_compared_with_everybody() -> None:
    texts = [f"第{number}组召开部署会并印发工作方案逐周跟进落实到位" for number in range(400)]
    assert len(list(near_copies(texts, 0.9))) < 400 * 8 * 24
