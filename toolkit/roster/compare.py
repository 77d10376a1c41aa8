"""What a changed register or plan changes for the units: who was added to a task, who was dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.findings import roster as found
from toolkit.model import Duty, Finding

NO_BASIS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two expansions of one plan, duty by duty."""

    added: tuple[Duty, ...] = ()
    dropped: tuple[Duty, ...] = ()
    changed: tuple[tuple[Duty, Duty], ...] = ()
    """Before and after, where only role, group or deadline differ."""

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.dropped or self.changed)

    def findings(self, basis: Mapping[str, str] = NO_BASIS) -> tuple[Finding, ...]:
        """One line a unit: what it gained, what it lost, what is different.

        ``basis`` tells of each group by what its members are listed now.
        """
        gained = [
            found.DUTIES_ADDED.at(unit=unit, count=len(duties), why=_why(duties, basis))
            for unit, duties in _by_unit(self.added).items()
        ]
        lost = [
            found.DUTIES_DROPPED.at(unit=unit, count=len(duties), why=_why(duties, basis))
            for unit, duties in _by_unit(self.dropped).items()
        ]
        changed = [
            found.DUTIES_CHANGED.at(unit=unit, count=len(duties))
            for unit, duties in _by_unit(after for _, after in self.changed).items()
        ]
        return (*lost, *gained, *changed)


def compare_expansions(old: Sequence[Duty], new: Sequence[Duty]) -> Comparison:
    """Compare the duties that were issued with those of the plan and register as they are now.

    Takes ``Expansion.duties``, or the duties frozen in the stamps of the forms.
    """
    before = {(duty.task, duty.unit): duty for duty in old}
    after = {(duty.task, duty.unit): duty for duty in new}
    return Comparison(
        added=tuple(duty for key, duty in after.items() if key not in before),
        dropped=tuple(duty for key, duty in before.items() if key not in after),
        changed=tuple((before[key], duty) for key, duty in after.items() if key in before and before[key] != duty),
    )


def _by_unit(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    units: dict[str, list[Duty]] = {}
    for duty in duties:
        units.setdefault(duty.unit, []).append(duty)
    return units


def _why(duties: Sequence[Duty], basis: Mapping[str, str]) -> str:
    groups = dict.fromkeys(duty.via for duty in duties if duty.via)
    named = [f"“{group}”" + (f"，依据：{basis[group]}" if basis.get(group) else "") for group in groups]
    return f"（因单位组{'、'.join(named)}）" if named else ""
