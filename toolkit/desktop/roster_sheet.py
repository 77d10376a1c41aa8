"""The register of units as the window edits it: functions from one state to the next, so that all can be undone.

A membership is kept in one place, the group's members; the window shows it beside the unit too, and an edit on
either side reaches the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from toolkit import outputs
from toolkit.desktop.saving import save
from toolkit.language.units import join_names, split_names
from toolkit.model import Finding, Group, Roster, Unit
from toolkit.workbooks import roster_book

UNIT_WORDS = roster_book.UNIT_COLUMNS
GROUP_WORDS = roster_book.GROUP_COLUMNS
_Item = TypeVar("_Item")


class RosterSheet:
    """The register of a working folder.  Raises :class:`CannotDo` when the file holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.roster = Roster()
        self.findings: tuple[Finding, ...] = ()
        self.dirty = False
        self._sha256 = ""
        if path.is_file():
            data = path.read_bytes()
            self._sha256 = hashlib.sha256(data).hexdigest()
            self.roster, self.findings = roster_book.examine_bytes(data, path.name)

    def changed_elsewhere(self) -> bool:
        """Whether another program saved the file since it was read or saved here."""
        return (outputs.sha256(self.path) if self.path.is_file() else "") != self._sha256

    def replace(self, roster: Roster) -> None:
        """Take over another state of the register."""
        self.roster, self.dirty = roster, True

    def save(self) -> None:
        """Write the register back.  Raises :class:`CannotDo` when another program changed the file or has it open."""
        self._sha256 = save(self.path, roster_book.render(self.roster), self._sha256)
        self.dirty = False


def unit_texts(unit: Unit) -> tuple[str, ...]:
    """A unit's cells, as :data:`UNIT_WORDS` has them."""
    names = "；".join(unit.aliases), "；".join(unit.groups)
    return (str(unit.order), unit.name, *names, unit.contact, unit.phone, unit.remark)


def group_texts(group: Group) -> tuple[str, ...]:
    """A group's cells, as :data:`GROUP_WORDS` has them."""
    return (group.name, join_names(group.members), group.basis)


def with_unit_cell(roster: Roster, index: int, word: str, text: str) -> Roster:
    """The register with one cell of a unit changed; a name that is empty, taken or several in one changes
    nothing."""
    unit, text = roster.units[index], text.strip()
    if word == "序号":
        return moved(roster, index, int(text) - 1) if text.isdigit() else roster
    if word == "单位名称":
        return _renamed(roster, unit, text)
    if word == "单位组":
        return _with_groups(roster, unit, split_names(text))
    match word:
        case "简称":
            changed = replace(unit, aliases=split_names(text))
        case "联系人":
            changed = replace(unit, contact=text)
        case "电话":
            changed = replace(unit, phone=text)
        case _:
            changed = replace(unit, remark=text)
    return replace(roster, units=_put(roster.units, index, changed))


def with_group_cell(roster: Roster, index: int, word: str, text: str) -> Roster:
    """The register with one cell of a group changed."""
    group, text = roster.groups[index], text.strip()
    if word == "成员":
        changed = replace(group, members=tuple(dict.fromkeys(split_names(text))))
    elif word == "依据":
        changed = replace(group, basis=text)
    elif not _is_one_name(text) or any(other.name == text for other in roster.groups):
        return roster
    else:
        changed = replace(group, name=text)
        roster = replace(roster, groups=_put_name(roster.groups, group.name, text))
    return _told(replace(roster, groups=_put(roster.groups, index, changed)))


def with_new_unit(roster: Roster, index: int) -> Roster:
    """A new unit before the one at ``index``, with a name to be written over."""
    name = _free_name("新单位", {unit.name for unit in roster.units})
    return _numbered(roster, (*roster.units[:index], Unit(name, 0), *roster.units[index:]))


def with_new_group(roster: Roster) -> Roster:
    """A new group at the end."""
    name = _free_name("新单位组", {group.name for group in roster.groups})
    return replace(roster, groups=(*roster.groups, Group(name)))


def with_members(roster: Roster, group: str, indexes: Sequence[int]) -> Roster:
    """The register with some units in a group, in the fixed order behind those that are in it."""
    names = [roster.units[index].name for index in sorted(indexes)]
    groups = tuple(
        replace(g, members=tuple(dict.fromkeys((*g.members, *names)))) if g.name == group else g for g in roster.groups
    )
    return _told(replace(roster, groups=groups))


def without_units(roster: Roster, indexes: Sequence[int]) -> Roster:
    """The register without some units, which leave their groups too."""
    gone = {roster.units[index].name for index in indexes}
    groups = tuple(replace(g, members=tuple(m for m in g.members if m not in gone)) for g in roster.groups)
    return _numbered(replace(roster, groups=groups), [unit for unit in roster.units if unit.name not in gone])


def without_group(roster: Roster, index: int) -> Roster:
    """The register without one group."""
    return _told(replace(roster, groups=(*roster.groups[:index], *roster.groups[index + 1 :])))


def moved(roster: Roster, index: int, to: int) -> Roster:
    """The register with a unit at another place of the fixed order."""
    units = list(roster.units)
    unit = units.pop(index)
    units.insert(max(0, min(to, len(units))), unit)
    return _numbered(roster, units)


def _renamed(roster: Roster, unit: Unit, name: str) -> Roster:
    if not _is_one_name(name) or any(other.name == name for other in roster.units):
        return roster
    units = tuple(replace(u, name=name) if u is unit else u for u in roster.units)
    return replace(roster, units=units, groups=_put_name(roster.groups, unit.name, name))


def _put_name(groups: Sequence[Group], old: str, new: str) -> tuple[Group, ...]:
    """Groups whose members tell a unit or group by its new name."""
    return tuple(replace(g, members=tuple(new if m == old else m for m in g.members)) for g in groups)


def _is_one_name(text: str) -> bool:
    """Whether a cell that lists names would give this one back whole."""
    return split_names(text) == (text,)


def _with_groups(roster: Roster, unit: Unit, names: Sequence[str]) -> Roster:
    known = {group.name for group in roster.groups}
    groups = [*roster.groups, *(Group(name) for name in dict.fromkeys(names) if name not in known)]
    changed = []
    for group in groups:
        members = [member for member in group.members if member != unit.name or group.name in names]
        if group.name in names and unit.name not in members:
            members.append(unit.name)
        changed.append(replace(group, members=tuple(members)))
    return _told(replace(roster, groups=tuple(changed)))


def _told(roster: Roster) -> Roster:
    """Units say again which groups they are in."""
    return replace(roster, units=tuple(replace(unit, groups=()) for unit in roster.units)).joined()


def _numbered(roster: Roster, units: Sequence[Unit]) -> Roster:
    return replace(roster, units=tuple(replace(unit, order=place) for place, unit in enumerate(units, 1)))


def _put(items: tuple[_Item, ...], index: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:index], item, *items[index + 1 :])


def _free_name(name: str, taken: set[str]) -> str:
    return next(n for n in (name, *(f"{name}{count}" for count in range(2, len(taken) + 3))) if n not in taken)
