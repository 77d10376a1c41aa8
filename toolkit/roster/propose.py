"""A first register (单位名录) from the notices themselves, for the clerk to check once and keep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit.findings import roster as found
from toolkit.language.bodies import Shape, is_group_name, level_of, shape
from toolkit.language.units import read_units
from toolkit.model import Finding, Group, Plan, Roster, Unit
from toolkit.roster.names import How, Names, fold_name, identities, without_doubling
from toolkit.roster.order import rank

_LIKE_ENOUGH = 85
"""Likeness in percent from which two names without a common department are shown as perhaps one unit."""
_WITH_BRACKET = re.compile(r"[^\s，,；;。：:（）()|]{2,24}(?:（[^（）]*[、，,][^（）]*）|\([^()]*[、，,][^()]*\))")


_DEFINES = re.compile(r"[（(](?:指|即|是指)[^（）()]*下同[）)]$")
_INFIX = re.compile(r"^(?:政府|委)")


@dataclass(slots=True)
class _Candidate:
    """A unit of the new register and the other names it goes by."""

    name: str
    count: int
    aliases: list[str] = field(default_factory=list)


def propose(plans: Sequence[Plan], findings: list[Finding] | None = None, known: Roster | None = None) -> Roster:
    """The register of the units and groups that the plans name.

    Names of one department at one level become one unit, with the reason among ``findings``; names that are only
    alike stay two units with a suggestion.  Units stand in the official order, then as they appear.  ``known`` is a
    register whose units and groups are taken over unchanged, in front.
    """
    noticed: list[Finding] = [] if findings is None else findings
    known = known or Roster()
    names = Names(known)
    counts = _counted(plans)
    new = [name for name in counts if names.find(name).name is None]
    units = _joined_units([name for name in new if not is_group_name(name)], counts, noticed)
    _suggest_same(units, names, noticed)
    ordered = sorted(units, key=lambda candidate: rank(candidate.name))
    first = max((unit.order for unit in known.units), default=0) + 1
    listed = tuple(
        Unit(candidate.name, order, tuple(candidate.aliases)) for order, candidate in enumerate(ordered, start=first)
    )
    groups = _groups([name for name in new if is_group_name(name)], plans)
    roster = Roster(known.units + listed, known.groups + tuple(groups)).joined()
    noticed += [found.GROUP_TO_FILL.at(group=group.name) for group in roster.groups if not group.members]
    noticed += [found.NOT_A_NAME.at(name=unit.name) for unit in listed if shape(unit.name) is Shape.OTHER]
    return roster


def _counted(plans: Sequence[Plan]) -> Counter[str]:
    """How often each name stands in the plans, in the order of first appearance."""
    counts: Counter[str] = Counter()
    for plan in plans:
        counts.update(a.name for task in plan.tasks for a in task.assignments)
        counts.update(name for task in plan.tasks for a in task.assignments for name in a.except_for)
        counts.update(plan.known_units)
        counts.update(member for told in _told_members(plan) for member in told.members)
    return counts


# --- one unit, several names --------------------------------------------------------------


def _joined_units(names: Sequence[str], counts: Counter[str], findings: list[Finding]) -> list[_Candidate]:
    """One candidate a unit: names that mean one department of one level are joined with the reason."""
    candidates: list[_Candidate] = []
    for name in names:
        for candidate in candidates:
            if reason := _same(name, candidate.name):
                _join(candidate, name, counts[name])
                alias = candidate.aliases[-1]
                findings.append(found.JOINED.at(unit=candidate.name, alias=alias, reason=reason))
                break
        else:
            candidates.append(_Candidate(name, counts[name]))
    return candidates


def _join(candidate: _Candidate, name: str, count: int) -> None:
    """The name used more often is the unit's; a misprint (doubled last character) never is."""
    preferred = (not _is_doubled(name), count) > (not _is_doubled(candidate.name), candidate.count)
    if preferred:
        candidate.aliases.append(candidate.name)
        candidate.name, candidate.count = name, count
    else:
        candidate.aliases.append(name)


