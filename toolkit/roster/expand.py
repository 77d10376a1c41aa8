"""Who owes which task: the plan's names and groups resolved by the register, exceptions and deadlines held.

The expansion is frozen at issue and stamped in the forms, so what is written down here (which group, by which
register, with which sentence) is what a unit is later told when it asks why it got a task.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.findings import roster as found
from toolkit.language.bodies import is_group_name
from toolkit.model import Assignment, Deadline, Duty, Finding, Plan, Role, Roster, Task
from toolkit.roster.duties import Duties
from toolkit.roster.names import How, Names
from toolkit.survey import EVERY_UNIT

_RANK = {Role.LEAD: 0, Role.RESPONSIBLE: 1, Role.SUPPORT: 2}
_OTHERS = ("其余", "其他", "其它")
_OF_CONCERN = re.compile("有关|相关")


@dataclass(frozen=True, slots=True)
class GroupUse:
    """One group of one task, written down: which members, by which register, for which sentence."""

    task: str
    group: str
    members: tuple[str, ...]
    basis: str
    sentence: str
    left_out: tuple[str, ...] = ()
    """Members that the text excepts."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """The plan, unit by unit."""

    duties: Sequence[Duty] = ()
    """In plan order, then unit order; each task × unit once, with its strongest role."""
    findings: tuple[Finding, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names that are neither unit nor group of the register; they stand in ``duties`` as written."""
    empty_groups: tuple[str, ...] = ()
    """Groups without members, and collectives the register does not know; they stand in ``duties`` as one unit."""
    uses: tuple[GroupUse, ...] = ()
    """Every group of every task, written down."""
    units: tuple[str, ...] = ()
    """Every unit that owes a task, in unit order."""


@dataclass(slots=True)
class _Reach:
    """How a unit is reached by one task."""

    role: Role
    via: str


def expand(plan: Plan, roster: Roster) -> Expansion:
    """Resolve every assignment of the plan to units of the register."""
    return _Expander(plan, roster).run()


