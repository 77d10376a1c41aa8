"""Whom an amendment concerns (涉及的单位): who must get a new form, and who need only be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.findings import notice as found
from toolkit.model import Duty, Finding, Json
from toolkit.roster import compare_expansions


@dataclass(frozen=True, slots=True)
class Concerned:
    """One unit, and the codes of the tasks that are different for it."""

    unit: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Other words, another deadline, another role."""
    dropped: tuple[str, ...] = ()
    """No longer its tasks, or no longer in the new document."""

    @property
    def needs_form(self) -> bool:
        """Whether the form it has lacks a task; what else differs its form takes as it is."""
        return bool(self.added)

    def to_json(self) -> Json:
        """The unit with its codes."""
        lists = {"added": list(self.added), "changed": list(self.changed), "dropped": list(self.dropped)}
        return {"unit": self.unit, "needs_form": self.needs_form, **lists}

    def __str__(self) -> str:
        counts = (("新增", self.added), ("调整", self.changed), ("减少", self.dropped))
        return f"{self.unit}（{'、'.join(f'{what}{len(codes)}项' for what, codes in counts if codes)}）"


def concerned(
    before: Sequence[Duty], after: Sequence[Duty], changed: Iterable[str], unnamed: Iterable[str]
) -> tuple[Concerned, ...]:
    """The units for which something differs, in the order of ``after``, then those that have nothing left.

    ``changed`` are the tasks with other words or deadlines, ``unnamed`` those a whole new plan no longer names.
    """
    comparison = compare_expansions(before, after)
    altered, doubtful = set(changed), set(unnamed)
    added = {(duty.task, duty.unit) for duty in comparison.added}
    moved = {(duty.task, duty.unit) for _, duty in comparison.changed}
    kinds: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for duty in after:
        key = duty.task, duty.unit
        lists = kinds.setdefault(duty.unit, ([], [], []))
        if key in added:
            lists[0].append(duty.task)
        elif duty.task in doubtful:
            lists[2].append(duty.task)
        elif duty.task in altered or key in moved:
            lists[1].append(duty.task)
    for duty in comparison.dropped:
        kinds.setdefault(duty.unit, ([], [], []))[2].append(duty.task)
    return tuple(Concerned(unit, *map(tuple, lists)) for unit, lists in kinds.items() if any(lists))


def findings(units: Sequence[Concerned]) -> Iterator[Finding]:
    """Who must get a new form, and who need only be told."""
    kinds = ((found.NEW_FORM_NEEDED, True), (found.ONLY_TO_TELL, False))
    for kind, needs in kinds:
        named = [str(unit) for unit in units if unit.needs_form is needs]
        if named:
            yield kind.at(count=len(named), units="、".join(named))
