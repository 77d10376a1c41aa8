"""The summary workbook (汇总表): everything one round brought back, in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from toolkit import containers, parquet, resources, tabular
from toolkit import figures as figuring
from toolkit.containers.content import Content
from toolkit.figures import Figures
from toolkit.findings import CannotDo
from toolkit.findings import output as found
from toolkit.model import Collection, Finding
from toolkit.opc import untouched
from toolkit.outputs import write_bytes
from toolkit.settings import DEFAULT, Settings
from toolkit.workbooks.summary import (
    details,
    glance,
    matrix,
    missing,
    origins,
    overflow,
    overview,
    problems,
    reading,
    statistics,
    trend,
)
from toolkit.workbooks.summary.book import SummaryBook, cut_or_unreached
from toolkit.workbooks.summary.limits import EXCEL, Limits
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.look import SummaryLook
from toolkit.workbooks.summary.reading import Reviewed
from toolkit.workbooks.summary.sheet import WrittenSheet
from toolkit.workbooks.summary.table import Table
from toolkit.workbooks.survey import reading as survey_reading

__all__ = ["Rendered", "Reviewed", "read", "read_review", "read_with", "render", "untouched", "write"]

Read = TypeVar("Read")

TEMPLATE = "汇总表.xlsx"
_BESIDE_ROWS = 100
"""Rows of a sheet that its head and its notes may take."""
_NEEDED: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    overview.SHEET: (overview.HEADERS, ()),
    details.SHEET: (details.HEADERS, ()),
    statistics.UNITS_SHEET: (statistics.UNITS_HEADERS, ()),
    statistics.TASKS_SHEET: (statistics.TASKS_HEADERS, ()),
    matrix.SHEET: (matrix.HEADERS, (matrix.TITLES,)),
    missing.SHEET: (missing.HEADERS, ()),
    problems.SHEET: (problems.HEADERS, ()),
    origins.SHEET: (origins.HEADERS, ()),
    glance.SHEET: (glance.HEADERS, ()),
    origins.EXTRAS_SHEET: (origins.EXTRAS_HEADERS, ()),
    trend.SHEET: (trend.HEADERS, ()),
}
"""Sheet → the headers its template must have, and the repeated ones."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A summary as it will be written."""

    data: bytes
    """The sealed workbook."""
    parts: tuple[overflow.Part, ...] = ()
    """The files beside it that hold what a sheet could not."""
    findings: tuple[Finding, ...] = ()
    """What had to be cut or left out."""


def write(
    collection: Collection,
    path: Path,
    *,
    template: Path | None = None,
    settings: Settings | None = None,
    roots: Sequence[Path] = (),
    limits: Limits = EXCEL,
) -> list[Finding]:
    """Write the summary of a collection and, where a sheet could not hold it all, the files beside it.

    Takes and raises what :func:`render` does; returns what had to be cut or left out.
    """
    rendered = render(collection, path, template=template, settings=settings, roots=roots, limits=limits)
    write_bytes(path, rendered.data)
    for part in rendered.parts:
        part.write(path.with_name(part.name))
    return list(rendered.findings)


