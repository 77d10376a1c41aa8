"""The summary of a survey (汇总表): the same kind of workbook as a plan's, in the look of 收集汇总表.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from toolkit import figures as figuring
from toolkit import resources
from toolkit.findings import output as found
from toolkit.model import Collection
from toolkit.settings import DEFAULT, Settings
from toolkit.survey import Survey
from toolkit.workbooks.summary import glance, missing, origins, problems
from toolkit.workbooks.summary.book import SummaryBook, cut_or_unreached
from toolkit.workbooks.summary.limits import EXCEL, Limits
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.look import SummaryLook
from toolkit.workbooks.summary_book import Rendered
from toolkit.workbooks.survey import changes, tables, totals

TEMPLATE = "收集汇总表.xlsx"
NEEDED: Mapping[str, tuple[Sequence[str], Sequence[str]]] = {
    tables.OVERALL: (tables.OVERALL_HEADERS, (tables.NAMES,)),
    tables.DETAILS: (tables.DETAILS_HEADERS, ()),
    missing.SHEET: (missing.HEADERS, ()),
    problems.SHEET: (problems.HEADERS, ()),
    origins.SHEET: (origins.HEADERS, ()),
    tables.BESIDE: (tables.BESIDE_HEADERS, ()),
    origins.EXTRAS_SHEET: (origins.EXTRAS_HEADERS, ()),
    changes.SHEET: (changes.HEADERS, ()),
    totals.SHEET: (totals.HEADERS, ()),
}
"""Sheet → the headers its template must have, and the repeated ones."""


def render(
    collection: Collection,
    path: Path,
    *,
    template: Path | None = None,
    settings: Settings | None = None,
    roots: Sequence[Path] = (),
    limits: Limits = EXCEL,
) -> Rendered:
    """The summary of a survey as it is to lie at ``path``; the arguments are those of ``summary_book.render``.

    Raises :class:`toolkit.findings.CannotDo` for a broken template.
    """
    survey = collection.plan.survey or Survey(())
    look = SummaryLook(template or resources.template(TEMPLATE), NEEDED)
    settings = settings or DEFAULT
    figures = figuring.compute(collection, settings)
    links = SourceLinks(path.parent, roots)
    book = SummaryBook(look, tables.OVERALL)
    begins = tables.first_rows(collection, book.first_row(tables.DETAILS))
    details = tables.details_table(collection, survey, links)
    sheets = [
        tables.overall_table(collection, survey, begins),
        details,
        replace(missing.table(collection, figures), hidden=frozenset({"应报任务"})),
        replace(problems.table(problems.lines_of(collection), links), hidden=frozenset({"任务编码"})),
        origins.table(collection, links),
        tables.beside_table(collection, survey, links),
        totals.table(collection),
        *([origins.extras_table(collection)] if collection.extras else []),
        *([changes.table(collection, many=survey.many)] if collection.changes else []),
    ]
    count = len(list(details.rows))
    link_all = count <= limits.links
    facts = glance.facts(collection, figures)
    data, written = book.write(collection, settings, sheets, facts, link_all=link_all)
    limited = [] if link_all else [found.LINKS_LIMITED.at(sheet=tables.DETAILS, count=count)]
    return Rendered(data, findings=(*cut_or_unreached(written, links), *limited))
