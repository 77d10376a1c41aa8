"""One unit's return: the form as it stands, what lies beside it, and the truth about it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from random import Random
from typing import Any

from clerk.table import Places, Table, Unfit
from clerk.truth import LABELS
from toolkit.sample.answers import Answer
from toolkit.sample.desk import Desk
from toolkit.sample.form import IssuedForm
from toolkit.sample.packages import packed, parts, restamped

__all__ = ["Damage", "Parcel", "Stage", "Told", "Unfit", "damage"]


class Stage(IntEnum):
    """The order in which damages happen to a form on its way back."""

    ANSWER = 1
    """What is typed."""
    TABLE = 2
    """The table on its sheet is rearranged."""
    BOOK = 3
    """Sheets, names, protection."""
    PACKAGE = 4
    """Parts of the zipped file, as other programs write them."""
    SAVE = 5
    """Another format."""
    SEND = 6
    """Names, archives, several files."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding that must be there: about this unit (or its files), and about this task when one is named."""

    task: str | None = None
    severity: str = "note"
    """At least this severe."""
    words: tuple[str, ...] = ()
    """Words that its message or advice must hold."""


@dataclass
class Parcel:
    """What one unit sends."""

    unit: str
    name: str
    blank: bytes
    answers: dict[str, Answer]
    """The truth: 编码 → answer; tasks the unit left blank are absent."""
    saved: datetime
    rng: Random
    alias: str = ""
    """A short name of the unit that the roster knows."""
    folder: str = ""
    data: bytes = b""
    """The form as it stands now."""
    others: dict[str, bytes] = field(default_factory=dict)
    """Files sent beside it: name → bytes."""
    told: list[Told] = field(default_factory=list)
    lost: set[tuple[str, str]] = field(default_factory=set)
    """编码 and field whose value no longer stands in what was sent: a finding must say so."""
    pointing: set[tuple[str, str]] = field(default_factory=set)
    """编码 and field whose cell does not hold the value itself (同上, a part of a merged cell)."""
    shown_as_extra: list[str] = field(default_factory=list)
    """Texts that belong to no entry and must be shown all the same."""
    pictured: set[str] = field(default_factory=set)
    """编码 whose evidence is a picture."""
    doubtful: bool = False
    """Whether the form may be taken is for the office to say: taken right or refused, but with a finding."""
    leaned_on: set[str] = field(default_factory=set)
    """编码 of answers that other cells point to (同上): they are not typed anew."""
    bound: bool = False
    """Another format would change what a cell shows (a formula without a value, a number too long to show)."""
    refused: bool = False
    """The form cannot be taken: every entry is lost, and a finding must say what to do."""
    silent: bool = False
    """Nothing was sent."""
    inside: list[str] = field(default_factory=list)
    """When the form's file is an archive: what is inside it, as ``files`` names it behind the ``!/``."""
    outcomes: dict[str, set[str]] = field(default_factory=dict)
    """File name → outcomes that are right for it."""
    damages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.data = self.data or self.desk.filled()

    @property
    def desk(self) -> Desk:
        """The clerk's desk with the answers as they stand."""
        return Desk(self.unit, self.name, self.blank, self.answers, self.saved)

    @property
    def codes(self) -> list[str]:
        """The tasks asked, in the order of the form."""
        return [asked.code for asked in IssuedForm(self.blank).tasks]

    @property
    def answered(self) -> list[str]:
        """The tasks answered, in the order of the form."""
        return [code for code in self.codes if code in self.answers]

    @property
    def files(self) -> dict[str, bytes]:
        """Everything sent: path below the folder of returns → bytes."""
        return {f"{self.folder}{name}": data for name, data in {self.name: self.data, **self.others}.items() if data}

    def tell(self, task: str | None = None, severity: str = "note", *words: str) -> None:
        """Expect a finding."""
        self.told.append(Told(task, severity, words))

    def answer(self, code: str, answer: Answer, *, pointing: str | None = None, shown: str | float = "") -> None:
        """Change the truth of a task and type it; ``shown`` is typed in the field ``pointing`` instead of its value."""
        if code in self.leaned_on:
            raise Unfit("other cells point to it")
        self.answers[code] = answer
        cells: dict[str, Any] = dict.fromkeys(LABELS.values(), "") | answer.cells
        if pointing is not None:
            self.pointing.add((code, pointing))
            cells[LABELS[pointing]] = shown
        with self.pen() as (form, rows):
            for label, value in cells.items():
                form.type(form.cell(label, rows[code]), value)

    @contextmanager
    def pen(self) -> Iterator[tuple[IssuedForm, Places]]:
        """The form to type on, and the row of each code; saved when the block ends."""
        try:
            form = IssuedForm(self.data)
        except (ValueError, KeyError) as error:
            raise Unfit(str(error)) from error
        yield form, Places({asked.code: asked.row for asked in form.tasks})
        self.data = form.saved(self.saved)

    @contextmanager
    def table(self, *, save: bool = True) -> Iterator[Table]:
        """The form as an openpyxl workbook with its table found; saved when the block ends."""
        with self.book(save=save) as book:
            yield Table.find(book)

    @contextmanager
    def book(self, *, save: bool = True, values: bool = False) -> Iterator[Any]:
        """The form as an openpyxl workbook, of ``values`` instead of formulas; saved when the block ends."""
        import openpyxl

        try:
            book = openpyxl.load_workbook(io.BytesIO(self.data), rich_text=True, data_only=values)
        except Exception as error:
            raise Unfit("no workbook any more") from error
        yield book
        if save:
            stream = io.BytesIO()
            book.save(stream)
            self.data = restamped(stream.getvalue(), self.saved)

    @contextmanager
    def parts(self) -> Iterator[dict[str, bytes]]:
        """The parts of the zipped form, to change; packed again when the block ends."""
        self.must_be_workbook()
        content = parts(self.data)
        yield content
        self.data = packed(content, self.saved)

    def must_be_workbook(self) -> None:
        """Raise :class:`Unfit` when the form is no zipped workbook any more."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                package.getinfo("xl/workbook.xml")
        except (zipfile.BadZipFile, KeyError) as error:
            raise Unfit("no workbook any more") from error

    def replace(self, name: str, data: bytes) -> None:
        """Let another file take the form's place."""
        self.name, self.data = name, data
        for told in (self.inside, self.shown_as_extra, self.pictured):
            told.clear()

    def forget_merged_away(self, table: Table) -> None:
        """Without its merge, one answer over several tasks is an answer to the first alone."""
        for code, name in self.pointing:
            if table.value(code, LABELS[name]) is None:
                gone = {"status": "", "word": None} if name == "status" else {name: ""}
                self.answers[code] = replace(self.answers[code], **gone)

    def leave_behind(self, text: str) -> None:
        """Of the texts that belong to no entry, only those that stand in ``text`` went along."""
        self.shown_as_extra = [extra for extra in self.shown_as_extra if extra in text]

    def rename(self, suffix: str) -> None:
        """Give the form's file another ending."""
        self.name = self.name.rpartition(".")[0] + suffix


@dataclass(frozen=True, slots=True)
class Damage:
    """One named thing that clerks do."""

    name: str
    case: str
    """The case of ACCEPTANCE.md."""
    stage: Stage
    apply: Callable[[Parcel], None]
    convert: str = ""
    """What LibreOffice saves the form as before ``apply`` runs (see :mod:`clerk.office`)."""
    prepare: Callable[[Parcel], None] | None = None
    """What is done before LibreOffice saves it."""


DAMAGES: dict[str, Damage] = {}
"""Every damage by its name; filled by importing :mod:`clerk.damages`."""


def damage(
    name: str, stage: Stage, *, convert: str = "", prepare: Callable[[Parcel], None] | None = None
) -> Callable[[Callable[[Parcel], None]], Callable[[Parcel], None]]:
    """Register a damage; its name begins with its case: ``A1-columns-moved``."""

    def register(apply: Callable[[Parcel], None]) -> Callable[[Parcel], None]:
        assert name not in DAMAGES, name
        DAMAGES[name] = Damage(name, name.partition("-")[0], stage, apply, convert, prepare)
        return apply

    return register
