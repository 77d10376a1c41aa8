"""The cells of an entry, by the names under which the office mends them: what 明细 or 总表 shows, read back and set.

An entry of a plan has its five fields.  One of a survey has a cell for every field of every row, called by the field
alone where a unit writes one row (联系人), else by what the row says in its first required field too (王小明·手机):
such a name still finds its row when the unit sends its rows in another order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from toolkit.figures import UNCLEAR, word_of
from toolkit.language.deadlines import read_date
from toolkit.language.typed import read_typed
from toolkit.model import ENTRY_FIELDS, Correction, Entry, State
from toolkit.survey import Field, Filled, FilledRow, Survey
from toolkit.vocabulary import BY_WORD, DEFAULT, UNREPORTED, Vocabulary, is_done

LABELS = dict(zip(ENTRY_FIELDS, ("完成情况", "进展说明", "佐证材料", "完成日期", "备注"), strict=True))
"""Field of an entry → what messages call it."""
_BETWEEN = "·"


class EntryCells(Protocol):
    """What can be mended in the entries of a plan."""

    def label(self, name: str) -> str:
        """What messages call a cell."""

    def shown(self, entry: Entry, name: str) -> str | None:
        """A cell as the summary shows it, ``None`` where the entry has no such cell."""

    def named(
        self, entry: Entry, texts: Mapping[str, str], rows: Mapping[int, Mapping[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """The texts a person left in the summary, by the names of their cells, in the order they are to be set.

        ``texts`` are those of an entry's fields, ``rows`` those of a survey by the number of the row and the field.
        """

    def same(self, name: str, one: str, other: str) -> bool:
        """Whether two texts of a cell say the same."""

    def value(self, name: str, text: str) -> str | None:
        """A text as it is kept; ``None`` for one that cannot be read."""

    def mended(self, entry: Entry, name: str, text: str) -> Entry:
        """The entry with a text in one of its cells."""

    def is_finished(self, entry: Entry) -> bool:
        """Whether by what the unit says nothing is left to do, so that the office may close the entry (销号)."""


@dataclass(frozen=True)
class TaskCells:
    """The five fields of an entry of a plan."""

    vocabulary: Vocabulary = DEFAULT
    year: int | None = None
    """Of dates without one."""

    def label(self, name: str) -> str:
        """The column of 明细."""
        return LABELS[name]

    def shown(self, entry: Entry, name: str) -> str:
        """A field as 明细 shows it."""
        return shown(entry, name)

    def named(
        self, _entry: Entry, texts: Mapping[str, str], _rows: Mapping[int, Mapping[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """The fields as they are."""
        return iter(texts.items())

    def same(self, name: str, one: str, other: str) -> bool:
        """An empty 完成情况 stands for the words that no unit wrote."""
        return same_text(one, other) or (name == "status" and not other and one in (UNREPORTED, UNCLEAR))

    def value(self, name: str, text: str) -> str | None:
        """A status word, a date in ISO form, any other text as it is."""
        if name == "status" and text not in ("", UNREPORTED):
            return self.vocabulary.read(text)
        if name == "done_on" and text:
            day = read_date(text, year=self.year)
            return day.isoformat() if day else None
        return text

    def mended(self, entry: Entry, name: str, text: str) -> Entry:
        """What the unit typed stays beside the status word."""
        changed: dict[str, Any] = {name: text}
        if name == "status":
            changed = {"status": text if text in BY_WORD else None}
        elif name == "done_on":
            changed = {"done_on": _day(text), "done_on_text": text}
        entry = replace(entry, **changed)
        says = any(shown(entry, field) for field in ENTRY_FIELDS if field != "status") or entry.status is not None
        return replace(entry, state=State.REPORTED) if says else entry

    def is_finished(self, entry: Entry) -> bool:
        """Whether the task is done."""
        return is_done(entry.status)


TASK_CELLS: EntryCells = TaskCells()


@dataclass(frozen=True)
class SurveyCells:
    """The fields of the rows of a survey."""

    survey: Survey
    year: int | None = None

    @property
    def _key(self) -> Field:
        """The field that tells the rows of a unit apart."""
        fields = self.survey.fields
        return next((field for field in fields if field.required), fields[0])

    def label(self, name: str) -> str:
        """The name of the cell."""
        return name

    def shown(self, entry: Entry, name: str) -> str | None:
        """What the unit or the office wrote; of a single row every field is there, of several only what is."""
        for row, names in self._rows(entry):
            if name in names:
                return next((cell.text for cell in row if cell.field == names[name].name), "")
        return None if self.survey.many else ""

    def named(
        self, entry: Entry, _texts: Mapping[str, str], rows: Mapping[int, Mapping[str, str]]
    ) -> Iterator[tuple[str, str]]:
        """A row that is there is called by what it said until its other cells are set; a new one by what it says."""
        known = [list(names.items()) for _, names in self._rows(entry)]
        for number, texts in sorted(rows.items()):
            if number <= len(known):
                cells = sorted(known[number - 1], key=lambda item: item[1] == self._key)
            else:
                anchor = "".join(texts.get(self._key.name, "").split())
                cells = list(self._names(anchor).items()) if anchor or not self.survey.many else []
                cells = sorted(cells, key=lambda item: item[1] != self._key)
            for name, field in cells:
                if field.name in texts:
                    yield name, texts[field.name]

    def same(self, name: str, one: str, other: str) -> bool:
        """Whether both mean one value, however each is written."""
        value = self._typed(name, one)
        return same_text(one, other) or (value is not None and value == self._typed(name, other))

    def value(self, name: str, text: str) -> str | None:
        """A text that its field can hold, as it was typed."""
        return text if not text or self._typed(name, text) is not None else None

    def mended(self, entry: Entry, name: str, text: str) -> Entry:
        """A cell of a row that is there, or the first one of a new row."""
        rows = list(entry.rows)
        at, field = self._place(entry, name)
        if at == len(rows):
            rows.append(())
        old = next((cell for cell in rows[at] if cell.field == field.name), Filled(field.name, ""))
        cells = {cell.field: cell for cell in rows[at]}
        cells[field.name] = replace(old, text=text, value=read_typed(field, text, year=self.year))
        rows[at] = tuple(cells[f.name] for f in self.survey.fields if f.name in cells and cells[f.name].text)
        filled = tuple(row for row in rows if row)
        return replace(entry, rows=filled, state=State.REPORTED if filled else entry.state)

    def is_finished(self, entry: Entry) -> bool:
        """Whether the table was sent: it asks for nothing that goes on."""
        return entry.state is State.REPORTED

    def _rows(self, entry: Entry) -> Iterator[tuple[FilledRow, dict[str, Field]]]:
        """The rows of an entry, each with the fields by the names of its cells."""
        met: dict[str, int] = {}
        for number, row in enumerate(entry.rows, 1):
            key = next((cell.text for cell in row if cell.field == self._key.name), f"第{number}行")
            anchor = "".join(key.split())
            met[anchor] = met.get(anchor, 0) + 1
            yield row, self._names(anchor if met[anchor] == 1 else f"{anchor}（{met[anchor]}）")

    def _names(self, anchor: str) -> dict[str, Field]:
        before = f"{anchor}{_BETWEEN}" if self.survey.many else ""
        return {f"{before}{field.name}": field for field in self.survey.fields}

    def _place(self, entry: Entry, name: str) -> tuple[int, Field]:
        """The row and the field of a cell; the row behind the last one where there is none of that name."""
        for place, (_, names) in enumerate(self._rows(entry)):
            if name in names:
                return place, names[name]
        return len(entry.rows), self._field(name)

    def _field(self, name: str) -> Field:
        """The field a cell's name ends with, the longest that fits."""
        ends = [field for field in self.survey.fields if name == field.name or name.endswith(_BETWEEN + field.name)]
        return max(ends, key=lambda field: len(field.name), default=self._key)

    def _typed(self, name: str, text: str) -> str | None:
        return read_typed(self._field(name), text, year=self.year)


def cells_of(survey: Survey | None, vocabulary: Vocabulary = DEFAULT, year: int | None = None) -> EntryCells:
    """What can be mended in the entries of a plan, or of a survey."""
    return TaskCells(vocabulary, year) if survey is None else SurveyCells(survey, year)


def applied(entry: Entry, corrections: Iterable[Correction], cells: EntryCells = TASK_CELLS) -> Entry:
    """The entry as the office mended it."""
    for correction in corrections:
        entry = cells.mended(entry, correction.field, correction.new)
    return entry


def shown(entry: Entry, field: str) -> str:
    """A field of an entry as 明细 shows it."""
    if field == "status":
        return word_of(entry)
    if field == "done_on":
        return entry.done_on.isoformat() if entry.done_on else entry.done_on_text
    text: str = getattr(entry, field)
    return text


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same: an office program may change blanks and line ends."""
    return one == other or "".join(one.split()) == "".join(other.split())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
