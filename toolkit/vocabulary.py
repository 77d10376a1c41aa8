"""The words of 完成情况 and how free text maps to them.

The vocabulary is the table *Status words* of the contract.  Units type "已完成。",
"正在推进中" or "按时序推进" (A7); the text as written is always kept beside the word,
and text that is not understood stays ``None`` rather than becoming a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """One word of the vocabulary."""

    word: str
    rank: int | None
    """Progress order, 0 lowest; ``None`` for a word that is not counted."""
    done: bool = False
    patterns: tuple[str, ...] = ()
    """Regular expressions over the folded text (see :func:`fold`) that mean this word."""

    @property
    def counted(self) -> bool:
        """Whether the word counts in completion rates."""
        return self.rank is not None


UNREPORTED = "未报"
"""The state shown for an entry that did not come back; ranks below every status."""

NOT_STARTED = "未启动"
POSTPONED = "申请延期"
TO_IMPROVE = "需优化完善"
ONGOING = "推进中"
DONE_AND_ONGOING = "已完成并持续推进"
DONE = "已完成"
NOT_CONCERNED = "不涉及"

_FINISHED = r"(?:已经?|全部|均已|全面|顺利|圆满|按时|按期|如期|提前)*(?:完成|办结|完结|落实到位|办理完毕|结束)"
_PUSHED = r"(?:推进|开展|实施|进行|办理|落实|建设|推动|完善|跟进|筹备|起草|整改|坚持|巩固|更新|公开|抓好|做好|保持)"
_NOT = r"(?:未|没有?|尚未|还未|暂未|还没有?|仍未|未能|无法)"

STATUSES: tuple[Status, ...] = (
    Status(
        NOT_CONCERNED,
        None,
        patterns=(
            r"不涉及.*",
            r"(?:本单位|我局|我单位|我委|我办|我县|我区|我镇|我街道)?(?:暂?不涉及|不适用|无此项|无相关|没有此项)(?:.{0,8})",
            r"(?:该项|此项|本项)?(?:工作|任务|内容)?(?:非|不是|不属于|不属)(?:本|我)(?:单位|局|委|办|县|区|镇|部门|街道).{0,8}",
            r"不适用",
        ),
    ),
    Status(
        POSTPONED,
        1,
        patterns=(r"(?:拟|现|特)?(?:申请|请求|需要?|建议|拟)?(?:予以)?(?:延期|延后|推迟|顺延|暂缓).{0,20}",),
    ),
    Status(
        NOT_STARTED,
        0,
        patterns=(
            rf"{_NOT}(?:正式)?(?:启动|开展|开始|实施|进行|动工|推进|落实|着手)(?:此项|该项|相关)?(?:工作)?",
            r"待(?:启动|开展|实施)",
            r"计划.{0,12}(?:启动|开展|实施)",
        ),
    ),
    Status(
        TO_IMPROVE,
        2,
        patterns=(
            r"(?:仍|还|尚|有)?(?:需|待|须|需要|有待)(?:进一步|继续|再|加以|持续)?(?:整改|完善|优化|改进|加强|提升|优化完善|整改完善|优化提升)",
            r"部分(?:栏目|内容|指标)?(?:需|待)(?:进一步)?(?:优化|完善|整改)(?:完善)?",
        ),
    ),
    Status(
        DONE_AND_ONGOING,
        4,
        done=True,
        patterns=(
            rf"{_FINISHED}[并且且,;、 ]*(?:将|正|继续|仍)?(?:在)?(?:继续|持续|长期|不断|常态化|动态|定期|及时)(?:地)?"
            rf"{_PUSHED}?(?:中|下去|.{{0,4}})",
            rf"{_FINISHED}[并且且,;、 ]*(?:转入|进入|实行)?(?:常态化?|长效)(?:.{{0,6}})",
        ),
    ),
    Status(
        DONE,
        5,
        done=True,
        patterns=(
            rf"{_FINISHED}(?:此项|该项|本项|相关|各项)?(?:工作|任务)?(?:了|100%|\(100%\))?",
            r"(?:工作|任务|项目|整改)?(?:已经?|全部|均已)(?:全部)?(?:完成|办结|落实|落实到位|整改到位|公开到位|报送)",
            r"100%(?:完成)?",
            r"完成100%",
            r"[√✓✔☑]",
        ),
    ),
    Status(
        ONGOING,
        3,
        patterns=(
            rf"(?:正在?|仍在|尚在|目前在|还在|目前正在?)?(?:有序|稳步|积极|加快|按时序|按计划|按进度|持续|继续|长期|全力|扎实|深入|不断|常态化)*(?:地)?{_PUSHED}(?:中|之中|阶段|当中)?",
            rf"(?:按照?|根据|按|依).{{1,20}}(?:进一步|持续|继续|有序)?{_PUSHED}(?:中)?",
            r"进行中|正在办|在办|办理中|推进中|持续推进|长期坚持|常态化|有序推进|进行之中|进展(?:顺利|正常)|部分完成|完成部分|未完成|尚未完成|接近完成|即将完成",
            r"(?:已|目前|现|累计)?(?:已)?完成\d{1,2}(?:\.\d+)?%(?:左右|以上)?",
            r"\d{1,2}(?:\.\d+)?%",
            r"已启动.{0,10}|已开展.{0,6}",
        ),
    ),
)

WORDS: tuple[str, ...] = (NOT_STARTED, POSTPONED, TO_IMPROVE, ONGOING, DONE_AND_ONGOING, DONE, NOT_CONCERNED)
"""The words in the order of the contract: the choices of a form's drop-down."""