def render(
    collection: Collection,
    path: Path,
    *,
    template: Path | None = None,
    settings: Settings | None = None,
    roots: Sequence[Path] = (),
    limits: Limits = EXCEL,
    figures: Figures | None = None,
    lines: Sequence[Finding] | None = None,
) -> Rendered:
    """The summary of a collection as it is to lie at ``path``; nothing is written.

    ``template`` is the office's own look, else the delivered one.  ``roots`` are the PATHs the returned
    files were collected from: with them the summary links to the source cells, by paths relative to the
    folder of ``path``.  ``figures`` and the ``lines`` of 问题清单 are computed where they are not given.  Raises
    :class:`CannotDo` for a broken template.
    """
    look = SummaryLook(template or resources.template(TEMPLATE), _NEEDED)
    settings = settings or DEFAULT
    figures = figures or figuring.compute(collection, settings)
    lines = problems.lines_of(collection) if lines is None else lines
    links = SourceLinks(path.parent, roots)
    book = SummaryBook(look, overview.SHEET)
    parts = _parts(details.table(collection, figures, links), collection, figures, path, limits)
    first_rows = {} if parts.apart else details.first_rows(collection, book.first_row(details.SHEET))
    overall = overview.table(figures, first_rows, _room(look))
    places = overview.rows_of(overall, book.first_row(overview.SHEET))
    tables = [
        overall,
        parts.table,
        statistics.units_table(figures),
        statistics.tasks_table(figures),
        matrix.table(figures, places),
        missing.table(collection, figures),
        overflow.capped(problems.table(lines, links), limits.rows - _BESIDE_ROWS, path),
        origins.table(collection, links),
        glance.table(figures),
        *([origins.extras_table(collection)] if collection.extras else []),
        *([trend.table(collection)] if collection.changes else []),
    ]
    facts = glance.facts(collection, figures)
    link_all = len(collection.entries) <= limits.links
    hidden = _lean(collection) if parts.apart else collection
    data, sheets = book.write(hidden, settings, tables, facts, link_all=link_all)
    return Rendered(data, parts.files, tuple(_noticed(collection, sheets, links, parts, link_all)))


def _parts(table: Table, collection: Collection, figures: Figures, path: Path, limits: Limits) -> overflow.Parts:
    """明细, and the files beside ``path`` where a sheet cannot hold it."""
    most = limits.rows - _BESIDE_ROWS
    if len(collection.entries) <= most:
        return overflow.Parts(table)
    if parquet.installed():
        return overflow.apart(table, collection, figures, path)
    return overflow.split(table, most, path)


def _lean(collection: Collection) -> Collection:
    """Without what the files beside the workbook tell."""
    return replace(collection, files=(), entries=(), extras=(), units=(), findings=())


def _room(look: SummaryLook) -> overview.Room:
    column = next(column for column in look.sheets[overview.SHEET].columns if column.word == "完成情况")
    return overview.Room(column.width, look.styles.font_size(column.body))


def _noticed(
    collection: Collection, sheets: Sequence[WrittenSheet], links: SourceLinks, parts: overflow.Parts, link_all: bool
) -> list[Finding]:
    """What had to be cut or left out."""
    noticed = cut_or_unreached(sheets, links)
    rows = len(collection.entries)
    if not link_all:
        noticed.append(found.LINKS_LIMITED.at(sheet=details.SHEET, count=rows))
    if parts.files:
        kind = found.ROWS_TO_PARQUET if parts.apart else found.ROWS_TO_CSV
        noticed.append(kind.at(count=rows, files=parts.names))
    return noticed


def read(path: Path) -> Collection:
    """The collection a summary shows, with the clerk's changes.  Raises :class:`CannotDo`."""
    return read_with(path, DEFAULT)[0]


def read_with(path: Path, settings: Settings) -> tuple[Collection, Settings]:
    """The same, and the settings with those weights and days by which the summary computed its figures."""

    def restore(content: Content) -> tuple[Collection, Settings]:
        of_survey = survey_reading.holds_survey(content)
        return survey_reading.restore(content, settings) if of_survey else reading.restore(content, settings)

    return _read(path, restore)


def read_review(path: Path) -> Reviewed:
    """A summary as a person left it: decisions, opinions, mended cells.  Raises :class:`CannotDo`."""

    def reviewed(content: Content) -> Reviewed:
        of_survey = survey_reading.holds_survey(content)
        return survey_reading.reviewed(content) if of_survey else reading.reviewed(content)

    return _read(path, reviewed)


def _read(path: Path, reader: Callable[[Content], Read]) -> Read:
    if tabular.ENTRIES in parquet.beside(path):
        raise CannotDo(found.SUMMARY_APART.at(path=path.name))
    content = containers.read(path, path.name)
    try:
        return reader(content)
    except reading.NotASummary as fault:
        raise CannotDo(*content.findings, found.SUMMARY_UNREADABLE.at(path=path.name, why=str(fault))) from fault
