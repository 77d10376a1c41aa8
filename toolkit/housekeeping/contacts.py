"""Contacts that units told in a survey → the register: into free cells of a copy, never over what the office has."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from toolkit import containers, keeping, opc
from toolkit.containers.content import Content
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as output_found
from toolkit.findings import plan as plan_found
from toolkit.findings import survey as found
from toolkit.language.text import essence
from toolkit.model import Collection, Entry, Finding, Json, Progress, no_progress
from toolkit.sample.packages import restamped
from toolkit.survey import Field, FieldType, Survey
from toolkit.workbooks import roster_book, summary_book
from toolkit.workbooks.marked_book import custom_properties
from toolkit.workbooks.roster_reader import UnitCell

CONTACT, PHONE = "联系人", "电话"
_CONTACT_NAMES = ("联系人", "联系人姓名", "联络员", "联络员姓名", "联络人", "经办人", "经办人姓名", "具体联系人")
_PHONE_NAMES = ("联系电话", "办公电话", "联系人电话", "电话", "联系方式", "经办人电话", "电话号码", "座机")
_MOBILE_NAMES = ("手机", "手机号", "手机号码", "联系人手机", "移动电话")


@dataclass(frozen=True, slots=True)
class ContactsResult:
    """What went into the register."""

    path: Path
    filled: tuple[tuple[str, str, str], ...]
    """Unit, column, and what was written."""
    findings: tuple[Finding, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The copy of the register."""
        return (self.path,)

    def to_json(self) -> Json:
        """What was written where, and what was left alone."""
        return {
            "path": str(self.path),
            "filled": [{"unit": unit, "column": column, "value": value} for unit, column, value in self.filled],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        units = len({unit for unit, _, _ in self.filled})
        columns = Counter(column for _, column, _ in self.filled)
        counts = "、".join(f"{word} {columns[word]} 个" for word in (CONTACT, PHONE))
        return [
            f"填进了 {units} 个单位的{counts}：{self.path}",
            "原来的名录没有改动；核对后用这份代替原来的名录。",
        ]


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a unit told for one column of the register."""

    unit: str
    word: str
    value: str


def contacts(
    summary: Path,
    out: Path,
    *,
    roster: Path,
    contact: str | None = None,
    phone: str | None = None,
    overwrite: bool = False,
    progress: Progress = no_progress,
) -> ContactsResult:
    """Fill 联系人 and 电话 of the register ``roster`` from a survey's ``summary`` and write the copy ``out``.

    ``contact`` and ``phone`` name the fields; without them they are known by their names and types.  A cell that
    holds something else is kept, and said, unless ``overwrite``.  Raises :class:`CannotDo`, with nothing written,
    when the summary is none of a survey or the register cannot be read.
    """
    if out.resolve() in (roster.resolve(), summary.resolve()):
        raise CannotDo(output_found.OUT_IS_INPUT.at(path=out.name))
    if not roster.is_file():
        raise CannotDo(plan_found.NO_ROSTER.at(path=roster.name))
    collection = summary_book.read(summary)
    survey = collection.plan.survey
    if survey is None:
        raise CannotDo(found.NOT_A_SURVEY.at(path=summary.name))
    sources = _sources(survey, contact, phone)
    register = containers.read(roster, roster.name)
    roster_book.examine_bytes(roster.read_bytes(), roster.name)
    findings: list[Finding] = []
    wishes = [wish for entry in collection.entries for wish in _wishes(entry, sources, findings)]
    cells, filled = _settled(wishes, register, findings, overwrite=overwrite)
    if not filled:
        findings.append(found.EVERYTHING_FREE.at())
    placed = keeping.put(out, _with_cells(roster, cells, collection))
    if placed.kept:
        findings.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    return ContactsResult(placed.path, tuple(filled), tuple(worst_first(findings)))


# --- which fields ---------------------------------------------------------------------------


def _sources(survey: Survey, contact: str | None, phone: str | None) -> dict[str, list[Field]]:
    """Column of the register → the fields that may tell it, the first that is filled in counting."""
    named = {CONTACT: contact, PHONE: phone}
    by_name = {essence(field.name): field for field in survey.fields}
    refused = [name for name in named.values() if name and essence(name) not in by_name]
    if refused:
        names = "、".join(field.name for field in survey.fields)
        raise CannotDo(*(found.CONTACT_FIELD_UNKNOWN.at(name=name, names=names) for name in refused))
    sources = {
        CONTACT: _known(survey.fields, _CONTACT_NAMES, ()),
        PHONE: _known(survey.fields, (*_PHONE_NAMES, *_MOBILE_NAMES), (FieldType.PHONE, FieldType.MOBILE)),
    }
    sources |= {word: [by_name[essence(name)]] for word, name in named.items() if name}
    if not any(sources.values()):
        raise CannotDo(found.NO_CONTACT_FIELDS.at())
    return sources


def _known(fields: Sequence[Field], names: Sequence[str], types: Sequence[FieldType]) -> list[Field]:
    """Fields of these names in the order of the names; where there are none, the first of the types; no fax."""
    keys = [essence(name) for name in names]
    own = sorted((field for field in fields if essence(field.name) in keys), key=lambda f: keys.index(essence(f.name)))
    typed = [field for kind in types for field in fields if field.type is kind and "传真" not in field.name]
    return own or typed[:1]


def _wishes(entry: Entry, sources: dict[str, list[Field]], findings: list[Finding]) -> Iterator[_Wish]:
    """What one unit told: of several rows the first that tells it."""
    told = []
    for word, fields in sources.items():
        for field in fields:
            cells = [cell for row in entry.rows for cell in row if cell.field == field.name]
            value = next((cell.value for cell in cells if cell.value and essence(cell.value)), "")
            if value:
                told.append(_Wish(entry.unit, word, value))
                break
    if told and len(entry.rows) > 1:
        findings.append(found.CONTACT_SEVERAL.at(unit=entry.unit, count=len(entry.rows)))
    yield from told


# --- into the register ------------------------------------------------------------------------


def _settled(
    wishes: Sequence[_Wish], register: Content, findings: list[Finding], *, overwrite: bool
) -> tuple[list[tuple[UnitCell, str]], list[tuple[str, str, str]]]:
    """The cells to write, and what was filled in; what stands in the way is said."""
    places = roster_book.unit_cells(register, (CONTACT, PHONE))
    cells: list[tuple[UnitCell, str]] = []
    filled: list[tuple[str, str, str]] = []
    strangers: dict[str, None] = {}
    for wish in wishes:
        place = places.get((wish.unit, wish.word))
        if place is None:
            strangers[wish.unit] = None
            continue
        if place.text and essence(place.text) != essence(wish.value):
            kind = found.CONTACT_REPLACED if overwrite else found.CONTACT_KEPT
            findings.append(kind.at(unit=wish.unit, word=wish.word, old=place.text, new=wish.value))
        if not place.text or (overwrite and essence(place.text) != essence(wish.value)):
            cells.append((place, wish.value))
            filled.append((wish.unit, wish.word, wish.value))
    findings += [found.CONTACT_NOT_IN_ROSTER.at(unit=unit) for unit in strangers]
    return cells, filled


def _with_cells(roster: Path, cells: Sequence[tuple[UnitCell, str]], collection: Collection) -> bytes:
    """The register with these cells filled in; everything else stays as the clerk has it."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(roster)
    except Exception as fault:
        raise CannotDo(found.ROSTER_NOT_XLSX.at(path=roster.name)) from fault
    for place, value in cells:
        cell = book[place.sheet].cell(place.row + 1, place.column + 1)
        cell.value = value
        cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    moment = datetime.combine(collection.as_of, time(12), UTC).replace(tzinfo=None)
    parts = opc.read_parts(restamped(stream.getvalue(), moment))
    return opc.write_parts(opc.sealed(parts, custom_properties(book)))
