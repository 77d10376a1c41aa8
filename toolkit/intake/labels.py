"""The lines above and below a form: 填报单位, 填报期, 填报人 and the like, wherever they were moved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from toolkit.language.text import fold


class Label(StrEnum):
    """What a labelled cell beside the table tells."""

    UNIT = "unit"
    ROUND = "round"
    DUE = "due"
    REPORTER = "reporter"
    PHONE = "phone"
    REVIEWER = "reviewer"
    FILLED_ON = "filled_on"


_WORDS: dict[str, Label] = {
    **dict.fromkeys(("填报单位", "报送单位", "填表单位", "填报部门", "报送部门", "上报单位"), Label.UNIT),
    **dict.fromkeys(("填报期", "报告期", "填报周期"), Label.ROUND),
    **dict.fromkeys(("报送截止日期", "截止日期", "报送截止", "报送时限", "截止时间", "请于"), Label.DUE),
    **dict.fromkeys(("填报人", "填表人", "经办人", "联系人"), Label.REPORTER),
    **dict.fromkeys(("联系电话", "联系方式", "电话"), Label.PHONE),
    **dict.fromkeys(("审核人", "负责人", "审签人", "审核领导", "分管领导"), Label.REVIEWER),
    **dict.fromkeys(("填报日期", "填报时间", "填表日期", "报送日期"), Label.FILLED_ON),
}
_REMEMBERED = 60
"""Characters up to which it is remembered of a text which labels it has."""
PEOPLE = (Label.REPORTER, Label.PHONE, Label.REVIEWER, Label.FILLED_ON)
"""What a unit tells about itself below the table."""

_HINT = r"(?:\s*[(（][^)）]{0,8}[)）])?"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s　;；,，。|]))({'|'.join(sorted(_WORDS, key=len, reverse=True))}){_HINT}\s*(?:[:：]|$|(?=\s))"
)
_STAMPED = re.compile(r"[(（](?:盖章|公章|签章|签字|签名)[)）]")
_ROUND_TEXT = re.compile(
    r"((?:19|20)\d\d\s*年\s*(?:第?\s*[一二三四1-4]\s*季度|(?:1[0-2]|0?[1-9])\s*月份?|[上下]半年|年?度|全年))"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label with its value and the column the value stands in."""

    label: Label
    text: str
    column: int


def read_labels(cells: Iterable[tuple[int, str]]) -> list[Labelled]:
    """The labels of one row; a value stands behind the colon or in the next cell that has content."""
    found: list[Labelled] = []
    waiting: Label | None = None
    for column, text in cells:
        told = _told(text) if len(text) <= _REMEMBERED else _told.__wrapped__(text)
        if not told:
            if waiting is not None:
                found[-1] = Labelled(waiting, _clean(text), column)
            waiting = None
            continue
        found += [Labelled(label, value, column) for label, value in told]
        waiting = found[-1].label if not found[-1].text else None
    return found


@lru_cache(maxsize=4096)
def _told(text: str) -> tuple[tuple[Label, str], ...]:
    """The labels that a text begins with or has one after the other, each with what stands behind it."""
    matches = list(_LABEL.finditer(text))
    if not matches or text[: matches[0].start()].strip():
        return ()
    return tuple(
        (_WORDS[match.group(1)], _clean(text[match.end() : following.start() if following else None]))
        for match, following in zip(matches, [*matches[1:], None], strict=True)
    )


def _clean(text: str) -> str:
    return _STAMPED.sub("", text).strip(" \t\r\n　_:：;；")


def find_round(text: str) -> str:
    """A collection named in a title or a file name (2022年第四季度), or an empty text."""
    match = _ROUND_TEXT.search(text)
    return match.group(1) if match else ""


def same_round(one: str, other: str) -> bool:
    """Whether two texts name one collection: widths, blanks and Chinese or Arabic counting do not matter."""
    return round_key(one) == round_key(other)


def round_key(text: str) -> str:
    """What two writings of one round share."""
    folded = re.sub(r"\s", "", fold(text)).translate(str.maketrans("一二三四", "1234"))
    return re.sub(r"第(?=\d季度)|份$|(?<=年)0(?=\d月)", "", folded)
