"""A document → a plan: the part that divides the work is found, read by its layout, and framed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.containers.content import Content, FileKind, Sheet
from toolkit.containers.grid import Grid
from toolkit.findings import notice as found
from toolkit.language.units import ClauseMemory
from toolkit.model import Finding, Plan
from toolkit.notice.cards import read_cards
from toolkit.notice.drafts import Draft
from toolkit.notice.flat import read_flat
from toolkit.notice.frame import Frame, read_frame
from toolkit.notice.grid import PlacedSheet, read_tables
from toolkit.notice.numbering import read_marker
from toolkit.notice.passages import Passage, opened, passages_of
from toolkit.notice.prose import read_items, read_prose
from toolkit.notice.realign import realigned
from toolkit.notice.records import read_records
from toolkit.notice.rows import left_out_of
from toolkit.notice.tasks import tasks_of, without_units

_NOTE = re.compile(r"\s*[（(]?(?:备?注|说明)\s*[:：]")
"""A note below a table, or in its last row."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one layout made of a document."""

    drafts: list[Draft]
    first: int
    """Passage at which its tasks begin."""
    glued: str = ""
    notes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Columns of its tables that the plan has no place for."""
    above: tuple[str, ...] = ()
    """What its first table prints above its own header."""
    below: tuple[str, ...] = ()
    """What its tables print below their last rows: who signed, and when."""
    labels: tuple[str, ...] = ()
    """The words of its tables' headers."""
    taken: frozenset[int] = frozenset()
    """Paragraphs that are cells below a header, whatever they look like one by one."""


def read_notice(content: Content, doc: str) -> tuple[Plan, list[Finding]]:
    """A plan without codes, each task with ``review`` and ``source``; and what a clerk should know.

    A document in which nothing divides work gives a plan without tasks and a finding of severity error.
    """
    passages = passages_of(content)
    reading = _best_reading(content, passages)
    if not reading.drafts and any(passage.is_table for passage in passages):
        laid_out = opened(passages)
        inside = _best_reading(content, laid_out)
        passages, reading = (laid_out, inside) if inside.drafts else (passages, reading)
    if not reading.drafts:
        reading = _from_tables(content, passages, unnamed=True)
    if not reading.drafts:
        items = read_items(passages)
        reading = _Reading(items.drafts, _first_item(passages), notes=items.notes)
    frame = _frame(passages, reading, doc) if content.blocks else _sheet_frame(content, doc, reading)
    memory = ClauseMemory()
    for text in _rules_about_all(content, passages, reading):
        memory.note(text)
    tasks, members = tasks_of(reading.drafts, doc, frame.year, frame.issued_on, memory)
    plan = Plan(
        title=frame.title,
        tasks=tuple(tasks),
        doc=doc,
        issuer=frame.issuer,
        doc_number=frame.doc_number,
        issued_on=frame.issued_on,
        notes=reading.notes,
        known_units=members,
    )
    findings = list(content.findings)
    if reading.left_out:
        findings.append(found.COLUMNS_LEFT_OUT.at(path=doc, columns="、".join(reading.left_out)))
    if content.kind is FileKind.IMAGE:
        findings.append(found.PICTURE.at(path=doc))
    elif not tasks:
        findings.append(found.NOT_A_NOTICE.at(path=doc))
    elif without_units(tasks):
        findings.append(found.NO_UNITS.at(path=doc, tasks=len(tasks)))
    return plan, findings


def _rules_about_all(content: Content, passages: Sequence[Passage], reading: _Reading) -> Iterator[str]:
    """The texts outside the tasks that may say who leads: those above them, and notes below them or in tables."""
    yield from (passage.text for passage in passages[: reading.first])
    yield from reading.above
    below = (passage.text for passage in passages[reading.first :])
    cells = (sheet.text(row, 0) for sheet in content.tables() for row in range(len(sheet.rows)))
    yield from (text for text in (*below, *cells) if _NOTE.match(text))


def _best_reading(content: Content, passages: Sequence[Passage]) -> _Reading:
    """The reading that finds most: tables, a table that lost its lines, or running text."""
    flat = _from_flat(passages)
    readings = [_from_tables(content, passages), flat, _from_cards(passages), _outside(_from_prose(passages), flat)]
    return max(readings, key=lambda r: _weight(r.drafts))


def _weight(drafts: Sequence[Draft]) -> int:
    """How much of a division of work a reading found: tasks that name units."""
    return sum(1 for draft in drafts if draft.units)