BY_WORD: dict[str, Status] = {status.word: status for status in STATUSES}

_EDGE = r"[\s,.。;:、!?~…\-—·*'\"“”\[\]【】]"
_EDGES = re.compile(rf"^{_EDGE}+|{_EDGE}+$")
_INNER_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """Text as the patterns see it: widths folded, no blanks, no punctuation at the edges."""
    folded = _EDGES.sub("", _INNER_BLANKS.sub("", unicodedata.normalize("NFKC", text)))
    if folded.startswith("(") and folded.endswith(")") and folded.find(")") == len(folded) - 1:
        folded = _EDGES.sub("", folded[1:-1])
    return folded


class Vocabulary:
    """Reads the text of a 完成情况 cell into a word.

    ``extra`` maps further texts (as written, folded before comparing) to words of the vocabulary;
    an office keeps them in its settings.
    """

    def __init__(self, extra: Iterable[tuple[str, str]] = ()) -> None:
        self._exact = {fold(word): word for word in WORDS}
        self._exact[fold(UNREPORTED)] = UNREPORTED
        for text, word in extra:
            if word not in BY_WORD:
                raise ValueError(word)
            self._exact[fold(text)] = word
        self._patterns = tuple((re.compile(pattern), status.word) for status in STATUSES for pattern in status.patterns)

    def read(self, text: str) -> str | None:
        """The status word that ``text`` means, or ``None`` when it is empty or not understood.

        未报 is a state, not a status: a unit that types it has said nothing, so it reads as ``None``.
        """
        folded = fold(text)
        if not folded:
            return None
        exact = self._exact.get(folded)
        if exact is not None:
            return None if exact == UNREPORTED else exact
        for pattern, word in self._patterns:
            if pattern.fullmatch(folded):
                return word
        return None


DEFAULT = Vocabulary()

UNCHANGED = "本期无变化"
"""What a unit may choose instead of a status where its last answer is shown (上期情况)."""
_UNCHANGED = re.compile(
    r"(?:(?:本期|本月|本季度?|本次)?(?:与|较|同|比)?(?:上期|上月|上季度?|上次)?(?:相比|比较)?)?"
    r"(?:基本|暂|仍|均)?(?:无|没有?|未发生|未有)(?:新|任何|明显|大)?(?:的)?(?:变化|变动|进展)|(?:同|与)上期(?:一致|相同|一样)?"
)
_ROUND_TAIL = re.compile(r"（[^（）]*）$")


def is_unchanged(text: str) -> bool:
    """Whether a text says that nothing changed since the last round (本期无变化, 同上期)."""
    return bool(_UNCHANGED.fullmatch(fold(text)))


def said_before(word: str, round: str, progress: str) -> str:
    """A unit's last answer as its next form shows it in 上期情况: the word and its round, then the words."""
    return f"{word}（{round}）" + (f"\n{progress}" if progress else "")


def word_before(text: str) -> str | None:
    """The status word of a text made by :func:`said_before`, or ``None``."""
    word = _ROUND_TAIL.sub("", text.strip().split("\n", 1)[0].strip())
    return word if word in BY_WORD else None


def rank(word: str | None) -> int | None:
    """Progress rank of a status word; −1 for nothing reported, ``None`` for a word that is not counted."""
    return -1 if word is None or word not in BY_WORD else BY_WORD[word].rank


def is_done(word: str | None) -> bool:
    """Whether a status word counts as done."""
    return word in BY_WORD and BY_WORD[word].done


def task_status(lead_words: Iterable[str | None], all_words: Iterable[str | None]) -> str:
    """A task's own status: the lead's word where there is a lead, else the lowest rank of its units.

    Several leads: the lowest of theirs.  ``None`` stands for an entry that did not come back.  Words
    that are not counted (不涉及) are left out unless nothing else is there.
    """
    leads = list(lead_words)
    words = leads or list(all_words)
    counted = [word for word in words if rank(word) is not None]
    if not counted:
        return NOT_CONCERNED if words else UNREPORTED
    lowest = min(counted, key=lambda word: -1 if word is None else (rank(word) or 0))
    return lowest or UNREPORTED
