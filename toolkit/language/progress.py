"""What a unit's words say about its task, clause by clause: finished, under way, not begun, foreseen, held up.

The grammar is small and made of word classes.  An answer falls into clauses (``progress_words``).  What only names,
denies or dates is taken out of a clause (``progress_names``: 未就业的毕业生, 没有超概算, 还没到汛期就), and the rest is
asked for the marks of aspect that offices use (``progress_open``: 尚未, 正在, 预计, 剩余, 完成80%;
``progress_done``: 已全部; ``progress_counts``: 任务120个，已建成86个).  A clause also has a scope
(``progress_scopes``): what follows 下一步 speaks of later, 年初 and 此前 of before.  At last the clauses are held
against each other: what a later one settles (…，现已全部补办) or leaves to others (…，不计入考核) is not open, unless
it is told as the present state.

Nothing here knows a status; what contradicts one is told by ``rules/contradiction.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Flag, StrEnum, auto
from functools import lru_cache

from toolkit.language import progress_done as done
from toolkit.language import progress_open as opened
from toolkit.language import progress_scopes as scopes
from toolkit.language import progress_words as words
from toolkit.language.progress_counts import falls_short
from toolkit.language.progress_names import named_only
from toolkit.language.text import fold


class Said(Flag):
    """What a clause says; it may say several things, and most say nothing of these."""

    NOTHING = 0
    FINISHED = auto()
    """The whole of the task is finished: 该项工作已全部完成."""
    ACTIVE = auto()
    """Something was done: 已召开会议, 排查610处."""
    UNDER_WAY = auto()
    """It is being done: 正在施工, 处于招标阶段."""
    PREPARING = auto()
    """Only what comes before the work is being done: 正在筹备."""
    NOT_BEGUN = auto()
    """The work has not begun: 尚未开展."""
    UNDONE = auto()
    """Something is not done: 尚未完成, 未能验收."""
    LEFT = auto()
    """Something is left over: 剩余3个, 还差12户."""
    WANTING = auto()
    """Something is wanting: 仍需完善, 有待加强."""
    FORESEEN = auto()
    """It will be done: 预计年底完工."""
    PARTLY = auto()
    """A share below the whole is done: 完成80%, 任务120个已建成86个."""
    HELD_UP = auto()
    """Something stands in its way: 流标, 停工, 进度滞后."""
    GOES_ON = auto()
    """Work that goes on as a rule: 持续推进, 长期坚持."""
    STEP = auto()
    """It speaks of a step or a part: 前期, 第一批, 方案."""
    EARLY = auto()
    """It speaks of what comes before the work: 前期工作, 初稿."""
    TO_BEGIN = auto()
    """The work is yet to begin: 拟于10月启动."""
    APART = auto()
    """The task is not the unit's own: 不属于我局职责."""


OPEN = (
    Said.UNDER_WAY
    | Said.PREPARING
    | Said.NOT_BEGUN
    | Said.UNDONE
    | Said.LEFT
    | Said.WANTING
    | Said.FORESEEN
    | Said.PARTLY
    | Said.HELD_UP
)
"""Whatever tells that a task is not finished."""


class Scope(StrEnum):
    """The time a clause speaks of."""

    BEFORE = "before"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an answer."""

    text: str
    said: Said
    scope: Scope


def read_progress(text: str) -> tuple[Clause, ...]:
    """The clauses of an answer in order, each with what it says and the time it speaks of."""
    clauses: list[Clause] = []
    later, last, any_open = False, "", False
    for piece in _pieces(text):
        heard = _heard(piece)
        later = heard.later or (later and not heard.now_again)
        short = not heard.open and falls_short(f"{last}、{piece}")
        scope = Scope.LATER if later else Scope.BEFORE if heard.before else Scope.NOW
        said = Said.PARTLY if short else heard.said
        if (
            later
            and (heard.later or Said.FORESEEN in said)
            and scopes.COMPLETION.search(piece)
            and not scopes.EXTRA.search(piece)
        ):
            said |= Said.LEFT
        clauses.append(Clause(piece, said, scope))
        last = piece
        any_open = any_open or bool(said & OPEN)
    return tuple(_settled(clauses) if any_open else clauses)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a clause tells by itself, whatever stands before it."""

    said: Said
    open: bool
    later: bool
    before: bool
    now_again: bool


@lru_cache(maxsize=16384)
def _heard(clause: str) -> _Heard:
    """Remembered, as offices say the same in the same words."""
    bare = named_only(clause)
    said = _said(clause, bare)
    marks = (scopes.LATER.search(bare), scopes.BEFORE.search(clause), scopes.NOW_AGAIN.match(clause))
    return _Heard(said, bool(said & OPEN), *map(bool, marks))


_LONGEST = 300
"""No clause is longer; what has no punctuation at all is taken apart, so that a pattern never looks through a page."""


