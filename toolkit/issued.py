"""What was issued before and what is different now: the forms that lie in a folder tell by their stamps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from toolkit import containers, opc
from toolkit.containers import pool
from toolkit.identity import Stamp
from toolkit.intake.whose import first_stamp
from toolkit.model import Duty, Plan, Round
from toolkit.roster import Comparison, Expansion, compare_expansions
from toolkit.workbooks.issue_book import ExpansionLine

_LARGEST = 8 * 1024 * 1024
_STAMP = re.compile(rb"FG1\.[0-9a-f]{8}\.[A-Za-z0-9_=-]+")


def compared(out: Path, plan: Plan, this_round: Round, expansion: Expansion, asked: Sequence[str]) -> Comparison:
    """What differs from the forms that lie in the folder already; nothing when there are none."""
    before = issued_duties(out, plan.plan_id, this_round.name)
    if before is None:
        return Comparison()
    concerned = [[d for d in duties if not asked or d.unit in asked] for duties in (before, expansion.duties)]
    return compare_expansions(*concerned)


def with_new_tasks(out: Path, plan: Plan, this_round: Round, duties: Sequence[Duty]) -> tuple[str, ...] | None:
    """The units that ``duties`` ask more than the forms of this round in the folder do; ``None`` without any form."""
    before = issued_duties(out, plan.plan_id, this_round.name, others=False)
    if before is None:
        return None
    known = {(duty.task, duty.unit) for duty in before}
    return tuple(dict.fromkeys(duty.unit for duty in duties if (duty.task, duty.unit) not in known))


def expansion_lines(plan: Plan, expansion: Expansion, comparison: Comparison) -> list[ExpansionLine]:
    """Every unit a group brought to a task, and every duty that differs from what was issued before."""
    tasks = {task.code: task for task in plan.tasks}
    uses = {(use.task, use.group): use for use in expansion.uses}
    changes = {(duty.task, duty.unit): "新增" for duty in comparison.added}
    changes |= {(duty.task, duty.unit): "有变化" for _, duty in comparison.changed}
    lost = [(duty, "减少") for duty in comparison.dropped]
    lines = []
    for duty, change in [*((duty, changes.get((duty.task, duty.unit), "")) for duty in expansion.duties), *lost]:
        if not duty.via and not change:
            continue
        task, use = tasks.get(duty.task), uses.get((duty.task, duty.via))
        lines.append(
            ExpansionLine(
                duty.task,
                task.label if task else "",
                duty.via,
                duty.unit,
                duty.role.label,
                duty.due,
                use.basis if use else "",
                use.left_out if use else (),
                use.sentence if use else "",
                change,
            )
        )
    return lines


def issued_duties(folder: Path, plan_id: str, round: str, *, others: bool = True) -> list[Duty] | None:
    """The duties frozen in the forms of a plan in ``folder``; ``None`` when none lies there.

    Forms of the round count; when it has none yet, those of ``others`` do.
    """
    stamps = [stamp for stamp in _stamps(folder) if stamp.plan_id == plan_id]
    chosen = [stamp for stamp in stamps if stamp.round == round] or (stamps if others else [])
    if not chosen:
        return None
    by_unit = {stamp.unit: stamp for stamp in chosen}
    return [
        Duty(duty.task, stamp.unit, duty.role, duty.via, duty.due)
        for stamp in by_unit.values()
        for duty in stamp.duties
    ]


def _stamps(folder: Path) -> list[Stamp]:
    """The stamps of every form in the folder; of two for one unit the last is the one as issued."""
    if not folder.is_dir():
        return []
    paths = sorted(
        path for path in folder.glob("*.xlsx") if path.stat().st_size <= _LARGEST and not path.name.startswith("~$")
    )
    sealed = {path for path in paths if opc.untouched(path)}
    edited = [path for path in paths if path not in sealed]
    stamps = [outcome.value for outcome in pool.run(_read_stamp, edited)] + [
        _own_stamp(p) for p in paths if p in sealed
    ]
    return [stamp for stamp in stamps if stamp is not None]


def _read_stamp(path: Path) -> Stamp | None:
    """The stamp of a form that somebody saved since."""
    return first_stamp(containers.read(path, path.name))


def _own_stamp(path: Path) -> Stamp | None:
    """The stamp of a form that is still as it was written, without reading the whole of it."""
    parts = opc.read_parts(path.read_bytes())
    texts = {match for name, data in parts.items() if name.endswith(".xml") for match in _STAMP.findall(data)}
    stamps = filter(None, (Stamp.decode(text.decode()) for text in sorted(texts)))
    return max(stamps, key=lambda stamp: len(stamp.duties), default=None)
