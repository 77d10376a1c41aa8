"""The office's own hand: decisions (审核) and corrections (A28), and how long they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from toolkit.entry_cells import TASK_CELLS, EntryCells, same_text, shown
from toolkit.findings import ledger as found
from toolkit.model import ENTRY_FIELDS, Correction, Decision, Entry, Finding, Verdict
from toolkit.rounds.carry import Key
from toolkit.survey import said_rows


def corrected(
    entry: Entry, chain: Iterable[Correction], cells: EntryCells = TASK_CELLS
) -> tuple[Entry, list[Correction], list[Finding]]:
    """An entry as it came, with the corrections of its cells in the order they were made.

    Returns the entry as it shall stand, the corrections that hold, and what is to be said: of each cell the last
    correction holds, also when the unit has sent something else since; then both are told.  One of a row that the
    unit no longer sends holds no more.
    """
    by_cell: dict[str, list[Correction]] = {}
    for correction in chain:
        by_cell.setdefault(correction.field, []).append(correction)
    holding, findings = [], []
    for name, made in by_cell.items():
        last, came = made[-1], cells.shown(entry, name)
        if came is None and made[0].old:
            findings.append(_about_lost(entry, made, cells))
            continue
        came = came or ""
        if same_text(came, last.new):
            continue
        holding.append(replace(last, old=came))
        findings.append(_about_correction(entry, came, made, cells))
        entry = cells.mended(entry, name, last.new)
    return entry, holding, findings


def _about_correction(entry: Entry, came: str, made: list[Correction], cells: EntryCells) -> Finding:
    """That a correction holds, or that it holds against something newer."""
    last, column = made[-1], cells.label(made[-1].field)
    unit, task = entry.unit, entry.task
    if any(same_text(came, correction.old) for correction in made):
        why = last.why or "未写"
        return found.CORRECTED.at(unit=unit, task=task, column=column, old=came, new=last.new, on=last.on, why=why)
    old = made[0].old
    return found.CORRECTION_OUTDATED.at(unit=unit, task=task, column=column, old=old, kept=last.new, new=came)


def _about_lost(entry: Entry, made: list[Correction], cells: EntryCells) -> Finding:
    """That the row a correction was made in is gone."""
    column = cells.label(made[-1].field)
    return found.CORRECTION_LOST.at(unit=entry.unit, task=entry.task, column=column, old=made[0].old, new=made[-1].new)


def standing_decisions(
    decided: Mapping[Key, tuple[Decision, Entry | None]], entries: Mapping[Key, Entry]
) -> tuple[dict[Key, Decision], list[Finding]]:
    """The decisions that still hold, each given with the entry it was made about.

    A decision is about what stood there: when the unit has sent something else since, it holds no more, which is
    said.
    """
    standing, findings = {}, []
    for key, (decision, about) in decided.items():
        now = entries.get(key)
        if now is None or decision.verdict is None:
            continue
        if now.carried or about is None or _content(about) == _content(now):
            standing[key] = decision
        elif decision.verdict is Verdict.RETURNED:
            findings.append(found.RESUBMITTED.at(unit=now.unit, task=now.task))
        else:
            verdict = decision.verdict.label
            findings.append(found.DECISION_LAPSED.at(unit=now.unit, task=now.task, verdict=verdict))
    return standing, findings


def _content(entry: Entry) -> tuple[str, ...]:
    filled = (text for row in said_rows(entry.rows) for said in row for text in said)
    return (entry.state.value, entry.status_text, *(shown(entry, field) for field in ENTRY_FIELDS), *filled)
