"""Notices of many kinds from invented places, each with what a careful reader takes from it.

A specimen is a text file in ``specimens/`` of three parts, parted by lines of dashes: the form it is printed in
(``docx``, ``html``, ``xlsx``, ``txt lines`` …), the notice, and one line a task.

In the notice a line that begins with ``|`` is a row of a table: ``^`` continues the cell above, ``<`` the one to the
left, ``⏎`` breaks the line.  A task is ``n=number | h=heading>heading | t=title | r=requirement | L=R=S=units |
d=days | s=status | k=remark | ?=fields no reader could settle``; units are parted by ；, and ``begin~end`` stands for
the words of the notice from one to the other, ``⊕`` for a line break.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

import openpyxl
from docx import Document

from toolkit.containers import read
from toolkit.language.text import essence
from toolkit.model import Finding, Plan, Task
from toolkit.notice import read_notice

FOLDER = Path(__file__).with_name("specimens")
_RULE = "-" * 8
_ROLES = {"L": "lead", "R": "responsible", "S": "support"}
FIELDS = ("number", "headings", "title", "requirement", "units", "deadlines", "status", "remark")
_WIDTH = 34
"""Characters of a line where a program broke the lines."""


@dataclass
class Table:
    """Rows of cells with the marks for merged ones."""

    rows: list[list[str]] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """What a cell prints."""
        cell = self.rows[row][column]
        return "" if cell in ("^", "<") else cell

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """First cell of each merged range → its last one."""
        found = {}
        for top, row in enumerate(self.rows):
            for left, cell in enumerate(row):
                if cell in ("^", "<"):
                    continue
                right, bottom = left, top
                while right + 1 < len(row) and row[right + 1] == "<":
                    right += 1
                while bottom + 1 < len(self.rows) and self.rows[bottom + 1][left] == "^":
                    bottom += 1
                if (bottom, right) != (top, left):
                    found[top, left] = (bottom, right)
        return found


Block = str | Table


@dataclass(frozen=True)
class Specimen:
    """A notice and its gold."""

    name: str
    form: str
    blocks: tuple[Block, ...]
    gold: tuple[dict[str, object], ...]

    @property
    def has_table(self) -> bool:
        """Whether the notice prints a table."""
        return any(isinstance(block, Table) for block in self.blocks)

    @property
    def file_name(self) -> str:
        """The name the notice comes under."""
        return f"{self.name}.{self.form.split()[0]}"


def specimens() -> list[Specimen]:
    """All of them, by name."""
    return [_parse(path) for path in sorted(FOLDER.glob("*.txt"))]


def plan_of(specimen: Specimen) -> tuple[Plan, list[Finding]]:
    """What is read out of the printed notice."""
    return read_notice(read(_printed(specimen), specimen.file_name), specimen.file_name)


def typed(specimen: Specimen) -> Specimen:
    """The same notice as text, the cells of its tables parted by tabs: nothing tells which were merged."""
    return replace(specimen, form="txt tabs")


def one_cell_a_line(specimen: Specimen) -> Specimen:
    """The same notice as text, every printed cell of its tables a line: blank and merged cells leave no trace."""
    return replace(specimen, form="txt lines")


def wrong(specimen: Specimen, plan: Plan, *, unmarked: bool = False) -> list[str]:
    """The fields that differ from the gold, but for those no reader could settle; or only those without a mark."""
    if len(plan.tasks) != len(specimen.gold):
        return [f"{len(plan.tasks)} tasks: {[task.label for task in plan.tasks]}"]
    lines = []
    for gold, task in zip(specimen.gold, plan.tasks, strict=True):
        said = _fields(task)
        open_fields = gold["uncertain"]
        assert isinstance(open_fields, list)
        for name in FIELDS:
            if unmarked and name in {mark.field for mark in task.review}:
                continue
            if name not in open_fields and said[name] != gold[name]:
                lines.append(f"{task.seq} {name}: {gold[name]} / {said[name]}")
    return lines


def _fields(task: Task) -> dict[str, object]:
    return {
        "number": essence(task.number or ""),
        "headings": [essence(heading) for heading in task.headings],
        "title": essence(task.title or ""),
        "requirement": essence(task.requirement),
        "units": sorted((a.role.value, essence(a.name)) for a in task.assignments),
        "deadlines": sorted({deadline.date.isoformat() for deadline in task.deadlines}),
        "status": essence(task.status or ""),
        "remark": essence(task.remark or ""),
    }


# --- reading a specimen -------------------------------------------------------------------


def _parse(path: Path) -> Specimen:
    form, body, gold = path.read_text("utf-8").split(_RULE + "\n")
    blocks: list[Block] = []
    for line in body.splitlines():
        if line.startswith("|"):
            if not blocks or isinstance(blocks[-1], str):
                blocks.append(Table())
            table = blocks[-1]
            assert isinstance(table, Table)
            table.rows.append([cell.strip().replace("⏎", "\n") for cell in line.strip()[1:-1].split("|")])
        elif line == "…":
            blocks.append("")  # parts two tables
        elif line.strip():
            blocks.append(line)
    for block in blocks:
        if isinstance(block, Table):
            width = max(map(len, block.rows))
            block.rows = [row + [""] * (width - len(row)) for row in block.rows]
    words = "\n".join(_words(blocks))
    tasks = tuple(_task(line, words) for line in gold.splitlines() if line.strip())
    return Specimen(path.stem, form.strip(), tuple(blocks), tasks)


def _words(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from (block.text(r, c) for r, row in enumerate(block.rows) for c in range(len(row)))


def _task(line: str, words: str) -> dict[str, object]:
    parts = dict(part.strip().split("=", 1) for part in line.split(" | "))
    units = [(role, name) for key, role in _ROLES.items() for name in parts.get(key, "").split("；") if name]
    return {
        "number": essence(parts.get("n", "")),
        "headings": [essence(heading) for heading in parts.get("h", "").split(">") if heading],
        "title": essence(parts.get("t", "")),
        "requirement": essence("".join(_between(part, words) for part in parts["r"].split("⊕"))),
        "units": sorted((role, essence(name)) for role, name in units),
        "deadlines": sorted(filter(None, parts.get("d", "").split(","))),
        "status": essence(parts.get("s", "")),
        "remark": essence(parts.get("k", "")),
        "uncertain": parts.get("?", "").split(","),
    }


def _between(part: str, words: str) -> str:
    if "~" not in part:
        return part
    begin, end = part.split("~", 1)
    start = words.index(begin)
    return words[start : words.index(end, start + len(begin)) + len(end)]


# --- printing it --------------------------------------------------------------------------


def _printed(specimen: Specimen) -> bytes:
    kind, _, mode = specimen.form.partition(" ")
    if kind == "docx":
        return _as_docx(specimen.blocks)
    if kind == "xlsx":
        return _as_xlsx(specimen.blocks)
    return _as_html(specimen.blocks) if kind == "html" else _as_text(specimen.blocks, mode)


def _as_html(blocks: Sequence[Block]) -> bytes:
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(f"<p>{escape(block)}</p>")
            continue
        spans = block.spans()
        lines.append("<table>")
        for r, row in enumerate(block.rows):
            cells = []
            for c, cell in enumerate(row):
                bottom, right = spans.get((r, c), (r, c))
                if cell not in ("^", "<"):
                    text = escape(cell).replace("\n", "<br>")
                    cells.append(f'<td rowspan="{bottom - r + 1}" colspan="{right - c + 1}">{text}</td>')
            lines.append(f"<tr>{''.join(cells)}</tr>")
        lines.append("</table>")
    return f'<html><head><meta charset="utf-8"></head><body>{"".join(lines)}</body></html>'.encode()


def _as_docx(blocks: Sequence[Block]) -> bytes:
    document = Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block.rows), len(block.rows[0]))
        for (top, left), (bottom, right) in block.spans().items():
            table.cell(top, left).merge(table.cell(bottom, right))
        for r, row in enumerate(block.rows):
            for c in range(len(row)):
                if text := block.text(r, c):
                    table.cell(r, c).text = text
    return _saved(document)


def _as_xlsx(blocks: Sequence[Block]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    line = 1
    for block in blocks:
        rows = [[block]] if isinstance(block, str) else block.rows
        if isinstance(block, Table):
            for (top, left), (bottom, right) in block.spans().items():
                sheet.merge_cells(
                    start_row=line + top, start_column=left + 1, end_row=line + bottom, end_column=right + 1
                )
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text and text not in ("^", "<"):
                    sheet.cell(line + r, c + 1).value = text
        line += len(rows)
    return _saved(book)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def _as_text(blocks: Sequence[Block], mode: str) -> bytes:
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
            continue
        for r, row in enumerate(block.rows):
            cells = [block.text(r, c).replace("\n", "") for c in range(len(row))]
            if mode == "tabs":
                lines.append("\t".join(cells))
            elif mode == "bars":
                lines.append(f"| {' | '.join(cells)} |")
            else:
                lines += filter(None, cells)
    if mode == "one line":
        return "".join(lines).encode()
    if mode == "wrapped":
        lines = [line[at : at + _WIDTH] for line in lines for at in range(0, len(line), _WIDTH)]
    return ("\n\n" if mode == "paragraphs" else "\n").join(re.sub(r"\s+$", "", line) for line in lines).encode()