def _from_tables(content: Content, passages: Sequence[Passage], *, unnamed: bool = False) -> _Reading:
    pieces: list[PlacedSheet | Passage] = []
    if content.sheets:
        pieces += [PlacedSheet(sheet, n) for n, sheet in enumerate(content.sheets, 1) if sheet.visible]
    tabular = any(passage.is_table for passage in passages)
    for passage in passages:
        sheet = passage.table or (_typed_row(passage) if tabular else None)
        if sheet is None:
            pieces.append(passage)
        else:
            pieces.append(PlacedSheet(sheet, sum(isinstance(p, PlacedSheet) for p in pieces) + 1, passage.page))
    tables = [realigned(table) for table in read_tables(pieces, unnamed=unnamed)]
    drafts = [draft for table in tables for draft in read_records(table)]
    left_out = dict.fromkeys(name for table in tables for name in left_out_of(table))
    first = next((n for n, passage in enumerate(passages) if passage.is_table), len(passages))
    above = tables[0].above if tables else ()
    below = tuple(text for table in tables for text in table.below)
    labels = tuple(column.label for table in tables for column in table.columns)
    return _Reading(drafts, first, left_out=tuple(left_out), above=above, below=below, labels=labels)


def _typed_row(passage: Passage) -> Sheet | None:
    """A line of cells parted by tabs that stands alone, as a header above a chapter does."""
    if "\t" not in passage.text:
        return None
    grid = Grid("")
    for column, text in enumerate(passage.text.split("\t")):
        grid.set(0, column, text.strip())
    return grid.finish()


def _from_flat(passages: Sequence[Passage]) -> _Reading:
    tables = read_flat(passages)
    if not tables:
        return _Reading([], len(passages))
    drafts = [draft for flat in tables for draft in read_records(flat.table)]
    left_out = dict.fromkeys(name for flat in tables for name in left_out_of(flat.table))
    taken = {passage.number for flat in tables if flat.headed for passage in passages[flat.begin : flat.end]}
    return _Reading(drafts, tables[0].begin, tables[0].title, left_out=tuple(left_out), taken=frozenset(taken))


def _outside(prose: _Reading, flat: _Reading) -> _Reading:
    """What prose makes of a document whose flattened table it does not take apart.

    Where most of its tasks lie among the cells, they are no tasks.
    """
    inside = sum(1 for draft in prose.drafts if draft.source.paragraph in flat.taken)
    return replace(prose, drafts=[]) if flat.drafts and 2 * inside > len(prose.drafts) else prose


def _from_cards(passages: Sequence[Passage]) -> _Reading:
    cards = read_cards(passages)
    if cards is None:
        return _Reading([], len(passages))
    return _Reading(read_records(cards.table), cards.begin, left_out=tuple(left_out_of(cards.table)))


def _from_prose(passages: Sequence[Passage]) -> _Reading:
    prose = read_prose(passages)
    paragraphs = [draft.source.paragraph for draft in prose.drafts if draft.source.paragraph is not None]
    first = min(paragraphs, default=len(passages) + 1)
    place = next((n for n, passage in enumerate(passages) if passage.number >= first), len(passages))
    return _Reading(prose.drafts, _chapter_above(passages, place), notes=prose.notes)


def _chapter_above(passages: Sequence[Passage], place: int) -> int:
    """The first of the numbered lines that stand right above the tasks: their headings."""
    while place > 0 and not passages[place - 1].is_table and read_marker(passages[place - 1].text) is not None:
        place -= 1
    return place


def _first_item(passages: Sequence[Passage]) -> int:
    return next((n for n, p in enumerate(passages) if read_marker(p.text) is not None), len(passages))


def _frame(passages: Sequence[Passage], reading: _Reading, doc: str) -> Frame:
    """The frame of a document; what its first table prints above the header stands last before the tasks."""
    printed = [Passage(text, 0) for text in reading.above]
    signed = [Passage(text, 0) for text in reading.below]
    lines = [*passages[: reading.first], *printed, *passages[reading.first :], *signed]
    return read_frame(lines, reading.first + len(printed), doc, reading.glued, reading.labels)


def _sheet_frame(content: Content, doc: str, reading: _Reading) -> Frame:
    """The frame of a workbook: the lines above its table, and the signature below it."""
    lines = []
    for sheet in content.sheets[:1]:
        for row in range(min(len(sheet.rows), 8)):
            texts = [sheet.text(row, column) for column in range(sheet.width)]
            if sum(map(bool, texts)) > 1:
                break
            lines += [Passage(text, row + 1) for text in texts if text]
    signed = [Passage(text, 0) for text in reading.below]
    return read_frame([*lines, *signed], len(lines), doc, labels=reading.labels)
