"""What an office may switch and tune, from ``fengong.toml`` beside the plan.

The file is optional and so is every key in it; the defaults below hold for what it does not say.
``docs/设置.md`` lists the keys for clerks.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from toolkit.findings import CannotDo, catalogue
from toolkit.findings import command as found
from toolkit.model import Severity
from toolkit.vocabulary import BY_WORD, Vocabulary

FILE_NAME = "fengong.toml"


@dataclass(frozen=True, slots=True)
class Score:
    """Weights of a unit's score (得分), summing to 100 by default.

    Source: the two things the notices of the corpus measure units by, 完成时限 and 完成质量.
    """

    on_time: float = 40.0
    """完成时限: share of due entries that were done in time."""
    quality: float = 60.0
    """完成质量: share of entries that were reported, are not 需优化完善 and carry no error or warning of their own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be tuned; immutable, the defaults are an office's usual choice."""

    disabled_rules: frozenset[str] = frozenset()
    """Codes of findings that are switched off."""
    severities: dict[str, Severity] = field(default_factory=dict)
    """Code of a finding → the severity it shall have."""
    statuses: dict[str, str] = field(default_factory=dict)
    """Further texts of 完成情况 → a word of the vocabulary."""
    due_soon_days: int = 7
    """即将到期: this many days before the deadline."""
    bulletin_length: int = 500
    """Characters of 进展说明 that a bulletin prints."""
    copy_length: int = 15
    """Shorter texts are never called copies."""
    copy_likeness: float = 0.9
    """Likeness from 0 to 1 from which two texts are called copies."""
    empty_words: tuple[str, ...] = ()
    """Further texts that say nothing under 已完成."""
    unpublished_words: tuple[str, ...] = ("绝密", "机密", "秘密级", "内部资料", "内部文件", "不予公开", "请勿外传")
    """Words that must not be published."""
    score: Score = Score()
    still_rounds: int = 3
    """连续几期没有变化: from so many rounds on end without change near a deadline it is a finding."""
    still_days: int = 60
    """Near: so many days before the deadline, and all the time after it."""
    question_minutes: float = 6.0
    """Minutes a unit is expected to need for a task it answers for the first time."""
    prefilled_minutes: float = 2.0
    """Minutes for a task whose last answer is shown (上期情况)."""
    ask_ahead_days: int = 3660
    """One-off tasks are asked from so many days before their deadline; by default always."""
    holidays: tuple[date, ...] = ()
    """Days off that the program does not know yet."""
    extra_workdays: tuple[date, ...] = ()
    """Saturdays and Sundays that are worked (调休上班)."""
    wait_seconds: float = 60.0
    """So long a verb waits while another program writes the ledger."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The status vocabulary with the office's own words."""
        return Vocabulary(self.statuses.items())


DEFAULT = Settings()


def load(beside: Path) -> Settings:
    """The settings that hold for a plan: ``fengong.toml`` in its folder, or the defaults.

    ``beside`` is the plan or its folder.  Raises :class:`CannotDo` when the file is there but wrong.
    """
    folder = beside if beside.is_dir() else beside.parent
    path = folder / FILE_NAME
    if not path.is_file():
        return DEFAULT
    try:
        return parse(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise CannotDo(found.SETTINGS_UNREADABLE.at(path=path.name, detail=_told(problem))) from problem
    except ValueError as problem:
        raise CannotDo(found.SETTINGS_WRONG.at(path=path.name, detail=str(problem))) from problem


def _told(problem: tomllib.TOMLDecodeError | UnicodeDecodeError) -> str:
    """What the parser stumbled over, for a clerk."""
    if isinstance(problem, UnicodeDecodeError):
        return "不是 UTF-8 编码。"
    if place := re.search(r"line (\d+), column (\d+)", str(problem)):
        return f"第 {place[1]} 行第 {place[2]} 个字起写法不对。"
    return "写法不对，末尾可能缺了引号或括号。"


def parse(data: dict[str, Any]) -> Settings:
    """Settings from the tables of the file; raises ``ValueError`` in Chinese for a key or value that is wrong."""
    known = {f.name: f for f in fields(Settings)}
    given: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise ValueError(f"不认识的设置项 {key}")
        given[key] = _READERS[key](value)
    return Settings(**given)


def _codes(value: Any) -> frozenset[str]:
    return frozenset(_code(code) for code in _texts(value))


def _code(code: str) -> str:
    if code not in catalogue():
        raise ValueError(f"没有编号为 {code} 的问题")
    return code


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f'{value!r} 应写成 ["…", "…"]')
    return tuple(value)


def _days(value: Any) -> tuple[date, ...]:
    """Days, written as dates or as texts, single or as first/last."""
    days: list[date] = []
    for item in value if isinstance(value, list) else [value]:
        first, _, last = str(item).partition("/")
        try:
            start = date.fromisoformat(first.strip())
            end = date.fromisoformat(last.strip()) if last else start
            if end < start:
                raise ValueError
        except ValueError:
            raise ValueError(f'{item} 应写成 "2027-01-01" 或 "2027-02-05/2027-02-11"') from None
        days += [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    return tuple(days)


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{value!r} 应写成一个小节")
    return value


def _severities(value: Any) -> dict[str, Severity]:
    labels = {severity.label: severity for severity in Severity} | {s.value: s for s in Severity}
    wrong = [word for word in _table(value).values() if word not in labels]
    if wrong:
        raise ValueError(f"严重程度只能写 错误、提醒 或 说明，不能写 {wrong[0]}")
    return {_code(code): labels[word] for code, word in value.items()}


def _statuses(value: Any) -> dict[str, str]:
    for word in _table(value).values():
        if word not in BY_WORD:
            raise ValueError(f"{word} 不是规定的完成情况用语")
    return dict(value)


def _number(low: float, high: float) -> Any:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{value!r} 应是 {low:g} 到 {high:g} 之间的数")
        return value

    return read


def _score(value: Any) -> Score:
    weights = {name: _number(0, 1000)(weight) for name, weight in _table(value).items()}
    if unknown := set(weights) - {f.name for f in fields(Score)}:
        raise ValueError(f"不认识的评分项 {min(unknown)}")
    return Score(**weights)


_READERS: dict[str, Any] = {
    "disabled_rules": _codes,
    "severities": _severities,
    "statuses": _statuses,
    "due_soon_days": _number(0, 366),
    "bulletin_length": _number(20, 32_767),
    "copy_length": _number(4, 1000),
    "copy_likeness": _number(0.5, 1),
    "empty_words": _texts,
    "unpublished_words": _texts,
    "score": _score,
    "still_rounds": _number(2, 100),
    "still_days": _number(0, 3660),
    "question_minutes": _number(0, 600),
    "prefilled_minutes": _number(0, 600),
    "ask_ahead_days": _number(0, 3660),
    "holidays": _days,
    "extra_workdays": _days,
    "wait_seconds": _number(0, 3600),
}
