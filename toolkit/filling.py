"""What a working folder (台账文件夹) gives to a command that leaves something out.

A surface asks first for the :class:`~toolkit.desk.Desk` a command works at, then for its missing arguments.  A plan
or summary that is named says where the work is done; otherwise the folder of the returns, or the current one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toolkit import desk as desks
from toolkit import ledger as ledgers
from toolkit.desk import Desk, around
from toolkit.findings import CannotDo
from toolkit.findings import command as command_found
from toolkit.findings import ledger as found
from toolkit.language.periods import period_end
from toolkit.registry.command import Argument, Command, Given


def desk_of(command: Command, given: Mapping[str, Any], here: Path, now: datetime, who: str) -> Desk | None:
    """The desk a command works at, ``None`` where no working folder is concerned."""
    told = {argument.given: given[argument.name] for argument in command.arguments if argument.name in given}
    kinds = {argument.given for argument in command.arguments}
    folder: Path | None
    if Given.FOLDER in told:
        folder = told[Given.FOLDER]
    elif Given.PLAN in told or Given.SUMMARY in told:
        folder = around(told.get(Given.PLAN) or told[Given.SUMMARY])
    elif Given.PLACE in told and not kinds & {Given.PLAN, Given.SUMMARY}:
        folder = around(told[Given.PLACE].parent)
    else:
        returns = [place for place in told.get(Given.RETURNS) or () if isinstance(place, Path)]
        folder = next((place for place in map(around, returns) if place), None) or around(here)
    return Desk(folder, now, who) if folder else None


def filled(command: Command, given: Mapping[str, Any], desk: Desk | None) -> dict[str, Any]:
    """The arguments of a command with what the desk gives for those left out.

    Raises :class:`CannotDo` when one that is required is still missing, or the folder has nothing to give.
    """
    whole = {argument.name: given[argument.name] for argument in command.arguments if argument.name in given}
    for argument in command.arguments:
        if argument.name in whole or argument.given is None:
            continue
        if desk is not None:
            whole.update(_from(desk, argument, whole))
        if argument.required and argument.name not in whole and not (desk and argument.given is Given.PLACE):
            name = argument.flag or argument.metavar
            raise CannotDo(command_found.MISSING_ARGUMENT.at(name=name, command=command.name))
    passed = {a.name: whole[a.name] for a in command.arguments if a.name in whole and a.given is not Given.FOLDER}
    return passed | ({"desk": desk} if command.at_desk else {})


def _from(desk: Desk, argument: Argument, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the folder gives for one argument, nothing where it may stay left out."""
    match argument.given:
        case Given.PLAN:
            return _plan(desk, argument, given)
        case Given.RETURNS:
            return _returns(desk, argument.name, given.get("round"))
        case Given.SUMMARY:
            return {argument.name: last_summary(desk)}
    return {}


def _plan(desk: Desk, argument: Argument, given: Mapping[str, Any]) -> dict[str, Any]:
    """The folder's plan, unless it is itself what is to be looked at."""
    if desk.plan.resolve() in {path.resolve() for path in given.get("paths", ()) if isinstance(path, Path)}:
        return {}
    if desk.plan.is_file():
        return {argument.name: desk.plan}
    if argument.required:
        raise CannotDo(found.NO_PLAN.at())
    return {}


def _returns(desk: Desk, name: str, round: str | None) -> dict[str, Any]:
    """回收 of the round named, else of the last round that something came back for, and its name."""
    whole = desk.folder / desks.RETURNS
    if not whole.is_dir():
        raise CannotDo(found.NO_RETURNS.at(path=desks.RETURNS))
    rounds = [round] if round else _rounds(desk)
    came = [known for known in rounds if _has_files(desk.returns(known))]
    if came:
        return {name: (desk.returns(came[0]),), "round": came[0]}
    loose = any(path.is_file() for path in whole.iterdir())
    if loose or not rounds or not desk.returns(rounds[0]).is_dir():
        return {name: (whole,)} | ({"round": round} if round else {})
    return {name: (desk.returns(rounds[0]),), "round": rounds[0]}


def _rounds(desk: Desk) -> list[str]:
    """The rounds of the ledger, else those that 回收 has folders for; the newest first."""
    with ledgers.reading(desk.folder) as ledger:
        known = [round.name for round in reversed(ledger.rounds())]
    folders = [path.name for path in (desk.folder / desks.RETURNS).iterdir() if path.is_dir()]
    return known or sorted(folders, key=lambda name: (period_end(name) or date.min, name), reverse=True)


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.is_file() for path in folder.rglob("*"))


def last_summary(desk: Desk, round: str | None = None) -> Path:
    """The summary written last of the round, else of the last round that has one.  Raises :class:`CannotDo`."""
    with ledgers.reading(desk.folder) as ledger:
        for name in [round] if round else [known.name for known in reversed(ledger.rounds())]:
            merged = ledger.last_merge(name)
            path = desk.folder / merged.summary if merged else None
            if path is not None and path.is_file():
                return path
    raise CannotDo(found.NO_SUMMARY.at())
