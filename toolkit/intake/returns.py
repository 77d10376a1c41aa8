"""One returned file → what it says, cell by cell: :func:`read_return`.

Pure: no input or output, no other file, nothing remembered; it runs in worker processes.  What needs the other
files (which round is collected, which of two files wins) is decided by :mod:`toolkit.intake.collect`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from toolkit.containers.content import Content, Paragraph, cell_name
from toolkit.findings import intake as found
from toolkit.identity import Stamp
from toolkit.intake.answers import short
from toolkit.intake.columns import DUTY_WORDS, Column
from toolkit.intake.grid import Grid, grids
from toolkit.intake.labels import find_round
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Count, Form, Reading, Row
from toolkit.intake.recognise import Table, find_tables
from toolkit.intake.reference import Reference
from toolkit.intake.stamped import issued_texts
from toolkit.intake.surroundings import Head, Strays, read_head, read_people
from toolkit.intake.survey_tables import SurveyTableReader
from toolkit.intake.tables import TableReader
from toolkit.intake.whose import Owner, find_marks, find_stamps, is_stamp_sheet, made_by_us, owner
from toolkit.language.periods import period_end
from toolkit.language.text import essence
from toolkit.model import Extra, Finding


def read_return(content: Content, label: str, reference: Reference) -> Reading:
    """What one returned file says.

    ``label`` is its path as in the result's ``files``; nothing is raised for bad input.  Every cell with content
    is counted as answered, known or reported; an imbalance is a fault of this program and raises ``AssertionError``.
    """
    if made := made_by_us(content):
        return Reading(label, modified=content.modified, made_by_us=made)
    file = _File(content, label, reference)
    forms = file.read()
    if not file.count.balanced:
        raise AssertionError(f"{label}: cells went astray: {file.count}")
    findings = (*(replace(finding, path=label) for finding in content.findings), *file.findings)
    return Reading(label, tuple(forms), tuple(file.extras), findings, file.count, content.modified)


@dataclass
class _Found:
    """A table with what is known about it before its rows are read."""

    table: Table
    head: Head
    owner: Owner
    units: dict[int, str | None] | None = None
    """Unit of each row, of a list of several units."""


@dataclass
class _File:
    """A returned file while it is read."""

    content: Content
    path: str
    reference: Reference
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._strays = Strays(self.path, self.reference)
        self._stamps = find_stamps(self.content, self.reference)
        self._issued = issued_texts(self.content)
        self._marks = find_marks(self.content)
        self._strays.marks = self._marks
        self._tables = 0

    @property
    def count(self) -> Count:
        """Where the cells went."""
        return self._strays.count

    @property
    def extras(self) -> list[Extra]:
        """Cells that belong to no entry."""
        return self._strays.extras

    def read(self) -> list[Form]:
        """The forms of the file; findings, extras and counts gather beside."""
        sheets = [grid for grid in grids(self.content) if not is_stamp_sheet(grid.sheet)]
        by_grid = [(grid, find_tables(grid, self.reference.layout)) for grid in sheets]
        self._tables = sum(len(tables) for _, tables in by_grid)
        met = self._owned([table for _, tables in by_grid for table in tables])
        forms: list[Form] = []
        for grid, tables in by_grid:
            if tables:
                forms.extend(self._read_sheet(grid, [item for item in met if item.table.grid is grid]))
            else:
                self._keep_sheet(grid)
        self._keep_paragraphs()
        if not any(form.rows for form in forms):
            return self._refused_whole()
        self._tell_owners(met, forms)
        if self._strays.unlisted:
            self.findings.append(found.EXTRA_ROWS_UNLISTED.at(path=self.path, count=self._strays.unlisted))
        return forms

    # --- whose tables they are ----------------------------------------------------------

    def _owned(self, tables: list[Table]) -> list[_Found]:
        heads = [
            read_head(table, before if before is not None and before.grid is table.grid else None)
            for before, table in zip([None, *tables], tables, strict=False)
        ]
        alone = len({essence(head.unit) for head in heads if head.unit}) <= 1
        several = len({id(table.grid) for table in tables}) > 1
        met: list[_Found] = []
        for table, head in zip(tables, heads, strict=True):
            above = met[-1] if met and met[-1].table.grid is table.grid and not head.unit else None
            if above is not None and not head.round:
                head = replace(head, round=above.head.round)
            told = above.owner if above else None
            sheet = table.grid.sheet.name
            if told is None:
                told = owner(head.unit, sheet, self._stamps, self.path, self.reference, alone=alone, several=several)
            item = _Found(table, head, told)
            item.units = self._units_of_rows(table, told)
            met.append(item)
        return met

    def _units_of_rows(self, table: Table, told: Owner) -> dict[int, str | None] | None:
        """The unit of each row when the table is a list of several units; a blank cell means the one above.

        A column 责任单位 may only tell who is responsible, so it counts only when nothing else tells a unit.
        """
        place = table.columns.get(Column.UNIT)
        if place is None or Column.UNITS in table.columns:
            return None
        tells_duty = essence(table.headers[place]) in DUTY_WORDS
        if tells_duty and (told.unit is not None or self._stamps):
            return None
        units: dict[int, str | None] = {}
        above = ""
        for row in range(table.body, table.end):
            above = table.grid.shown_below(row, place) or above
            units[row] = self.reference.finder.find(above).name if above else None
        known = set(units.values()) - {None}
        if not (len(known) > 1 or (known and not self._stamps)):
            return None
        if tells_duty:
            cell = cell_name(table.body - 1, place)
            sheet, header = table.grid.sheet.name, table.headers[place]
            self.findings.append(found.UNITS_BY_DUTY.at(path=self.path, sheet=sheet, cell=cell, text=header))
        return units

    # --- reading ------------------------------------------------------------------------

    def _read_sheet(self, grid: Grid, met: list[_Found]) -> list[Form]:
        for row in range(met[0].table.top):
            self._strays.take(grid, row, met[0].owner.unit)
        forms = []
        for item in met:
            table = item.table
            header = sum(1 for row in range(table.top, table.body) for _ in grid.cells(row))
            self._strays.tally(read=header, known=header)
            forms.extend(self._read_table(item))
        self._tell_pictures_and_comments(grid, forms)
        return forms

    def _read_table(self, item: _Found) -> list[Form]:
        table, told = item.table, item.owner
        stamp = self._stamp_of(told) if item.units is None else None
        unit = told.unit if item.units is None else None
        name = self._round(item, stamp)
        year = self._year(stamp, name)
        reads = SurveyTableReader if self.reference.layout.survey else TableReader
        reader = reads(table, unit, stamp, self.reference, self._strays, item.units, self._issued, year)
        read = reader.read()
        self.findings.extend(reader.notes.findings)
        if not any(rows for _, rows in read):
            return []
        people = read_people(self._lines_around(table, reader)) if item.units is None else {}
        return [
            Form(
                unit=row_unit,
                sheet=table.grid.sheet.name,
                rows=rows,
                stamp=stamp if item.units is None else self._stamps.get(row_unit or ""),
                round=name,
                people=tuple(people.items()),
                refusal=self._refusal(item, row_unit, stamp, reader),
                claimed=told.claimed if row_unit is None else (row_unit,),
                beside=table.beside,
                marks=self._marks,
            )
            for row_unit, rows in read
        ]

    def _round(self, item: _Found, stamp: Stamp | None) -> str:
        """The round of a table: the stamp's, but of several tables each may be of its own round and says so above."""
        if stamp is not None and not (self._tables > 1 and item.head.round):
            return stamp.round
        return item.head.round or find_round(PurePosixPath(self.path).name)

    def _year(self, stamp: Stamp | None, name: str) -> int | None:
        """The year in which a date without one falls: that of the round, else of its due date, else of the plan."""
        day = period_end(name) or (stamp.due if stamp else None)
        return day.year if day else self.reference.year

    def _stamp_of(self, told: Owner) -> Stamp | None:
        if told.unit in self._stamps:
            return self._stamps[told.unit]
        if told.unit is None and len(self._stamps) == 1:
            return next(iter(self._stamps.values()))
        return None

    def _lines_around(self, table: Table, reader: TableReader) -> Iterable[Iterable[tuple[int, str]]]:
        yield from reader.lines
        for text in (*table.grid.after, *table.grid.before):
            yield [(0, text)]
        for row in range(table.top):
            yield table.grid.cells(row)

    def _refusal(self, item: _Found, unit: str | None, stamp: Stamp | None, reader: TableReader) -> Finding | None:
        """Why a form cannot be merged whatever the other files say, or ``None``."""
        sheet = item.table.grid.sheet.name
        if stamp is not None and stamp.plan_id != self.reference.plan_id:
            return found.OTHER_PLAN.at(
                path=self.path, sheet=sheet, unit=unit, plan=stamp.plan_id, wanted=self.reference.plan_id
            )
        if item.table.headless and not reader.columns_fit:
            return found.HEADER_LOST.at(path=self.path, sheet=sheet, unit=unit)
        if item.units is None and item.owner.refusal is not None:
            return item.owner.refusal
        if unit is None:
            return found.UNIT_UNKNOWN.at(path=self.path, sheet=sheet, text=self._unknown_names(item))
        if not self.reference.owes(unit) and not (stamp and set(stamp.tasks) & set(self.reference.tasks)):
            return found.NO_TASKS.at(path=self.path, sheet=sheet, unit=unit)
        return None

    def _unknown_names(self, item: _Found) -> str:
        place = item.table.columns.get(Column.UNIT)
        rows = [row for row, unit in (item.units or {}).items() if unit is None]
        names = [item.table.grid.shown_below(row, place) for row in rows] if place is not None else []
        return short("、".join(dict.fromkeys(filter(None, names))) or item.head.unit)

    # --- what belongs to no row -----------------------------------------------------------

    def _keep_sheet(self, grid: Grid) -> None:
        stray = sum(self._strays.take(grid, row, None) for row in range(grid.height))
        if stray:
            name = grid.sheet.name
            self.findings.append(found.EXTRA_SHEET.at(path=self.path, sheet=name, text=name, count=stray))

    def _keep_paragraphs(self) -> None:
        for number, block in enumerate(self.content.blocks, start=1):
            if isinstance(block, Paragraph) and block.text.strip():
                self._strays.take_line(block.text.strip(), f"第{number}段")

    def _tell_pictures_and_comments(self, grid: Grid, forms: list[Form]) -> None:
        sheet = grid.sheet
        rows = {(row.sheet, row.cell): (form.unit, row) for form in forms for row in form.rows}
        by_index = {cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"): item for (_, cell), item in rows.items()}
        notes = Notes(self.path, sheet.name)
        for row, column, name in sheet.pictures:
            if str(row + 1) not in by_index:
                notes.tell(found.STRAY_PICTURE, cell_name(row, column), text=name)
        for (row, column), text in sorted(sheet.notes.items()):
            if self._marks.wrote(text):
                continue
            unit, answered = by_index.get(str(row + 1), (None, None))
            cell = cell_name(row, column)
            notes.about(unit, answered.code if isinstance(answered, Row) else None).tell(
                found.COMMENT, cell, text=short(text)
            )
            self._strays.extras.append(Extra(self.path, sheet.name, cell, unit, (f"批注：{text}",)))
        self.findings.extend(notes.findings)

    # --- what is said about the file as a whole ---------------------------------------------

    def _tell_owners(self, met: list[_Found], forms: list[Form]) -> None:
        for item in met:
            if item.units is None:
                self.findings.extend(finding for finding in item.owner.findings if finding not in self.findings)
        units = {form.unit for form in forms if form.unit is not None}
        if len(units) > 1:
            self.findings.append(found.SEVERAL_FORMS.at(path=self.path, count=len(units)))

    def _refused_whole(self) -> list[Form]:
        """Nothing in the file answers a task: one finding for the whole instead of its cells as extras."""
        self.extras.clear()
        self.findings.clear()
        stamp = next(iter(self._stamps.values()), None)
        read = self.count.read
        if stamp is None:
            if not self.content.findings or read:
                kind = found.NOT_A_FORM if read else found.EMPTY_FILE
                self.findings.append(kind.at(path=self.path, count=read))
            return []
        if stamp.plan_id != self.reference.plan_id:
            wanted = self.reference.plan_id
            refusal = found.OTHER_PLAN.at(path=self.path, unit=stamp.unit, plan=stamp.plan_id, wanted=wanted)
            return [Form(None, "", stamp=stamp, refusal=refusal, claimed=(stamp.unit,))]
        refusal = found.TABLE_LOST.at(path=self.path, unit=stamp.unit, count=read)
        return [Form(None, "", stamp=stamp, refusal=refusal, claimed=(stamp.unit,))]
