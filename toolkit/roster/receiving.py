"""The receiving side: of a notice from above, only the tasks that reach one unit, for it to divide among its own.

A county or a bureau that gets the city's notice keeps such a 台账 of its own (the notices order it); each of its
tasks names the upper one it came from, so that its own summary answers the upper form (``rollup``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from toolkit.findings import roster as found
from toolkit.identity import with_codes
from toolkit.language.bodies import Shape, shape
from toolkit.model import Duty, Finding, Plan, Review, Roster, Task
from toolkit.roster.expand import expand
from toolkit.roster.names import Names

_LOCAL = re.compile("县|区|各地|市州|州市|盟市|旗|乡|镇|街道|村")
_OFFICES = re.compile("直|部门|委办局|各委|机关|科室|处室|各局")
_LOCAL_UNIT = re.compile("政府$|管委会$|办事处$|街道$|[县区旗乡镇村]$")


@dataclass(frozen=True, slots=True)
class _Reached:
    """How one task reaches the unit."""

    duty: Duty
    how: str
    """In Chinese: 点名, or by which group."""
    doubt: str = ""


def own_part(plan: Plan, roster: Roster, unit: str) -> tuple[Plan, list[Finding]]:
    """The plan of ``unit``: the tasks of ``plan`` (coded) that reach it by name, alias or group.

    ``roster`` tells aliases and members.  A group without known members counts when the unit may belong to it by
    its kind, and the task is marked for review.  The tasks get codes of their own and name the upper one; their
    units are left for the clerk.  The plan is empty when nothing reaches the unit.
    """
    names = Names(roster)
    name = names.find(unit).name or unit
    expansion = expand(plan, roster)
    reached: dict[str, _Reached] = {}
    for duty in expansion.duties:
        if (how := _how(duty, name, unit, names, expansion.empty_groups)) is None:
            continue
        known = reached.get(duty.task)
        if known is None or (known.doubt and not how.doubt):
            reached[duty.task] = how
    tasks = tuple(
        _own_task(task, reached[task.code], seq)
        for seq, task in enumerate((task for task in plan.tasks if task.code in reached), start=1)
    )
    upper = tuple(task.code for task in plan.tasks)
    own = replace(
        plan,
        title=f"{plan.title}（{unit}）",
        tasks=with_codes(tasks, upper),
        plan_id="",
        revision=1,
        retired=upper,
        known_units=(),
        notes=(*plan.notes, f"本表从《{plan.title}》中摘出“{unit}”承担的任务；“上级编码”是上级任务分工表中的编码。"),
    )
    return own, [_told(plan, unit, list(reached.values()))]


def _how(duty: Duty, name: str, unit: str, names: Names, empty: Collection[str]) -> _Reached | None:
    if duty.unit in (name, unit) or names.find(duty.unit).name == name:
        return _Reached(duty, f"单位组“{duty.via}”" if duty.via else "点名")
    if duty.unit in empty and _may_belong(unit, duty.unit):
        doubt = f"“{duty.unit}”没有成员名单，按名称判断可能包括“{unit}”"
        return _Reached(duty, f"单位组“{duty.unit}”", doubt)
    return None


def _may_belong(unit: str, group: str) -> bool:
    """Whether a unit may be one of a group by what both are called: a county is none of 市直各部门."""
    is_local = bool(_LOCAL_UNIT.search(unit)) or shape(unit) is Shape.TERRITORY
    local, offices = bool(_LOCAL.search(group)), bool(_OFFICES.search(group))
    return local >= offices if is_local else offices >= local


def _own_task(task: Task, reached: _Reached, seq: int) -> Task:
    duty = reached.duty
    own = [deadline for deadline in task.deadlines if not deadline.scope or duty.due in (None, deadline.date)]
    doubt = (Review("upper_role", reached.doubt, task.source.text),) if reached.doubt else ()
    kept = tuple(mark for mark in task.review if mark.field != "units")
    return replace(
        task,
        seq=seq,
        code="",
        upper=task.code,
        upper_role=f"{duty.role.label}（{reached.how}）",
        assignments=(),
        deadlines=tuple(replace(deadline, scope="") for deadline in own),
        review=(*kept, *doubt),
    )


def _told(plan: Plan, unit: str, reached: list[_Reached]) -> Finding:
    named = sum(how.how == "点名" for how in reached)
    doubtful = sum(bool(how.doubt) for how in reached)
    return found.OWN_PART.at(
        unit=unit, total=len(plan.tasks), count=len(reached), named=named, grouped=len(reached) - named, doubts=doubtful
    )
