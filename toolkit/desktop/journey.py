"""Where a working folder stands on the way from notice to feedback, and what to do next: words for the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from toolkit.model import Collection, Plan, Roster, Severity, UnitReport, UnitState
from toolkit.roster import Expansion


class Step(IntEnum):
    """The five steps, in their order."""

    DRAFT = 0
    ISSUE = 1
    COLLECT = 2
    MERGE = 3
    NOTIFY = 4

    @property
    def label(self) -> str:
        """The word on screen."""
        return ("拟表", "下发", "收表", "汇总", "反馈")[self]

    @property
    def tip(self) -> str:
        """What the step is for."""
        return (
            "把通知读成任务分工表，核对拿不准的地方",
            "定名录、填报期和截止日期，给每个单位生成填报表",
            "把收回的文件拖进来，看谁报了、谁没报、错在哪里",
            "生成汇总表，看完成情况",
            "给各单位生成提示单、催报单、退回单和通报",
        )[self]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a working folder and one of its rounds."""

    plan: Plan | None = None
    roster: Roster | None = None
    expansion: Expansion | None = None
    round: str = ""
    forms: int = 0
    returns: int = 0
    collection: Collection | None = None
    stale: bool = False
    """Files came after the last reading."""
    summary: bool = False
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Stand:
    """How far one step is."""

    done: bool
    line: str
    """A few words below the step's name."""


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next, and at which step."""

    step: Step
    sentence: str


def stands(now: Situation) -> tuple[Stand, ...]:
    """How far each step is."""
    open_marks = _open(now.plan)
    tasks = _extent(now.plan) if now.plan else "还没有表"
    draft = Stand(now.plan is not None and not open_marks, tasks + (f"·{open_marks} 项待核" if open_marks else ""))
    issue = Stand(now.forms > 0, f"{now.forms} 份填报表" if now.forms else "还没有下发")
    came, owed = _came(now.collection)
    read = now.collection is not None and not now.stale
    line = f"已报 {came}/{owed}" if read else (f"{now.returns} 个文件待读" if now.returns else "还没有收到")
    collect = Stand(read and came == owed, line)
    merge = Stand(now.summary and not now.stale, _summary_line(now))
    notify = Stand(now.documents > 0, f"{now.documents} 份文书" if now.documents else "还没有生成")
    return (draft, issue, collect, merge, notify)


def next_step(now: Situation) -> Next:
    """What the clerk should do next."""
    if now.plan is None:
        return Next(Step.DRAFT, "把通知（Word、PDF、网页、表格都可以）拖进窗口，拟出任务分工表。")
    if not now.forms and (count := _open(now.plan)):
        return Next(Step.DRAFT, f"有 {count} 项任务带颜色，拿不准：逐项对照原文核对，改好后点“已复核”。")
    if not now.forms and now.roster is not None and not now.roster.units:
        return Next(Step.ISSUE, "单位名录还是空的：点“加单位”一个一个加，或者把单位名录.xlsx 放进这个文件夹再打开。")
    if now.expansion and now.expansion.empty_groups:
        names = "、".join(now.expansion.empty_groups[:3])
        return Next(Step.ISSUE, f"单位组“{names}”还没有成员：在“单位组”里填上成员，才能下发。")
    if not now.forms:
        return Next(Step.ISSUE, "写明填报期和截止日期，点“生成填报表”，再把生成的表发给各单位。")
    if not now.returns:
        return Next(Step.COLLECT, "把填报表发给各单位；收回来以后，把文件、文件夹或压缩包拖进“收表”。")
    if now.collection is None or now.stale:
        return Next(Step.COLLECT, f"有 {now.returns} 个收回的文件，点“读取回收表”看谁报了、错在哪里。")
    if not now.summary:
        return Next(Step.MERGE, _about_missing(now.collection) + "点“生成汇总表”。")
    if now.plan.survey is not None:
        return _next_of_survey(now)
    if not now.documents:
        return Next(Step.NOTIFY, "汇总表已生成。点“生成文书”，给各单位做提示单、催报单和通报。")
    came, owed = _came(now.collection)
    if came < owed:
        return Next(Step.COLLECT, f"还有 {owed - came} 个单位没报：发催报单；新收到的表拖进“收表”后重新汇总。")
    return Next(Step.NOTIFY, f"“{now.round}”已走完五步。下一期到“下发”里换一个填报期再来。")


def _next_of_survey(now: Situation) -> Next:
    """After the summary of a survey: chase who is missing, then use what came."""
    came, owed = _came(now.collection)
    if came < owed and not now.documents:
        return Next(Step.NOTIFY, f"还有 {owed - came} 个单位没报：点“生成文书”，给没报的发催报单、填错的发退回单。")
    if came < owed:
        return Next(Step.COLLECT, f"还有 {owed - came} 个单位没报；新收到的表拖进“收表”后重新汇总。")
    return Next(Step.MERGE, "收齐了。有联系人、电话的，点“联系方式写回名录”；回到任务分工：菜单“收集表”。")


def _extent(plan: Plan) -> str:
    return f"{len(plan.survey.fields)} 个字段" if plan.survey else f"{len(plan.tasks)} 项任务"


def with_problems(collection: Collection) -> frozenset[str]:
    """The units that must mend something: a return that was refused, half filled, or that an error stands against."""
    wrong = {report.unit for report in collection.units if report.state in (UnitState.REJECTED, UnitState.PARTIAL)}
    told = {f.unit for f in collection.findings if f.unit and f.severity is Severity.ERROR}
    silent = {report.unit for report in collection.units if report.state is UnitState.MISSING}
    return frozenset((wrong | told) - silent)


def has_come(report: UnitReport) -> bool:
    """Whether something of the unit was taken."""
    return report.state in (UnitState.COMPLETE, UnitState.PARTIAL)


def burden(expansion: Expansion) -> dict[str, int]:
    """Unit → how many entries its form asks for, in unit order."""
    counts = dict.fromkeys(expansion.units, 0)
    for duty in expansion.duties:
        counts[duty.unit] += 1
    return counts


def burden_line(counts: Sequence[tuple[str, int]]) -> str:
    """How much the office asks for, in one sentence."""
    if not counts:
        return "还没有单位有任务。"
    name, most = max(counts, key=lambda item: item[1])
    whole = sum(count for _, count in counts)
    return (
        f"{len(counts)} 个单位共要填 {whole} 项，平均每个单位 {whole / len(counts):.0f} 项；最多的是{name}，{most} 项。"
    )


def _open(plan: Plan | None) -> int:
    return sum(1 for task in plan.tasks if task.open_review) if plan else 0


def _came(collection: Collection | None) -> tuple[int, int]:
    if collection is None:
        return 0, 0
    return sum(map(has_come, collection.units)), len(collection.units)


def _summary_line(now: Situation) -> str:
    if not now.summary:
        return "还没有汇总"
    return "有新文件未汇总" if now.stale else "汇总表已生成"


def _about_missing(collection: Collection) -> str:
    came, owed = _came(collection)
    return f"还有 {owed - came} 个单位没报，可以先催，也可以先" if came < owed else "各单位都报了，"