def _is_doubled(name: str) -> bool:
    return without_doubling(fold_name(name)) != fold_name(name)


def _same(name: str, other: str) -> str:
    """Why two names certainly mean one unit, empty when they do not."""
    key, other_key = fold_name(name), fold_name(other)
    if key == other_key:
        return "只有全半角、空格、标点或“人民”二字的差别"
    if without_doubling(key) == without_doubling(other_key):
        return "末字重复，应是笔误"
    shared = identities(key) & identities(other_key)
    if shared:
        level, department = min(shared, key=lambda identity: identity[1].place)
        return f"都是{level}级“{department.name}”的名称"
    return ""


def _suggest_same(candidates: Sequence[_Candidate], names: Names, findings: list[Finding]) -> None:
    """Say which units may be one and the same: abbreviations, former names, likeness."""
    for index, candidate in enumerate(candidates):
        match = names.find(candidate.name)
        if match.how is How.SUGGESTION and match.suggestion:
            findings.append(found.MAYBE_SAME.at(unit=match.suggestion, name=candidate.name, reason=match.reason))
        for other in candidates[:index]:
            if reason := _alike(candidate.name, other.name):
                findings.append(found.MAYBE_SAME.at(unit=other.name, name=candidate.name, reason=reason))


def _alike(name: str, other: str) -> str:
    """Why two names of one level may mean one unit, empty when nothing says so."""
    level = level_of(name)
    if level != level_of(other):
        return ""
    short, long = sorted((fold_name(name)[len(level) :], fold_name(other)[len(level) :]), key=len)
    if level and _INFIX.sub("", short) == _INFIX.sub("", long):
        return "名称中间只差“政府”或“委”字"
    likely = short[0] == long[0] and short[-1] == long[-1] and len(short) >= (3 if level else 5)
    if likely and _abbreviates(short, long):
        return f"“{level}{short}”像是“{level}{long}”的缩写"
    from rapidfuzz import fuzz

    likeness = fuzz.ratio(short, long)
    if len(short) >= 4 and likeness >= _LIKE_ENOUGH:
        return f"字面相似（{likeness:.0f}%）"
    return ""


def _abbreviates(short: str, long: str) -> bool:
    """Whether the characters of ``short`` stand in ``long`` in the same order."""
    rest = iter(long)
    return all(char in rest for char in short)


# --- groups -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """What a bracket of the notice says about a collective."""

    group: str
    members: tuple[str, ...]
    sentence: str
    whole: bool
    """Whether the bracket defines the collective for the whole notice (指甲局、乙局，下同)."""


def _groups(names: Sequence[str], plans: Sequence[Plan]) -> list[Group]:
    """The groups, with the members that the notice itself defines.

    A bracket that only names some members, or holds for one task only, is written into 依据 for the clerk: a group
    that is filled by half would leave units out without anybody noticing.
    """
    groups: dict[str, Group] = {}
    for name in names:
        groups.setdefault(fold_name(name), Group(name))
    for plan in plans:
        for told in _told_members(plan):
            group = groups.get(fold_name(told.group))
            if group is None or group.basis:
                continue
            if told.whole:
                groups[fold_name(told.group)] = replace(
                    group, members=told.members, basis=f"{plan.title}：{told.sentence}"
                )
            else:
                groups[fold_name(told.group)] = replace(group, basis=f"通知写有“{told.sentence}”，请补全成员")
    return list(groups.values())


def _told_members(plan: Plan) -> Iterator[_Told]:
    """The brackets of a plan's sentences that name members of a collective."""
    for text in dict.fromkeys(task.source.text for task in plan.tasks):
        for match in _WITH_BRACKET.finditer(text):
            whole = bool(_DEFINES.search(match.group()))
            for name, members in read_units(match.group()).members:
                yield _Told(name, members, match.group(), whole)
