"""Several forms of one unit → one answer a cell (A5).

Identical forms are noted once.  Otherwise cell by cell: what does not contradict is joined; of a contradiction the
form saved later wins, by the time the file itself states, and an error shows both.  When the times are unknown or
equal nobody can tell which is right, so neither is taken: the cell stays empty, the error shows both values and
each is kept as an extra for the clerk to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from toolkit.findings import Kind
from toolkit.findings import intake as found
from toolkit.intake.agreement import agree
from toolkit.intake.answers import short
from toolkit.intake.columns import AnyColumn
from toolkit.intake.reading import Answer, Form, Row, task_of
from toolkit.language.dates import BEIJING
from toolkit.model import Extra, Finding, Outcome

Cell = tuple[str, AnyColumn]
"""Task code and column: one cell of the unit's answers."""


@dataclass(frozen=True)
class Sent:
    """A form that may be merged, and where and when it came."""

    path: str
    form: Form
    modified: datetime | None = None

    @property
    def generation(self) -> int:
        """How often the office sent the workbook back to be mended before it came in like this."""
        return self.form.marks.generation

    @cached_property
    def rows(self) -> dict[str, Row]:
        """The tasks that have a row in the form, filled in or not, with their rows."""
        return {row.code: row for row in self.form.rows}


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer of one cell and the file it was taken from."""

    path: str
    answer: Answer


@dataclass
class Resolved:
    """What a unit answers when all its forms are read together."""

    cells: dict[Cell, Taken] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    """Tasks of which at least one cell is in dispute."""
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    """The values of contradictions that nobody can decide."""
    reported: int = 0
    """Answers that are not in ``cells``: repeated, superseded or undecided."""


def resolve(unit: str, sent: Sequence[Sent]) -> Resolved:
    """One answer a cell from all forms of a unit, in the order they were met."""
    return _only(sent[0]) if len(sent) == 1 else _Resolver(unit, sent).run()


def _only(sent: Sent) -> Resolved:
    """What the only form of a unit answers: nothing can contradict it."""
    cells = {(row.code, column): Taken(sent.path, answer) for row in sent.form.rows for column, answer in row.answers}
    return Resolved(cells=cells, outcomes={sent.path: Outcome.MERGED})


class _Resolver:
    def __init__(self, unit: str, sent: Sequence[Sent]) -> None:
        self._unit = unit
        self._sent = list(sent)
        self._result = Resolved()
        self._mended = [place for place, item in enumerate(self._sent) if item.generation]
        """Places of the forms that came back mended."""
        self._gave: dict[int, int] = defaultdict(int)
        """Place of a form → cells it gave or is in dispute about."""

    def run(self) -> Resolved:
        offers: dict[Cell, list[tuple[int, Answer]]] = defaultdict(list)
        for place, item in enumerate(self._sent):
            for row in item.form.rows:
                for column, answer in row.answers:
                    if (by := self._emptied_by(place, row.code, column)) is not None:
                        self._result.reported += 1
                        self._tell_correction((row.code, column), (place, answer), (by, Answer("", "", "")))
                    else:
                        offers[row.code, column].append((place, answer))
        for cell, offered in offers.items():
            self._decide(cell, offered)
            self._result.reported += len(offered) - (cell in self._result.cells)
        self._settle_outcomes()
        return self._result

    # --- one cell ----------------------------------------------------------------------

    def _decide(self, cell: Cell, offered: list[tuple[int, Answer]]) -> None:
        if len(offered) == 1:
            self._take(cell, *offered[0])
            return
        winner, answer = max(offered, key=lambda offer: self._age(offer[0]))
        against = [offer for offer in offered if not agree(cell[1], offer[1], answer)]
        if any(not self._is_later(winner, place) for place, _ in against):
            self._leave_open(cell, offered)
            return
        self._take(cell, winner, answer)
        for place, other in against:
            if self._mends(winner, place, cell[0]):
                self._tell_correction(cell, (place, other), (winner, answer))
            else:
                self._tell_contradiction(cell, (place, other), (winner, answer))

    def _take(self, cell: Cell, place: int, answer: Answer) -> None:
        self._gave[place] += 1
        self._result.cells[cell] = Taken(self._sent[place].path, answer)

    def _age(self, place: int) -> tuple[float, int, int]:
        """Later is greater; an unknown time counts as earliest.

        Of equals the one that was sent back to be mended is the later, else the one met first is the greater.
        """
        item = self._sent[place]
        return (item.modified.timestamp() if item.modified else float("-inf"), item.generation, -place)

    def _is_later(self, one: int, other: int) -> bool:
        first, second = self._sent[one], self._sent[other]
        if first.modified == second.modified or first.modified is None or second.modified is None:
            return first.generation > second.generation
        return first.modified > second.modified

    def _mends(self, one: int, other: int, code: str) -> bool:
        """Whether one form is another that came back mended, in a row the office had marked."""
        first, second = self._sent[one], self._sent[other]
        marked = task_of(code) in first.form.marks.tasks and first.generation > second.generation
        return marked and self._is_later(one, other)

    def _emptied_by(self, place: int, code: str, column: AnyColumn) -> int | None:
        """The form that emptied this answer as it mended a marked row, or ``None``."""
        for other in self._mended:
            if self._mends(other, place, code):
                rows = self._sent[other].form.rows
                row = next((row for row in rows if row.code == code and row.answers), None)
                if row is not None and row.answer(column) is None:
                    return other
        return None

    def _leave_open(self, cell: Cell, offered: list[tuple[int, Answer]]) -> None:
        code, column = cell
        self._result.undecided.add(code)
        different: list[tuple[int, Answer]] = []
        for offer in offered:
            self._gave[offer[0]] += 1
            if not any(agree(column, offer[1], other) for _, other in different):
                different.append(offer)
        (first, old), *others = different
        for place, new in others:
            self._result.findings.append(
                found.CONTRADICTION_UNDECIDED.at(
                    unit=self._unit,
                    task=code,
                    path=self._sent[place].path,
                    sheet=new.sheet,
                    cell=new.cell,
                    column=column.label,
                    old=short(old.text),
                    new=short(new.text),
                    old_place=self._where(first, old),
                    new_place=self._where(place, new),
                )
            )
        for place, answer in different:
            path, values = self._sent[place].path, (code, column.label, answer.text)
            self._result.extras.append(Extra(path, answer.sheet, answer.cell, self._unit, values))

    def _tell_contradiction(self, cell: Cell, old: tuple[int, Answer], new: tuple[int, Answer]) -> None:
        self._result.findings.append(
            found.CONTRADICTION.at(
                unit=self._unit,
                task=cell[0],
                path=self._sent[new[0]].path,
                sheet=new[1].sheet,
                cell=new[1].cell,
                column=cell[1].label,
                old=short(old[1].text),
                new=short(new[1].text),
                old_place=self._where(*old),
                new_place=self._where(*new),
                old_time=self._when(old[0]),
                new_time=self._when(new[0]),
            )
        )

    def _tell_correction(self, cell: Cell, old: tuple[int, Answer], new: tuple[int, Answer]) -> None:
        self._result.findings.append(
            found.CORRECTED.at(
                unit=self._unit,
                task=cell[0],
                path=self._sent[new[0]].path,
                sheet=new[1].sheet or None,
                cell=new[1].cell or None,
                column=cell[1].label,
                old=short(old[1].text),
                new=short(new[1].text) or "（空）",
                old_place=self._where(*old),
            )
        )

    def _where(self, place: int, answer: Answer) -> str:
        return f"{self._sent[place].path} {answer.cell}"

    def _when(self, place: int) -> str:
        modified = self._sent[place].modified
        return f"{modified + BEIJING:%Y-%m-%d %H:%M}" if modified else "时间不详"

    # --- what became of each form ----------------------------------------------------------

    def _settle_outcomes(self) -> None:
        givers = [place for place in range(len(self._sent)) if self._gave[place]]
        for place, item in enumerate(self._sent):
            outcome = self._outcome(place, givers)
            before = self._result.outcomes.get(item.path)
            if before is None or outcome is Outcome.MERGED:
                self._result.outcomes[item.path] = outcome
        paths = list(dict.fromkeys(self._sent[place].path for place in givers))
        if len(paths) > 1:
            given = {path: sum(self._gave[p] for p in givers if self._sent[p].path == path) for path in paths}
            text = "、".join(f"{path}（{count} 格）" for path, count in given.items())
            note = found.JOINED.at(unit=self._unit, path=paths[0], count=len(paths), text=text)
            self._result.findings.append(note)

    def _outcome(self, place: int, givers: list[int]) -> Outcome:
        if place in givers:
            return Outcome.MERGED
        twins = [other for other in (*givers, *range(place)) if self._same_answers(other, place)]
        if twins:
            self._tell(found.DUPLICATE, place, twins[0])
            return Outcome.DUPLICATE
        later = [other for other in givers if not self._is_later(place, other)]
        if later:
            self._tell(found.SUPERSEDED, place, later[-1])
            return Outcome.SUPERSEDED
        return Outcome.MERGED

    def _tell(self, kind: Kind, place: int, other: int) -> None:
        path, by = self._sent[place].path, self._sent[other].path
        self._result.findings.append(kind.at(unit=self._unit, path=path, other=by))

    def _same_answers(self, one: int, other: int) -> bool:
        first, second = self._answers(one), self._answers(other)
        return first.keys() == second.keys() and all(agree(cell[1], first[cell], second[cell]) for cell in first)

    def _answers(self, place: int) -> dict[Cell, Answer]:
        rows = self._sent[place].form.rows
        return {(row.code, column): answer for row in rows for column, answer in row.answers}
