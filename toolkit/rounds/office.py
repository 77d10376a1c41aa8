"""The office's own hand: decisions (审核) and corrections (A28), and how long they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from toolkit.figures import word_of
from toolkit.findings import ledger as found
from toolkit.model import ENTRY_FIELDS, Correction, Decision, Entry, Finding, State, Verdict
from toolkit.rounds.carry import Key
from toolkit.vocabulary import BY_WORD

LABELS = dict(zip(ENTRY_FIELDS, ("完成情况", "进展说明", "佐证材料", "完成日期", "备注"), strict=True))
"""Field of an entry → what messages call it."""


def shown(entry: Entry, field: str) -> str:
    """A field as 明细 shows it."""
    if field == "status":
        return word_of(entry)
    if field == "done_on":
        return entry.done_on.isoformat() if entry.done_on else entry.done_on_text
    text: str = getattr(entry, field)
    return text


def applied(entry: Entry, corrections: Iterable[Correction]) -> Entry:
    """The entry as the office mended it; what the unit typed stays beside the status word."""
    changed: dict[str, Any] = {}
    for correction in corrections:
        if correction.field == "status":
            changed["status"] = correction.new if correction.new in BY_WORD else None
        elif correction.field == "done_on":
            changed |= {"done_on": _day(correction.new), "done_on_text": correction.new}
        else:
            changed[correction.field] = correction.new
    mended = replace(entry, **changed)
    said = any(shown(mended, field) for field in ENTRY_FIELDS if field != "status") or mended.status is not None
    return replace(mended, state=State.REPORTED) if changed and said else mended


def corrected(entry: Entry, chain: Iterable[Correction]) -> tuple[Entry, list[Correction], list[Finding]]:
    """An entry as it came, with the corrections of its fields in the order they were made.

    Returns the entry as it shall stand, the corrections that hold, and what is to be said: of each field the last
    correction holds, also when the unit has sent something else since; then both are told.
    """
    by_field: dict[str, list[Correction]] = {}
    for correction in chain:
        by_field.setdefault(correction.field, []).append(correction)
    holding, findings = [], []
    for field, made in by_field.items():
        last, came = made[-1], shown(entry, field)
        if same_text(came, last.new):
            continue
        holding.append(replace(last, old=came))
        findings.append(_about_correction(entry, came, made))
    return applied(entry, holding), holding, findings


def _about_correction(entry: Entry, came: str, made: list[Correction]) -> Finding:
    """That a correction holds, or that it holds against something newer."""
    last, column = made[-1], LABELS[made[-1].field]
    unit, task = entry.unit, entry.task
    if any(same_text(came, correction.old) for correction in made):
        why = last.why or "未写"
        return found.CORRECTED.at(unit=unit, task=task, column=column, old=came, new=last.new, on=last.on, why=why)
    old = made[0].old
    return found.CORRECTION_OUTDATED.at(unit=unit, task=task, column=column, old=old, kept=last.new, new=came)


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


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same: an office program may change blanks and line ends."""
    return one == other or "".join(one.split()) == "".join(other.split())


def _content(entry: Entry) -> tuple[str, ...]:
    return (entry.state.value, entry.status_text, *(shown(entry, field) for field in ENTRY_FIELDS))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
