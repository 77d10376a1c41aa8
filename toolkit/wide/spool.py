"""Returned files on disk: of each only what the whole round needs to know stays in memory."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from toolkit.containers import pool
from toolkit.containers.walk import Met
from toolkit.gathering import Ground, Reader, read_file, reader_of, to_open, unread_file
from toolkit.identity import Stamp, StampedDuty
from toolkit.intake.collect import Returned
from toolkit.intake.reading import Answer, Count, Form, Reading, Row
from toolkit.model import Extra, Finding, Progress, no_progress
from toolkit.runs import RunWriter, Shelf, Spot, packed, packs

packs(Returned, Reading, Form, Row, Answer, Count, Extra, Finding, Stamp, StampedDuty)


@dataclass(frozen=True, slots=True)
class Slip:
    """What is known of a file without looking into what it says."""

    units: tuple[str, ...] = ()
    """Every unit that its forms name or claim."""
    stamps: tuple[Stamp, ...] = ()
    """Without their units and duties."""
    modified: datetime | None = None
    """The saved time that the file itself states."""
    by_name: bool = False
    """Whether its name may have to tell whose it is."""

    @classmethod
    def of(cls, returned: Returned) -> Slip:
        """The slip of a file."""
        if returned.reading is None:
            return cls(by_name=True)
        forms = returned.reading.forms
        named = dict.fromkeys(unit for form in forms for unit in (form.unit, *form.claimed) if unit)
        stamps = tuple(replace(form.stamp, unit="", duties=()) for form in forms if form.stamp)
        unnamed = not forms or any(not form.unit and not form.claimed for form in forms)
        return cls(tuple(named), stamps, returned.reading.modified, unnamed)


@dataclass(frozen=True)
class _SlipReader:
    """Reads a file in a worker and packs what it says there, so that the parent need not unpack it."""

    reader: Reader

    def __call__(self, met: Met) -> tuple[Slip, bytes]:
        """Its slip, and the packed :class:`Returned`."""
        returned = read_file(met, self.reader(met), None)
        return Slip.of(returned), packed(returned)


class Spool:
    """What the files of a round say, on disk, by their place among all files."""

    def __init__(self, path: Path, count: int) -> None:
        self.path = path
        self.spots: list[Spot] = [(0, 0)] * count
        self.units: list[tuple[str, ...]] = [()] * count
        """The units each file names."""
        self.by_name: set[int] = set()
        """Files whose names may have to tell whose they are."""
        self.stamps: list[Stamp] = []
        self.newest: datetime | None = None
        """The latest saved time that any file states."""
        self._same_units: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._same_stamps: dict[Stamp, Stamp] = {}

    def note(self, place: int, slip: Slip, spot: Spot) -> None:
        """Keep where a file stands, and its slip; equal units and stamps are kept once."""
        self.spots[place] = spot
        self.units[place] = self._same_units.setdefault(slip.units, slip.units)
        self.stamps += [self._same_stamps.setdefault(stamp, stamp) for stamp in slip.stamps]
        if slip.by_name:
            self.by_name.add(place)
        if slip.modified is not None and (self.newest is None or slip.modified > self.newest):
            self.newest = slip.modified


def spooled(
    met: Sequence[Met],
    ground: Ground,
    shelf: Shelf,
    *,
    own: Sequence[Path] = (),
    jobs: int | None = None,
    executor: Executor | None = None,
    password: str | None = None,
    progress: Progress = no_progress,
) -> Spool:
    """What every file that was met says, put on the shelf; like :func:`toolkit.gathering.read_all`."""
    form_like, ours = to_open(met, own)
    opened = {item.path for item in form_like}
    places = {item.path: place for place, item in enumerate(met)}
    spool = Spool(shelf.place(), len(met))
    reader = _SlipReader(reader_of(ground, password, judging=True))
    with RunWriter(spool.path) as writer:

        def keep(item: Met, returned: Returned) -> None:
            spool.note(places[item.path], Slip.of(returned), writer.value(returned))

        for item in met:
            if item.path not in opened:
                keep(item, unread_file(item, ours=item.path in ours))
        outcomes = pool.run(
            reader, form_like, jobs=jobs, executor=executor, progress=progress, label=lambda item: item.path
        )
        for outcome in outcomes:
            if outcome.value is None:
                keep(outcome.item, read_file(outcome.item, None, outcome.finding))
            else:
                slip, data = outcome.value
                spool.note(places[outcome.item.path], slip, writer.bytes(data))
    return spool
