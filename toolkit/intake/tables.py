"""One table of a returned file → the forms it holds: rows matched to tasks, answers read, every cell accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.containers.content import cell_name
from toolkit.findings import intake as found
from toolkit.identity import Stamp
from toolkit.intake.agreement import same_text
from toolkit.intake.answers import AnswerReader, answer_origin, short
from toolkit.intake.columns import AnyColumn, Column
from toolkit.intake.copies import join_copies
from toolkit.intake.labels import read_labels
from toolkit.intake.matching import TELLING, Matched, RowTexts, Unmatched, by_code, code_in, match_rows, row_texts
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Answer, Match, Row
from toolkit.intake.recognise import Table
from toolkit.intake.reference import Asked, Reference
from toolkit.intake.remarks import tell_columns, tell_match, tell_merged
from toolkit.intake.stamped import NOTHING_ISSUED, heading
from toolkit.intake.surroundings import Strays
from toolkit.language.text import essence
from toolkit.model import Role

_CHECKED = (
    *(Column.NUMBER, Column.TITLE, Column.REQUIREMENT, Column.DEADLINE, Column.HINT),
    Column.ROLE,
)
"""The locked columns whose texts are compared with the plan's, in the order in which changes are told."""


@dataclass(slots=True)
class BodyRow:
    """A row that may answer a task."""

    index: int
    cells: list[tuple[int, str]]
    texts: RowTexts
    unit: str | None
    matched: Matched | Unmatched
    as_issued: bool = False
    """Its code and all its locked texts are those of one of the unit's tasks, letter for letter: most rows are."""


