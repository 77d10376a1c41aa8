"""What units write: a repertoire of answers, each with the meaning its writer had in mind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from toolkit import vocabulary as words
from toolkit.sample.form import Asked


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit types about one task, and what it means by it."""

    status: str = ""
    progress: str = ""
    evidence: str = ""
    done_on: str | date = ""
    """A :class:`date` is typed as a date, text as text."""
    remark: str = ""
    word: str | None = None
    """The status word the writer means."""
    day: date | None = None
    """The day the writer means by ``done_on``."""

    @property
    def cells(self) -> dict[str, str | date]:
        """Column of the form → what is typed there; columns left blank are absent."""
        typed = {
            "完成情况": self.status,
            "进展说明": self.progress,
            "佐证材料": self.evidence,
            "完成日期": self.done_on,
            "备注": self.remark,
        }
        return {label: value for label, value in typed.items() if value != ""}


OWN_WORDS: tuple[tuple[str, str], ...] = (
    ("已完成。", words.DONE),
    ("完成", words.DONE),
    ("已办结", words.DONE),
    ("全部完成", words.DONE),
    ("正在推进中", words.ONGOING),
    ("按时序推进", words.ONGOING),
    ("正在推进", words.ONGOING),
    ("持续推进", words.ONGOING),
    ("已完成并 持续推进", words.DONE_AND_ONGOING),
    ("已完成，长期坚持", words.DONE_AND_ONGOING),
    ("尚未启动", words.NOT_STARTED),
    ("未开展", words.NOT_STARTED),
    ("需整改", words.TO_IMPROVE),
    ("待完善", words.TO_IMPROVE),
)
"""Texts typed over the drop-down and the word each means: the examples of the contract's table."""

_CHOSEN = (
    (words.DONE, 52),
    (words.ONGOING, 22),
    (words.DONE_AND_ONGOING, 16),
    (words.TO_IMPROVE, 4),
    (words.NOT_STARTED, 3),
    (words.NOT_CONCERNED, 2),
    (words.POSTPONED, 1),
)
"""What units choose from the drop-down, and how many of a hundred."""

_OPENINGS = (
    "成立专班，明确{n}名责任人",
    "召开部署会{n}次，印发工作方案",
    "走访群众{m}户，收集意见{n}条",
    "对照要求自查，梳理事项{m}项",
    "把任务拆成{n}个节点，逐周跟进",
    "与有关单位会商{n}次",
    "组织业务培训{n}期，参训{m}人次",
    "委托第三方测评{n}轮",
    "在{n}个站点先行试点",
    "邀请{n}名群众代表现场观摩",
    "到兄弟单位学习{n}次，形成清单",
    "抽调{n}人集中办公",
)
_DETAILS = (
    "“{title}”已覆盖{n}个点位",
    "“{title}”办理{m}件，平均用时{n}个工作日",
    "围绕“{title}”公开信息{m}条",
    "“{title}”投入资金{m}万元",
    "“{title}”新建设施{n}处",
    "就“{title}”答复咨询{m}件，回访{n}件",
    "“{title}”整改销号{n}处，复查{n}处",
    "“{title}”新增服务对象{m}人",
    "“{title}”资料汇编{n}册、发放{m}份",
    "“{title}”现场办公{n}次，解决难题{m}个",
)
_ENDINGS = (
    "。",
    "，下一步总结做法。",
    "，问题已逐项销号。",
    "，后续按月调度。",
    "，群众反映良好。",
    "，资料已归档。",
    "，每周通报一次。",
    "，经验已印发简报。",
)


def answer(task: Asked, rng: Random, first: date, last: date) -> Answer:
    """One plausible answer about a task, with days between ``first`` and ``last``."""
    word = rng.choices([word for word, _ in _CHOSEN], [weight for _, weight in _CHOSEN])[0]
    return in_words(word, word, task, rng, first, last)


def in_words(text: str, word: str, task: Asked, rng: Random, first: date, last: date) -> Answer:
    """An answer whose 完成情况 is typed as ``text`` and means ``word``."""
    title = (task.title or task.requirement)[:16]
    if word == words.NOT_CONCERNED:
        return Answer(text, f"“{title}”不在本单位职责范围，已函告牵头单位。", remark="请予核实", word=word)
    if word == words.POSTPONED:
        until = last + timedelta(days=rng.randint(30, 80))
        reason = f"“{title}”受招标流程影响，拟延期至{until.year}年{until.month}月{until.day}日。"
        return Answer(text, reason, remark="已报分管领导同意", word=word)
    if word == words.NOT_STARTED:
        return Answer(text, f"“{title}”方案已拟定，待资金下达后启动。", word=word)
    progress = _progress(title, rng)
    if not words.is_done(word):
        return Answer(text, progress, word=word)
    day = first + timedelta(days=rng.randint(0, (last - first).days))
    evidence = f"{rng.choice(('通知', '简报', '台账', '照片'))}第{rng.randint(1, 99)}号"
    return Answer(text, progress, evidence, day, word=word, day=day)


def _progress(title: str, rng: Random) -> str:
    pieces = (rng.choice(_OPENINGS), "；", rng.choice(_DETAILS), rng.choice(_ENDINGS))
    name = title.replace("“", "").replace("”", "")
    return "".join(piece.format(title=name, n=rng.randint(2, 29), m=rng.randint(30, 980)) for piece in pieces)
