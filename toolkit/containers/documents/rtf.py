"""Rich text (.rtf, also named .doc) → blocks (RTF 1.9.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from toolkit.containers.content import Block, Content, FileKind, Paragraph
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.rtf_tokens import Token, tokens
from toolkit.containers.documents.word_table import Merge, RowCell, evenly, joined_sideways, text_table

_SILENT = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
     "footerl", "footerr", "footerf", "footnote", "annotation", "atnid", "atnauthor", "fldinst", "shpinst",
     "nonshppict", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "themedata",
     "datastore", "nesttableprops", "nonesttables", "bkmkstart", "bkmkend", "do", "template", "filetbl", "latentstyles",
     "pn", "pnseclvl", "mmathPr", "colorschememapping", "defchp", "defpap", "pgptbl", "upr", "tc", "xe", "ftnsep",
     "ftnsepc")
)  # fmt: skip
"""Destinations whose text is no part of the running text."""
_KEPT_IF_STARRED = frozenset(("listtext", "pntext", "shppict", "ud", "cs"))
_SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "~": " ", "_": "-", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_ENDS = frozenset(("par", "page", "sect", "column"))


@guarded(FileKind.RTF)
def read_rtf(data: bytes, name: str) -> Content:
    """The blocks of an .rtf; ``name`` is for messages."""
    return Content(FileKind.RTF, blocks=list(_Reader().blocks(tokens(data))))


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    silent: bool = False
    bold: bool = False
    hidden: bool = False
    label: bool = False
    """Inside the automatic number that is written out for old readers."""


@dataclass(slots=True)
class _Shape:
    """A paragraph's form; holds until ``\\pard``."""

    in_table: bool = False
    centred: bool = False
    level: int | None = None
    depth: int = 1


@dataclass(slots=True)
class _RowShape:
    """The cells that a row definition announces: right edge and merges of each."""

    edges: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    sideways: list[bool] = field(default_factory=list)
    merge: Merge = Merge.NONE
    beside: bool = False

    def end_cell(self, edge: int) -> None:
        """The right edge of a cell closes its definition."""
        self.edges.append(edge)
        self.merges.append(self.merge)
        self.sideways.append(self.beside)
        self.merge, self.beside = Merge.NONE, False

    def row(self, texts: list[str]) -> list[RowCell[str]]:
        """The row of cells that texts make up."""
        if len(self.edges) < len(texts):
            return evenly(texts)
        begins = [min(0, *self.edges), *self.edges]
        return joined_sideways(
            (RowCell(begin, max(edge, begin + 1), text, merge), beside)
            for begin, edge, merge, beside, text in zip(
                begins, self.edges, self.merges, self.sideways, texts, strict=False
            )
        )


class _Reader:
    """One pass over the tokens."""

    def __init__(self) -> None:
        self._state = _State()
        self._shape = _Shape()
        self._row_shape = _RowShape()
        self._pieces: list[str] = []
        self._bold: bool | None = None
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[RowCell[str]]] = []
        self._tables = 0

    def blocks(self, steps: Iterator[Token]) -> Iterator[Block]:
        """The blocks in their order; empty paragraphs are left out."""
        stack: list[_State] = []
        starred = False
        for step in steps:
            word = step.word
            if word == "{":
                stack.append(self._state)
                self._state = replace(self._state)
            elif word == "}":
                self._state = stack.pop() if stack else _State()
            elif word == "*":
                starred = True
                continue
            elif not word:
                self._add(step.text)
            elif word in _SILENT or (starred and word not in _KEPT_IF_STARRED):
                self._state.silent = True
            elif not self._state.silent:
                yield from self._step(step)
            starred = False
        yield from self._end_paragraph()
        yield from self._end_table()

    def _add(self, text: str) -> None:
        if self._state.silent or self._state.hidden:
            return
        self._pieces.append(text.rstrip("\t ") if self._state.label else text)
        if text.strip():
            self._bold = self._state.bold if self._bold is None else self._bold and self._state.bold

    def _step(self, step: Token) -> Iterator[Block]:
        word, number = step.word, step.number
        if word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _ENDS:
            yield from self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell(nested=word == "nestcell")
        elif word == "row":
            self._end_row()
        elif word == "nestrow":
            self._cell.append("\n")
        elif word in ("listtext", "pntext"):
            self._state.label = True
        elif word == "b":
            self._state.bold = number != 0
        elif word in ("v", "deleted"):
            self._state.hidden = number != 0
        elif word == "plain":
            self._state.bold = self._state.hidden = False
        else:
            self._form(word, number or 0)

    def _form(self, word: str, number: int) -> None:
        """Words about the form of paragraphs and rows."""
        if word == "pard":
            self._shape = _Shape()
        elif word == "intbl":
            self._shape.in_table = True
        elif word == "itap":
            self._shape.in_table, self._shape.depth = number > 0, number
        elif word == "qc":
            self._shape.centred = True
        elif word in ("ql", "qr", "qj"):
            self._shape.centred = False
        elif word == "outlinelevel":
            self._shape.level = number if number < 9 else None
        elif word == "trowd":
            self._row_shape = _RowShape()
        elif word == "cellx":
            self._row_shape.end_cell(number)
        elif word in ("clvmgf", "clvmrg"):
            self._row_shape.merge = Merge.FIRST if word == "clvmgf" else Merge.CONTINUED
        elif word == "clmrg":
            self._row_shape.beside = True

    def _take(self) -> tuple[str, bool]:
        text = "".join(self._pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        bold = bool(self._bold)
        self._pieces, self._bold = [], None
        return text.strip(), bold

    def _end_paragraph(self) -> Iterator[Block]:
        text, bold = self._take()
        if self._shape.in_table:
            self._cell.append(text + "\n")
            return
        yield from self._end_table()
        if text:
            yield Paragraph(text, level=self._shape.level, centred=self._shape.centred, bold=bold)

    def _end_cell(self, *, nested: bool) -> None:
        self._cell.append(self._take()[0])
        if nested:
            self._cell.append("\t")
        else:
            self._cells.append("".join(self._cell).strip())
            self._cell = []

    def _end_row(self) -> None:
        if self._cells:
            self._rows.append(self._row_shape.row(self._cells))
        self._cells, self._cell = [], []

    def _end_table(self) -> Iterator[Block]:
        self._end_row()
        if self._rows:
            self._tables += 1
            yield from text_table(self._rows, f"表{self._tables}")
            self._rows = []