class TableReader:
    """Reads one table.

    ``units`` tells the unit of each row where the table is a list of several, ``issued`` the locked texts of each
    task as the form was issued with them, ``year`` the one in which dates without a year fall.
    """

    def __init__(
        self,
        table: Table,
        unit: str | None,
        stamp: Stamp | None,
        reference: Reference,
        strays: Strays,
        units: Mapping[int, str | None] | None = None,
        issued: Mapping[str, Mapping[Column, str]] = NOTHING_ISSUED,
        year: int | None = None,
    ) -> None:
        self._table = table
        self._grid = table.grid
        self._sheet = table.grid.sheet
        self._unit = unit
        self._stamp = stamp
        self._reference = reference
        self._strays = strays
        self._units = units
        self._issued = issued
        self._year = year
        self._notes = Notes(strays.path, self._sheet.name)
        self._coded = self._fitting = 0
        self._owed_by: dict[str | None, Mapping[str, Role]] = {}
        self._columns = {place: name for name, place in table.columns.items()}
        self._filled = frozenset(table.columns[name] for name in table.layout.filled_in if name in table.columns)
        self._usual = frozenset(place for place, name in self._columns.items() if name is not Column.PROBLEM)
        self._checked = tuple([column for column in _CHECKED if column in table.columns])
        self._is_whole = all(column in table.columns for column in TELLING)
        self._checked_places = [table.columns[column] for column in self._checked]
        self._locked = reference.locked_by(self._checked)
        self._previous = table.columns.get(Column.PREVIOUS)
        self._pictures: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row, column, name in self._sheet.pictures:
            self._pictures[row].append((column, name))
        self._tallies: dict[tuple[int, ...], tuple[int, bool]] = {}
        """Columns with content in a row → how many of them answer, and whether all are columns of the form."""
        self.lines: list[list[tuple[int, str]]] = []
        """Label lines met in the table's region: the people below it."""

    @property
    def notes(self) -> Notes:
        """What is to be said about the table."""
        return self._notes

    @property
    def columns_fit(self) -> bool:
        """Whether the requirements stand where they are looked for, in most rows that have a code."""
        return 2 * self._fitting >= self._coded

    def read(self) -> list[tuple[str | None, tuple[Row, ...]]]:
        """The rows of each unit in the table, in the order of the table."""
        body = self._matched(list(self._body()))
        numbers = [(row.index, row.texts.number) for row in body if row.texts.number]
        answers = AnswerReader(self._table, self._reference, numbers, self._year)
        rows: dict[str | None, list[Row]] = defaultdict(list)
        for row in body:
            self._tally_fit(row)
            if (read := self._read_row(row, answers)) is not None:
                rows[row.unit].append(read)
        if rows:
            tell_columns(self._table, self._notes.about(self._unit), marked=bool(self._strays.marks.generation))
        if self._unit is not None:
            rows.setdefault(self._unit, [])
        return [(unit, self._joined(unit, unit_rows)) for unit, unit_rows in rows.items()]

    def _joined(self, unit: str | None, rows: list[Row]) -> tuple[Row, ...]:
        """One row a task."""
        return join_copies(rows, self._notes.about(unit), self._label, self._strays)

    # --- which rows there are ---------------------------------------------------------

    def _body(self) -> Iterator[BodyRow]:
        """The rows that may answer a task; everything else in the region is accounted for here."""
        for index in range(self._table.body, self._table.end):
            cells = self._grid.cells(index)
            if not cells:
                continue
            unit = self._units.get(index) if self._units is not None else self._unit
            if (row := self._issued_row(index, cells, unit)) is not None:
                yield row
                continue
            texts = row_texts(self._table, index)
            if self._is_label_line(cells, texts):
                self.lines.append(cells)
                self._strays.take(self._grid, index, self._unit)
            elif all(self._strays.is_office_text(text) for _, text in cells):
                self._strays.take(self._grid, index, self._unit)
            elif texts.is_bare and all(self._columns.get(column) is Column.NUMBER for column, _ in cells):
                self._strays.tally(read=len(cells), known=len(cells))
            else:
                yield BodyRow(index, cells, texts, unit, Unmatched())

    def _issued_row(self, index: int, cells: list[tuple[int, str]], unit: str | None) -> BodyRow | None:
        """The row when it stands as it was issued but for its answers, so that nothing has to be searched."""
        if not self._is_whole or self._grid.has_spans(index):
            return None
        code = self._grid.text(index, self._table.columns[Column.CODE])
        task = self._reference.tasks.get(code)
        if task is None or code not in self._owed(unit) or self._differing(index, task, unit):
            return None
        texts = RowTexts(code, task.number, task.title, task.requirement)
        return BodyRow(index, cells, texts, unit, by_code(code), as_issued=True)

    def _tally_fit(self, row: BodyRow) -> None:
        if isinstance(row.matched, Matched) and row.texts.code:
            self._coded += 1
            task = self._reference.tasks[row.matched.code]
            requirement = row.texts.requirement or ""
            self._fitting += row.as_issued or requirement == task.requirement or essence(requirement) == task.texts[1]

    def _is_label_line(self, cells: list[tuple[int, str]], texts: RowTexts) -> bool:
        """Whether a row is the line of people below the table; an answer may begin with such a word too."""
        is_task = code_in(texts.code or "") or essence(texts.requirement or "") in self._reference.by_text
        return not is_task and bool(read_labels(cells[:1]))

    def _matched(self, body: list[BodyRow]) -> list[BodyRow]:
        """Each row with its task, matched unit by unit."""
        by_unit: dict[str | None, list[int]] = defaultdict(list)
        taken: dict[str | None, set[str]] = defaultdict(set)
        for place, row in enumerate(body):
            if isinstance(row.matched, Matched):
                taken[row.unit].add(row.matched.code)
            else:
                by_unit[row.unit].append(place)
        for unit, places in by_unit.items():
            owed = self._owed(unit)
            results = match_rows([body[place].texts for place in places], self._reference, owed, taken[unit])
            for place, matched in zip(places, results, strict=True):
                body[place].matched = matched
        return body

    def _owed(self, unit: str | None) -> Mapping[str, Role]:
        """The unit's tasks: those it owes now, and those its form asked."""
        if unit not in self._owed_by:
            owed = dict(self._reference.owes(unit))
            if self._stamp is not None and unit == self._unit and self._stamp.revision == self._reference.revision:
                for duty in self._stamp.duties:
                    if duty.task in self._reference.tasks:
                        owed.setdefault(duty.task, duty.role)
            self._owed_by[unit] = owed
        return self._owed_by[unit]

    # --- what one row says ------------------------------------------------------------

    def _read_row(self, row: BodyRow, reader: AnswerReader) -> Row | None:
        """The row as an answer, or ``None`` when it belongs to no task of the unit and was kept as an extra."""
        matched = row.matched
        if isinstance(matched, Unmatched):
            reader.read(row.index, Notes("", ""))
            self._keep_unmatched(row, matched)
            return None
        notes = self._notes.about(row.unit, matched.code)
        if row.unit is not None and matched.code not in self._owed(row.unit):
            reader.read(row.index, Notes("", ""))
            self._keep_foreign(row, matched, notes)
            return None
        cell = cell_name(row.index, row.cells[0][0])
        if not row.as_issued:
            tell_match(matched, cell, self._label(matched.code), notes)
        answers = reader.read(row.index, notes)
        self._add_pictures(row.index, answers, notes)
        tell_merged(self._grid, reader.merged(row.index), notes)
        if row.index in self._sheet.hidden_rows and answers:
            notes.tell(found.HIDDEN_ROWS, cell)
        changed = 0 if row.as_issued else self._changed(row, matched, notes)
        self._account(row, changed)
        return Row(matched.code, self._sheet.name, cell, matched.match, tuple(answers.items()))

    def _add_pictures(self, row: int, answers: dict[AnyColumn, Answer], notes: Notes) -> None:
        """Count the pictures of a row, and a comment in place of evidence, as evidence (A20)."""
        if not self._pictures and not self._sheet.notes:
            return
        place = self._table.columns.get(Column.EVIDENCE)
        for column, name in self._pictures.get(row, ()):
            cell = cell_name(row, column)
            notes.tell(found.PICTURE, cell, text=name)
            written = answers.get(Column.EVIDENCE)
            if written is None:
                answers[Column.EVIDENCE] = Answer(f"图片：{name}", self._sheet.name, cell)
            elif column == place:
                answers[Column.EVIDENCE] = written._replace(text=f"{written.text}\n图片：{name}")
        comment = self._sheet.notes.get((row, place)) if place is not None and Column.EVIDENCE not in answers else None
        if place is not None and comment and not self._strays.marks.wrote(comment):
            answers[Column.EVIDENCE] = Answer(f"批注：{comment}", self._sheet.name, cell_name(row, place))

    def _account(self, row: BodyRow, changed: int) -> None:
        """Count the cells of a row that answers.

        Those in columns the form does not have become extras, and those that no one sees under a merged range.
        """
        columns = tuple([column for column, _ in row.cells])
        answers, is_usual = self._tally_of(columns)
        covered = self._covered(row)
        if is_usual and not covered:
            self._strays.tally(
                read=len(columns), answers=answers, known=len(columns) - answers - changed, reported=changed
            )
            return
        unusual = [(column, text) for column, text in row.cells if column not in self._usual or column in covered]
        strange = [(column, text) for column, text in unusual if column in covered or self._is_strange(column, text)]
        for column in covered:
            self._notes.about(row.unit).tell(found.UNDER_MERGED, cell_name(row.index, column))
        if strange:
            self._strays.keep(self._sheet.name, row.index, strange, row.unit)
        answers = sum([column in self._filled and column not in covered for column, _ in row.cells])
        known = len(row.cells) - answers - len(strange) - changed
        self._strays.tally(read=len(row.cells), answers=answers, known=known, reported=changed)

    def _tally_of(self, columns: tuple[int, ...]) -> tuple[int, bool]:
        """How many of the columns answer, and whether all are columns of the form: most rows fill the same ones."""
        if columns not in self._tallies:
            self._tallies[columns] = len(self._filled.intersection(columns)), self._usual.issuperset(columns)
        return self._tallies[columns]

    def _is_strange(self, column: int, text: str) -> bool:
        """Whether a cell stands in no column of the form; what the office wrote beside the rows is its own."""
        name = self._columns.get(column)
        if column in self._table.duty_columns:
            return False
        return name is None or (name is Column.PROBLEM and not self._strays.marks.wrote(text))

    def _covered(self, row: BodyRow) -> frozenset[int]:
        """Answer columns whose own cell has content although the answer is that of a merged range."""
        if not self._grid.has_spans(row.index):
            return frozenset()
        return frozenset(
            column
            for column, _ in row.cells
            if column in self._filled and answer_origin(self._table, row.index, column) != (row.index, column)
        )

    def _keep_unmatched(self, row: BodyRow, matched: Unmatched) -> None:
        cell = cell_name(row.index, row.cells[0][0])
        notes = self._notes.about(row.unit)
        stamped = self._stamp is not None and matched.code in self._stamp.tasks
        if not matched.code and self._is_outdated() and heading(self._table, row.index):
            return self._keep_all(row)  # a chapter that left the plan with its tasks
        if stamped or self._is_outdated():
            text = short(row.texts.title or row.texts.requirement or "")
            notes.tell(found.NO_LONGER_FITS, cell, code=matched.code or "—", text=text)
        elif matched.code:
            notes.tell(found.CODE_UNKNOWN, cell, code=matched.code)
        elif self._only_answers(row):
            notes.tell(found.ANSWERS_ASTRAY, cell)
        else:
            notes.tell(found.EXTRA_ROW, cell)
        self._keep_all(row)

    def _only_answers(self, row: BodyRow) -> bool:
        """Whether a row has a status and nothing that tells a task: all the answers may have slipped by a row."""
        place = self._table.columns.get(Column.STATUS)
        status = self._grid.text(row.index, place) if place is not None else ""
        return row.texts.is_bare and self._reference.vocabulary.read(status) is not None

    def _keep_foreign(self, row: BodyRow, matched: Matched, notes: Notes) -> None:
        """A row about a task the unit does not owe: shown when it answers, passed over when it is blank."""
        if not any(column in self._filled for column, _ in row.cells):
            self._strays.tally(read=len(row.cells), known=len(row.cells))
            return
        cell = cell_name(row.index, row.cells[0][0])
        label = self._label(matched.code)
        if self._stamp is not None and matched.code in self._stamp.tasks:
            notes.tell(found.NO_LONGER_FITS, cell, code=matched.code, text=label)
        else:
            notes.tell(found.NOT_THEIR_TASK, cell, label=label)
        self._keep_all(row)

    def _keep_all(self, row: BodyRow) -> None:
        self._strays.tally(read=len(row.cells))
        self._strays.keep(self._sheet.name, row.index, row.cells, row.unit)

    # --- what is said -----------------------------------------------------------------

    def _changed(self, row: BodyRow, matched: Matched, notes: Notes) -> int:
        """How many own cells of the row hold locked text that differs from the plan's; each is told."""
        if matched.match is Match.LIKENESS:
            return 0
        task = self._reference.tasks[matched.code]
        issued = self._issued.get(task.code, {})
        changed = 0
        for column, old, new in self._differing(row.index, task, row.unit):
            if same_text(new, old):
                continue
            place = self._table.columns[column]
            changed += bool(self._grid.text(row.index, place))
            kind = found.TEXT_OUTDATED if self._was_issued(column, new, issued) else found.TEXT_CHANGED
            cell = cell_name(row.index, place)
            notes.tell(kind, cell, column=column.label, old=short(old) or "（空）", new=short(new) or "（空）")
        return changed

    def _differing(self, index: int, task: Asked, unit: str | None) -> list[tuple[Column, str, str]]:
        """The locked columns in which a row does not say to the letter what it was issued with: column, old, new."""
        expected = self._locked[task.code, self._owed(unit).get(task.code)]
        texts = self._grid.texts_below(index, self._checked_places)
        differing: list[tuple[Column, str, str]] = []
        if texts != expected:
            columns = zip(self._checked, expected, texts, strict=True)
            differing += [(column, old, new) for column, old, new in columns if old is not None and old != new]
        previous, place = self._issued.get(task.code, {}).get(Column.PREVIOUS), self._previous
        if previous is not None and place is not None and (shown := self._grid.shown_below(index, place)) != previous:
            differing.append((Column.PREVIOUS, previous, shown))
        return differing

    def _was_issued(self, column: Column, text: str, issued: Mapping[Column, str]) -> bool:
        """Whether a locked text is as it was issued, so that the plan changed and not the form."""
        if column in issued:
            return same_text(issued[column], text)
        return self._is_outdated()

    def _is_outdated(self) -> bool:
        return self._stamp is not None and self._stamp.revision != self._reference.revision

    def _label(self, code: str) -> str:
        return self._reference.tasks[code].label
