"""When two texts or answers say the same, and when a text says nothing at all."""

from __future__ import annotations

import re

from toolkit.intake.columns import AnyColumn, Column, FieldColumn
from toolkit.intake.reading import Answer
from toolkit.language.text import fold
from toolkit.survey import FieldType

_UNHEARD = re.compile(r"[\s,，。;；、!！?？\"“”'‘’()（）《》〈〉]")
"""What may differ between two writings; never what stands in numbers (1.5, 3:2, 50%, -4)."""
_NOTHING = re.compile(r"[\s\-—–_/\\|.。、,，·]*")


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ only in blanks, widths and the punctuation between words."""
    return one == other or _heard(one) == _heard(other)


def number_key(text: str) -> str:
    """A printed number without what decorates it: 1, 1. and （1） are one, 1.1 and 11 are not."""
    return re.sub(r"\s", "", fold(text)).strip("().、,;:第项条")


def says_nothing(text: str) -> bool:
    """Whether a cell holds nothing but dashes, slashes and the like."""
    return _NOTHING.fullmatch(text) is not None


def _heard(text: str) -> str:
    return _UNHEARD.sub("", fold(text)).rstrip(".").casefold()


def agree(column: AnyColumn, one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, however a status or a date is written."""
    if isinstance(column, FieldColumn) and column.field.type is not FieldType.TEXT and one.word and other.word:
        return one.word == other.word
    if column is Column.STATUS and one.word is not None:
        return one.word == other.word
    if column is Column.DONE_ON and one.day is not None:
        return one.day == other.day
    return same_text(one.text, other.text)
