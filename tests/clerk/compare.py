"""Holds what ``merge --json`` says against what the units typed.

An entry is right when every field says what was typed and names the cell it came from.  What is not right
must be accounted for: a finding about that entry or its file, or the text shown among the extras.  A value
that differs from what was typed needs a finding that names the very entry; being silent is the one thing
that is never allowed.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from clerk.parcel import Parcel, Told
from clerk.truth import LABELS, is_told, text_of, tidy, typed
from toolkit.sample.answers import Answer

_RANK = {"error": 0, "warning": 1, "note": 2}
_NOTHING = Answer()
_OF_RULES = "rules."
"""Findings of the rules judge what was answered; they do not account for what was not read."""
_TAKEN = ("merged", "superseded", "duplicate")
_WORD = re.compile(r"[0-9A-Z]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that merge got wrong."""

    unit: str
    what: str


@dataclass
class Verdict:
    """What became of one parcel."""

    parcel: Parcel
    recovered: int = 0
    """Entries of which every field is right."""
    accounted: int = 0
    """Entries that are not, and of which a finding tells."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """For the table of damages."""
        if self.faults:
            return "FAULT"
        return "recovered" if not self.accounted else "reported" if not self.recovered else "recovered, rest reported"


class Books:
    """A merge JSON, looked up by unit and file."""

    def __init__(self, result: dict[str, Any]) -> None:
        self.result = result
        self.findings: list[dict[str, Any]] = result["findings"]

    @cached_property
    def entries(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Unit and 编码 → entry."""
        return {(entry["unit"], entry["task"]): entry for entry in self.result["entries"]}

    def about(self, parcel: Parcel) -> list[dict[str, Any]]:
        """The findings about a unit or any of its files."""
        paths = set(parcel_paths(parcel))
        return [f for f in self.findings if f["unit"] == parcel.unit or (f["path"] and f["path"] in paths)]

    def extras_of(self, parcel: Parcel) -> str:
        """Every text shown among the extras of a parcel's files."""
        paths = set(parcel_paths(parcel))
        return "\n".join(str(v) for extra in self.result["extras"] if extra["path"] in paths for v in extra["values"])

    def is_refused(self, parcel: Parcel) -> bool:
        """Whether the parcel's form was not taken, and an error says so."""
        form = f"{parcel.folder}{parcel.name}"
        outcomes = {f["path"]: f["outcome"] for f in self.result["files"]}
        paths = {path for path in parcel_paths(parcel) if path.startswith(form)}
        errors = {f["path"] for f in self.findings if f["severity"] == "error"}
        return bool(paths & errors) and not any(outcomes.get(path) in _TAKEN for path in paths)


def parcel_paths(parcel: Parcel) -> Iterator[str]:
    """How ``files`` must name everything a parcel sent."""
    yield from parcel.files
    for inner in parcel.inside:
        yield f"{parcel.folder}{parcel.name}!/{inner}"


def unbalanced(result: dict[str, Any], parcels: Iterable[Parcel]) -> list[str]:
    """What is wrong with the books as a whole: files and entries that are missing, twice, or not ours."""
    parcels = list(parcels)
    wrong = []
    for what, expected, found in (
        ("file", [p for parcel in parcels for p in parcel_paths(parcel)], [f["path"] for f in result["files"]]),
        (
            "entry",
            [f"{parcel.unit} {code}" for parcel in parcels for code in parcel.codes],
            [f"{entry['unit']} {entry['task']}" for entry in result["entries"]],
        ),
        ("unit", [parcel.unit for parcel in parcels], [unit["unit"] for unit in result["units"]]),
    ):
        count = Counter(found)
        count.subtract(Counter(expected))
        wrong += [f"{what} {name}: {n:+d}" for name, n in count.items() if n]
    allowed = range(len(result["findings"]))
    wrong += [
        f"{f['path']}: findings {f['findings']}" for f in result["files"] if not set(f["findings"]) <= set(allowed)
    ]
    return wrong


def judge(books: Books, parcel: Parcel, *, strict: bool) -> Verdict:
    """Hold one parcel against the books.

    ``strict``: whatever the damages did not destroy must be recovered and what they make known must be found;
    otherwise (pairs of damages) accounting for it is enough.
    """
    verdict = Verdict(parcel)
    about = books.about(parcel)
    for code in parcel.codes:
        problems = list(_problems(books, parcel, code, strict=strict))
        verdict.faults += [Fault(parcel.unit, f"{code}: {problem}") for problem in problems]
        entry = books.entries.get((parcel.unit, code))
        right = entry is not None and all(is_told(entry, _truth(parcel, code), name) for name in _told_in(parcel, code))
        verdict.recovered += right
        verdict.accounted += not right and not problems
    if strict:
        verdict.faults += [Fault(parcel.unit, what) for what in _expectations(books, parcel, about)]
    verdict.faults += [Fault(parcel.unit, f"not shown: {text}") for text in _dropped(books, parcel, about)]
    return verdict


def _truth(parcel: Parcel, code: str) -> Answer:
    return parcel.answers.get(code, _NOTHING)


def _told_in(parcel: Parcel, code: str) -> list[str]:
    """The fields of an entry that can be compared as text."""
    return [name for name in LABELS if not (name == "evidence" and code in parcel.pictured)]


