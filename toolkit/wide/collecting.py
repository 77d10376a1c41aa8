"""The first pass: each share is collected, and leaves what the others have to know of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.garbage import uncollected
from toolkit.intake.collect import Frame, collect
from toolkit.model import Collection, Duty, Entry, Extra, FileRecord, Finding, Place, Plan, Roster, UnitReport
from toolkit.rules.agreement import AllBehind, note_behind
from toolkit.rules.beyond import Behind
from toolkit.rules.case import Campaign
from toolkit.rules.copies import to_compare
from toolkit.runs import Run, RunWriter, Spot, packs, read
from toolkit.settings import Settings

packs(Collection, Entry, Place, Extra, FileRecord, UnitReport, Finding, Duty)

NOBODY = Roster()
EMPTY = Plan("", ())


@dataclass(frozen=True, slots=True)
class ToCollect:
    """One share, as it is sent to a worker."""

    number: int
    units: tuple[str, ...]
    places: tuple[int, ...]
    """Of its units in the fixed order of all."""
    duties: Sequence[Duty]
    files: tuple[Spot, ...]
    """Where they stand in the spool."""


@dataclass(frozen=True, slots=True)
class Collected:
    """Where the collection of a share lies, and what is known of it."""

    path: str
    collection: Spot
    behind: AllBehind
    """Who is not done; see :class:`toolkit.rules.agreement.Disagreement`."""
    texts: tuple[Run[tuple[str, Sequence[int]]], ...]
    """The wordings to compare, shared out by their shingles."""


Placed = tuple[int, tuple[str, Sequence[int]]]
"""The place of an entry in the whole round, its wording, and the shingles by which others like it are looked for."""


@dataclass(frozen=True)
class Collecting:
    """Collects a share in a worker process."""

    frame: Frame
    """Of the whole round, without units and duties."""
    settings: Settings
    spool: Path
    folder: Path
    count: int
    """Units of the round."""
    portions: int
    """So many portions the wordings are shared out into."""

    @uncollected()
    def __call__(self, share: ToCollect) -> Collected:
        """The share, collected onto the disk."""
        frame = replace(self.frame, units=share.units, duties=share.duties)
        collection = collect(frame, [read(self.spool, spot) for spot in share.files])
        campaign = Campaign(collection, self.settings)
        order = dict(zip(share.units, share.places, strict=True))
        behind: AllBehind = defaultdict(lambda: defaultdict(Behind))
        note_behind(campaign.cases, order, behind)
        texts = self._portions(campaign, order)
        path = self.folder / f"{share.number}.share"
        with RunWriter(path) as writer:
            kept = writer.value(replace(collection, plan=EMPTY, roster=NOBODY))
            told = {task: dict(by_status) for task, by_status in behind.items()}
            return Collected(str(path), kept, told, tuple(map(writer.run, texts)))

    def _portions(self, campaign: Campaign, order: Mapping[str, int]) -> list[list[Placed]]:
        """The wordings to compare, each in the portions of its shingles, with its place in the whole round."""
        portions: list[list[Placed]] = [[] for _ in range(self.portions)]
        tasks = {code: place for place, code in enumerate(campaign.tasks)}
        for entry, wording, sketch in to_compare(campaign):
            place = tasks[entry.task] * self.count + order[entry.unit]
            followed: dict[int, list[int]] = {}
            for shingle in sketch:
                followed.setdefault(shingle % self.portions, []).append(shingle)
            for portion, shingles in followed.items():
                portions[portion].append((place, (wording, shingles)))
        return portions
