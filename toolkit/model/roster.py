"""The roster (单位名录): units, groups, and the tasks that reached each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from toolkit.model.plan import Role


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the roster (单位)."""

    name: str
    order: int
    """1-based place in the fixed unit order (单位序列)."""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of units (单位组)."""

    name: str
    members: tuple[str, ...] = ()
    basis: str = ""
    """依据: by what the members were listed."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The closed register of units and groups (单位名录)."""

    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()

    def joined(self) -> Roster:
        """The same register where either side of a membership tells the other.

        A clerk may write it in 单位组 of the unit or in 成员 of the group; afterwards both say it.
        """
        members = {group.name: dict.fromkeys(group.members) for group in self.groups}
        for unit in self.units:
            for name in unit.groups:
                members.setdefault(name, {})[unit.name] = None
        basis = {group.name: group.basis for group in self.groups}
        return Roster(
            tuple(
                replace(unit, groups=tuple(name for name, listed in members.items() if unit.name in listed))
                for unit in self.units
            ),
            tuple(Group(name, tuple(listed), basis.get(name, "")) for name, listed in members.items()),
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A task that reached one unit when the plan's groups were expanded."""

    task: str
    """编码 of the task."""
    unit: str
    role: Role
    via: str = ""
    """The group that brought the unit in, empty when it is named itself."""
    due: date | None = None
