"""Chinese numerals as they stand in dates and counts: 三, 十二, 二〇二四, 2024, ２０２４."""

from __future__ import annotations

import re
import unicodedata

DIGITS = "〇零○一二两三四五六七八九十"
NUMERAL = rf"(?:(?<!\d)\d{{1,4}}|[{DIGITS}]{{1,8}})"
"""A pattern for a whole number in either writing, widths folded; bounded, so that no text takes long to search."""

_POSITIONAL = re.compile(r"[〇零○一二三四五六七八九]{2,}")
_VALUES = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def to_int(text: str) -> int | None:
    """The number a numeral writes, ``None`` when it writes none.

    cn2an reads 十二 and 一百二十; digits said one by one (二〇二四) are ours, since cn2an takes ○ for no digit.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isascii() and text.isdigit():
        return int(text)
    if _POSITIONAL.fullmatch(text):
        return int(text.translate(_VALUES))
    import cn2an  # slow to import, and most texts do without

    try:
        return int(cn2an.cn2an(text.replace("两", "二"), "normal"))
    except (ValueError, KeyError):
        return None