def _pieces(text: str) -> Iterator[str]:
    """The clauses as texts: lines, list marks and brackets taken apart, quoted titles replaced by one word."""
    for line in text.splitlines():
        plain = words.LABELS.sub("", words.TITLES.sub("某", fold(line).replace(" ", "")))
        asides: list[str] = []
        while (aside := words.ASIDE.search(plain)) is not None:
            asides += words.CLAUSE_ENDS.split(aside[1])
            plain = plain[: aside.start()] + plain[aside.end() :]
        for piece in (*words.CLAUSE_ENDS.split(plain), *asides):
            bare = words.LIST_MARK.sub("", piece)
            yield from (bare[place : place + _LONGEST] for place in range(0, len(bare), _LONGEST))


def _said(clause: str, bare: str) -> Said:
    """Everything that one clause says; ``bare`` is the clause without what only names."""
    said = Said.NOTHING
    if done.STEP.search(clause):
        said |= Said.STEP
    if done.EARLY.search(clause):
        said |= Said.EARLY
    if done.APART.search(clause):
        said |= Said.APART
    if "已" not in clause and done.TO_BEGIN.search(bare):
        said |= Said.TO_BEGIN
    for meaning, pattern in _OPEN_PATTERNS:
        if pattern.search(bare):
            said |= meaning
    if scopes.BESIDES.match(clause):
        said &= ~(Said.UNDER_WAY | Said.FORESEEN | Said.LEFT)
    if Said.PARTLY in said and scopes.MORE.search(clause):
        said &= ~Said.PARTLY
    if scopes.OUTSIDE.search(clause):
        said &= ~OPEN
    if Said.UNDER_WAY in said and opened.PREPARATION.search(bare):
        said = said & ~Said.UNDER_WAY | Said.PREPARING
    if done.GOES_ON.search(bare):
        said |= Said.GOES_ON
    if said & OPEN:
        return said
    if done.FINISHED.search(clause) and not done.PROMISED.search(clause):
        said |= Said.FINISHED
    if done.ACTIVE.search(clause):
        said |= Said.ACTIVE
    return said


_OPEN_PATTERNS = (
    (Said.NOT_BEGUN, opened.NOT_BEGUN),
    (Said.UNDONE, opened.UNDONE),
    (Said.LEFT, opened.LEFT),
    (Said.WANTING, opened.WANTING),
    (Said.UNDER_WAY, opened.UNDER_WAY),
    (Said.FORESEEN, opened.FORESEEN),
    (Said.PARTLY, opened.PARTLY),
    (Said.HELD_UP, opened.HELD_UP),
)


def _settled(clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses without the troubles that a later one says are over: 年初未通水的村，9月已全部接通."""
    closed = [not c.said & OPEN and c.scope is not Scope.LATER and not scopes.OTHERS.match(c.text) for c in clauses]
    over = [
        calm and bool(scopes.OVER.search(c.text)) and not scopes.AGREED.search(c.text)
        for calm, c in zip(closed, clauses, strict=True)
    ]
    wholly = [
        calm and (Said.FINISHED in c.said or bool(scopes.WHOLLY.search(c.text)))
        for calm, c in zip(closed, clauses, strict=True)
    ]
    for place, clause in enumerate(clauses):
        if clause.said & OPEN:
            yield replace(clause, said=clause.said & ~_behind(clause, over[place + 1 :], wholly, place, clauses))
        else:
            yield clause


def _behind(
    clause: Clause, over: Sequence[bool], wholly: Sequence[bool], place: int, clauses: Sequence[Clause]
) -> Said:
    """What of an open clause is settled by the others."""
    if clause.scope is Scope.BEFORE and any(_goes_well(c) for c in clauses[place + 1 :]):
        return OPEN
    if clause.scope is Scope.NOW and any(wholly[place + 1 :]) and not scopes.STILL.search(clause.text):
        return OPEN
    resumed = (
        any(over)
        or any(wholly[place + 1 :])
        or any(not c.said & OPEN and scopes.RESUMED.search(c.text) for c in clauses[place + 1 :])
    )
    settled = Said.HELD_UP if clause.scope is not Scope.LATER and resumed else Said.NOTHING
    after = clauses[place + 1 : place + 3]
    if after and scopes.UNCONCERNED.search(after[0].text):
        return OPEN
    if any(scopes.OUTSIDE.search(c.text) for c in after):
        settled |= Said.LEFT | Said.UNDONE | Said.PARTLY
    finished = any(Said.FINISHED in c.said for c in clauses[:place])
    if finished and scopes.ANEW.search(clause.text):
        settled |= Said.FORESEEN
    return settled


def _goes_well(clause: Clause) -> bool:
    """Whether a clause tells of something done, and nothing open."""
    told = Said.ACTIVE | Said.FINISHED
    return (
        clause.scope is Scope.NOW
        and not clause.said & OPEN
        and bool(clause.said & told or any(mark in clause.text for mark in "了已"))
    )