def _problems(books: Books, parcel: Parcel, code: str, *, strict: bool) -> Iterator[str]:
    entry, truth = books.entries.get((parcel.unit, code)), _truth(parcel, code)
    if entry is None:
        yield "no such entry"
        return
    if code in parcel.pictured and not text_of(entry, "evidence") and entry["state"] == "reported":
        yield "the picture is not counted as evidence"
    for name in _told_in(parcel, code):
        if is_told(entry, truth, name):
            if typed(truth, name):
                yield from _source_problems(parcel, entry, code, name)
            continue
        shown = f"{name}: typed {typed(truth, name)!r}, got {text_of(entry, name)!r} ({entry['state']})"
        excused = parcel.refused or parcel.doubtful or (code, name) in parcel.lost
        if strict and not excused:
            yield shown
        elif not _accounted(books, parcel, entry, name):
            yield f"{shown}, and nothing tells of it"


def _accounted(books: Books, parcel: Parcel, entry: dict[str, Any], name: str) -> bool:
    """Whether a field that is not what was typed is told of: by its task or cell, by the refusal of the form, or,
    where nothing wrong is shown, by its column or among the extras."""
    truth = tidy(str(typed(_truth(parcel, entry["task"]), name)))
    told = [f for f in books.about(parcel) if f["severity"] != "note" and not f["code"].startswith(_OF_RULES)]
    cell = entry["sources"].get(name, {}).get("cell")
    named = any(
        entry["task"] in (f["task"], *_WORD.findall(f["message"]))
        or (cell and f["path"] and cell in _WORD.findall(f"{f['cell'] or ''} {f['message']}"))
        for f in told
    )
    if named or books.is_refused(parcel):
        return True
    if text_of(entry, name) not in ("", truth):
        return False
    whole_column = any(f["path"] and f["task"] is None and LABELS[name] in f["message"] for f in told)
    return whole_column or bool(truth and truth in books.extras_of(parcel))


def _source_problems(parcel: Parcel, entry: dict[str, Any], code: str, name: str) -> Iterator[str]:
    source = entry["sources"].get(name)
    if not source:
        yield f"{name}: no source"
    elif source["path"] not in set(parcel_paths(parcel)):
        yield f"{name}: source in {source['path']}, which the unit did not send"
    elif (code, name) not in parcel.pointing and parcel.data.startswith(b"PK"):
        value = typed(_truth(parcel, code), name)
        held = _cell_text(parcel.files.get(source["path"], b""), source["sheet"], source["cell"])
        if held is not None and isinstance(value, str) and held != tidy(value):
            yield f"{name}: {source['sheet']}!{source['cell']} holds {held!r}, not {value!r}"


_OPENED: dict[int, Any] = {}


def _cell_text(data: bytes, sheet: str, cell: str) -> str | None:
    """The text of a cell as another reader sees it; ``None`` where that reader does not open the file."""
    from openpyxl.utils.cell import coordinate_to_tuple
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        key = hash(data)
        if key not in _OPENED:
            _OPENED.clear()
            _OPENED[key] = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = _OPENED[key].get_sheet_by_name(sheet)
        row, column = coordinate_to_tuple(cell)
        top, left = found.start or (0, 0)
        value = found.to_python(skip_empty_area=True)[row - 1 - top][column - 1 - left]
    except (CalamineError, IndexError, ValueError):
        return None
    return tidy(value) if isinstance(value, str) else None


def _expectations(books: Books, parcel: Parcel, about: list[dict[str, Any]]) -> Iterator[str]:
    """What the damages of a parcel said would be found."""
    for told in parcel.told:
        if not any(_tells(finding, told) for finding in about):
            yield f"expected a finding: {told}"
    outcomes = {f["path"]: f["outcome"] for f in books.result["files"]}
    for name, right in parcel.outcomes.items():
        if (got := outcomes.get(parcel.folder + name)) not in right:
            yield f"{name}: {got}, not {'/'.join(sorted(right))}"
    if not (parcel.told or parcel.lost or parcel.refused or parcel.doubtful or parcel.shown_as_extra):
        yield from (f"an alarm over nothing: {f['message']}" for f in about if _is_alarm(f))
    if parcel.refused and not any(f["severity"] == "error" and f["path"] for f in about):
        yield "refused without a word"
    state = next((unit["state"] for unit in books.result["units"] if unit["unit"] == parcel.unit), None)
    if parcel.silent and state != "missing":
        yield f"unit is {state}, not missing"


def _is_alarm(finding: dict[str, Any]) -> bool:
    """Whether a finding says that something is wrong with a file, other than what the rules say of its answers."""
    return bool(finding["path"]) and finding["severity"] != "note" and not finding["code"].startswith(_OF_RULES)


def _tells(finding: dict[str, Any], told: Told) -> bool:
    text = finding["message"] + finding["advice"]
    return (
        (told.task is None or finding["task"] == told.task)
        and _RANK[finding["severity"]] <= _RANK[told.severity]
        and all(word in text for word in told.words)
    )


def _dropped(books: Books, parcel: Parcel, about: list[dict[str, Any]]) -> list[str]:
    """Texts that belong to no entry and are shown nowhere."""
    if not parcel.shown_as_extra or parcel.refused:
        return []
    own = (entry for (unit, _), entry in books.entries.items() if unit == parcel.unit)
    shown = books.extras_of(parcel) + "".join(str(entry) for entry in own) + "".join(f["message"] for f in about)
    return [text for text in parcel.shown_as_extra if text not in shown]
