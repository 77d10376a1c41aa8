"""The summary workbook (汇总表): everything one round brought back, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit import containers
from toolkit import figures as figuring
from toolkit.findings import CannotDo
from toolkit.findings import output as found
from toolkit.model import Collection, Finding
from toolkit.outputs import replacing
from toolkit.settings import DEFAULT, Settings
from toolkit.workbooks.summary import details, matrix, missing, origins, overview, problems, reading, statistics, store
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.paint import Layout, Painter

_FIRST_BODY_ROW = 4
_BASE = {"font_name": "仿宋_GB2312", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center", "valign": "vcenter"},
    "subtitle": {**_BASE, "align": "center"},
    "header": {**_BASE, "font_name": "黑体", "bold": True, "align": "center", "border": 1, "bg_color": "#DDE6F0"},
    "banner": {**_BASE, "font_name": "黑体", "border": 1, "bg_color": "#F2F2F2"},
    "body": {**_BASE, "border": 1},
    "note": {**_BASE, "font_size": 9},
    "date": {"num_format": "yyyy-mm-dd"},
    "percent": {"num_format": "0.0%"},
    "link": {"font_color": "#1F4E9E", "underline": 1},
    figuring.Light.DONE.value: {"bg_color": "#C6E0B4"},
    figuring.Light.NORMAL.value: {"bg_color": "#E2F0D9"},
    figuring.Light.WARNING.value: {"bg_color": "#FFE699"},
    figuring.Light.OVERDUE.value: {"bg_color": "#F4776B"},
    figuring.Light.EXEMPT.value: {"bg_color": "#D9D9D9"},
}
_WIDTHS = {"工作任务": 20.0, "具体要求": 48.0, "责任单位": 24.0, "完成情况": 50.0, "备注": 18.0, "完成时限": 14.0}
_WIDTHS |= {
    "单位": 20.0,
    "进展说明": 40.0,
    "佐证材料": 20.0,
    "来源": 30.0,
    "填报原文": 16.0,
    "说明": 40.0,
    "内容": 60.0,
}
_WIDTHS |= {"问题": 46.0, "怎么办": 46.0, "文件": 36.0, "sha256": 68.0, "自述保存时间（UTC）": 20.0}


def write(
    collection: Collection,
    path: Path,
    *,
    template: Path | None = None,
    settings: Settings | None = None,
    roots: Sequence[Path] = (),
) -> list[Finding]:
    """Write the summary of a collection.

    ``roots`` are the PATHs the returned files were collected from: with them the summary links to the
    source cells.  Returns what had to be cut or left out.
    """
    import xlsxwriter

    figures = figuring.compute(collection, settings or DEFAULT)
    links = SourceLinks(path.parent, roots)
    said = [f"填报期：{collection.round.name}"]
    if collection.round.due:
        said.append(f"截止日期：{collection.round.due:%Y-%m-%d}")
    said.append(f"统计日期：{collection.as_of:%Y-%m-%d}")
    tables = [
        overview.table(collection, figures, details.first_rows(collection, _FIRST_BODY_ROW)),
        details.table(collection, figures, links),
        statistics.units_table(figures),
        statistics.tasks_table(figures),
        matrix.table(collection, figures),
        missing.table(collection),
        problems.table(collection, links),
        origins.table(collection, links),
    ]
    if collection.extras:
        tables.append(origins.extras_table(collection))
    with replacing(path) as beside:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(beside), options)
        book.set_properties({"created": datetime(collection.as_of.year, collection.as_of.month, collection.as_of.day)})
        painter = Painter(book, _LOOKS)
        for table in tables:
            painter.paint(table, Layout(_WIDTHS, f"{collection.plan.title}{table.sheet}"), "　　".join(said))
        hidden = book.add_worksheet(store.SHEET)
        for row, values in enumerate(store.rows(collection)):
            hidden.write_row(row, 0, values)
        hidden.very_hidden()
        book.close()
    return []


def read(path: Path) -> Collection:
    """The collection a summary shows, with the clerk's changes.  Raises :class:`CannotDo`."""
    content = containers.read(path, path.name)
    try:
        return reading.restore(content)
    except reading.NotASummary as fault:
        raise CannotDo(*content.findings, found.SUMMARY_UNREADABLE.at(path=path.name, why=str(fault))) from fault