class _Expander:
    def __init__(self, plan: Plan, roster: Roster) -> None:
        self.plan = plan
        self.names = Names(roster)
        self.everyone = tuple(unit.name for unit in sorted(roster.units, key=lambda unit: unit.order))
        self.order = {unit.name: unit.order for unit in roster.units}
        self.findings: list[Finding] = []
        self.unknown: Counter[str] = Counter()
        self.empty: Counter[str] = Counter()
        self.uses: list[GroupUse] = []
        self.resolved: dict[str, tuple[str, ...]] = {}
        self.by_table: dict[str, Finding] = {}

    def run(self) -> Expansion:
        duties = Duties(duty for task in self.plan.tasks for duty in self._duties(task))
        self.findings += self.by_table.values()
        for name, count in self.unknown.items():
            match = self.names.find(name)
            hint = f"，可能是“{match.suggestion}”（{match.reason}）" if match.suggestion else ""
            self.findings.append(found.UNKNOWN_UNIT.at(name=name, suggestion=hint, count=count))
        self.findings += [found.EMPTY_GROUP.at(group=name, count=count) for name, count in self.empty.items()]
        self.findings += self._written_down()
        return Expansion(
            duties=duties,
            findings=tuple(dict.fromkeys(self.findings)),
            unknown=tuple(self.unknown),
            empty_groups=tuple(self.empty),
            uses=tuple(self.uses),
            units=tuple(sorted(duties.units, key=self._place)),
        )

    def _duties(self, task: Task) -> list[Duty]:
        reached: dict[str, _Reach] = {}
        for assignment in task.assignments:
            for unit, via in self._reached(task, assignment):
                self._join(reached, unit, assignment.role, via)
        self._note_named_members(task)
        dues = _Dues(task, self.names, tuple(reached))
        self.findings += dues.findings
        units = sorted(reached, key=self._place)
        return [Duty(task.code, unit, reached[unit].role, reached[unit].via, dues.of(unit)) for unit in units]

    def _place(self, unit: str) -> int:
        """The unit's place in the fixed order; units the register does not know come last, as they appear."""
        if unit not in self.order:
            self.order[unit] = max(self.order.values(), default=0) + 1
        return self.order[unit]

    @staticmethod
    def _join(reached: dict[str, _Reach], unit: str, role: Role, via: str) -> None:
        """One unit, one duty: the strongest role; named itself rather than by a group."""
        before = reached.get(unit)
        if before is None or _RANK[role] < _RANK[before.role]:
            reached[unit] = _Reach(role, via)
        elif role is before.role and not via:
            before.via = ""

    def _reached(self, task: Task, assignment: Assignment) -> Iterator[tuple[str, str]]:
        """The units an assignment reaches, each with the group that brought it in."""
        match = self.names.find(assignment.name)
        if match.kind == "unit" and match.name:
            if match.how is not How.EXACT:
                self._note_reading(assignment.name, match.name, match.reason)
            yield match.name, ""
        elif match.kind == "group" and match.name:
            if match.name not in self.resolved:
                self.resolved[match.name] = tuple(dict.fromkeys(self._members(match.name, ())))
            members = self.resolved[match.name]
            if not members:
                self.empty[match.name] += 1
                yield match.name, ""
            yield from self._as_group(task, assignment, match.name, members)
        elif assignment.name == EVERY_UNIT and self.everyone:
            yield from self._as_group(task, assignment, EVERY_UNIT, self.everyone)
        else:
            (self.empty if is_group_name(assignment.name) else self.unknown)[assignment.name] += 1
            yield assignment.name, ""

    def _as_group(
        self, task: Task, assignment: Assignment, group: str, members: tuple[str, ...]
    ) -> Iterator[tuple[str, str]]:
        """The members that the assignment does not except, written down."""
        left_out = self._exceptions(assignment, members)
        for member in members:
            if member not in left_out:
                yield member, group
        if members:
            known = self.names.groups.get(group)
            basis = (known.basis if known else "") or "单位名录"
            self.uses.append(GroupUse(task.code, group, members, basis, task.source.text, left_out))

    def _note_reading(self, name: str, unit: str, reason: str) -> None:
        self.by_table.setdefault(name, found.READ_BY_TABLE.at(unit=unit, name=name, reason=reason))

    def _members(self, group: str, inside: tuple[str, ...]) -> Iterator[str]:
        """The units of a group; a group among the members is resolved in its turn."""
        if group in inside:
            self.findings.append(found.CIRCULAR_GROUP.at(group=group))
            return
        for member in self.names.groups[group].members:
            match = self.names.find(member)
            if match.kind == "group" and match.name:
                yield from self._members(match.name, (*inside, group))
            elif match.name:
                yield match.name
            else:
                hint = f"，可能是“{match.suggestion}”" if match.suggestion else ""
                self.findings.append(found.MEMBER_UNKNOWN.at(group=group, member=member, suggestion=hint))
                yield member

    def _exceptions(self, assignment: Assignment, members: tuple[str, ...]) -> tuple[str, ...]:
        left_out: list[str] = []
        for name in assignment.except_for:
            match = self.names.find(name)
            units = tuple(self._members(match.name, ())) if match.kind == "group" and match.name else (match.name,)
            hit = [unit for unit in units if unit in members]
            left_out += [unit for unit in hit if unit]
            if not hit:
                self.findings.append(found.EXCEPTION_UNKNOWN.at(group=assignment.name, name=name))
        return tuple(left_out)

    def _note_named_members(self, task: Task) -> None:
        """Say when a task names 有关单位 and some of them one by one, in the same role."""
        for use in [use for use in self.uses if use.task == task.code and _OF_CONCERN.search(use.group)]:
            role = next(a.role for a in task.assignments if self.names.find(a.name).name == use.group)
            named = [a.name for a in task.assignments if a.role is role and self.names.find(a.name).name in use.members]
            if named:
                units = "、".join(named)
                self.findings.append(
                    found.MEMBERS_NAMED.at(task=task.code, group=use.group, units=units, count=len(use.members))
                )

    def _written_down(self) -> Iterator[Finding]:
        for group, members, basis in dict.fromkeys((use.group, use.members, use.basis) for use in self.uses):
            shown = "、".join(members[:6]) + ("等" if len(members) > 6 else "")
            yield found.GROUP_EXPANDED.at(group=group, basis=f"“{basis}”", count=len(members), members=shown)


class _Dues:
    """The deadline of a task for each unit: the earliest that holds for it."""

    def __init__(self, task: Task, names: Names, units: tuple[str, ...]) -> None:
        self.findings: list[Finding] = []
        self._for_all = [d for d in task.deadlines if not d.scope]
        self._scoped: list[tuple[Deadline, frozenset[str]]] = []
        self._unclear: list[Deadline] = []
        others: list[Deadline] = []
        for deadline in task.deadlines:
            if not deadline.scope:
                continue
            if deadline.scope.startswith(_OTHERS):
                others.append(deadline)
                continue
            concerned = _concerned(deadline.scope, names, units)
            if concerned:
                self._scoped.append((deadline, concerned))
            else:
                self._unclear.append(deadline)
                self.findings.append(
                    found.SCOPE_UNKNOWN.at(task=task.code, deadline=deadline.text, scope=deadline.scope)
                )
        if others:
            told = frozenset[str]().union(*(units_ for _, units_ in self._scoped))
            rest = frozenset(units) - told
            self._scoped += [(deadline, rest) for deadline in others]
        self._all = task.deadlines

    def of(self, unit: str) -> date | None:
        """The earliest deadline that holds for the unit; the latest of all while a class of units is unclear."""
        if self._unclear:
            return max(d.date for d in self._all)
        own = [deadline.date for deadline, units in self._scoped if unit in units]
        return min((*own, *(d.date for d in self._for_all)), default=None)


def _concerned(scope: str, names: Names, units: tuple[str, ...]) -> frozenset[str]:
    """The units of a task that a class of units (试点单位) means."""
    match = names.find(scope)
    if match.kind == "group" and match.name:
        return frozenset(names.groups[match.name].members) & frozenset(units)
    return frozenset(unit for unit in units if unit == match.name)
