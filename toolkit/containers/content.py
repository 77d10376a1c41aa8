"""What any file becomes once it was read safely: sheets of cells, or a list of blocks.

Readers produce these classes and nothing else; the notice and intake rooms consume them and
know no file format.  Rows and columns are 0-based here; :func:`cell_name` gives the A1 name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache

from toolkit.model import Finding


class FileKind(StrEnum):
    """What a file is by its bytes, never by its name (HOSTILE.md, strategy 2)."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    XML2003 = "xml2003"
    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    PDF = "pdf"
    OFD = "ofd"
    RTF = "rtf"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    EML = "eml"
    IMAGE = "image"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    UNKNOWN = "unknown"


Value = str | float | int | bool | date | datetime | time | None
"""What a cell holds.  An error cell holds its text (``#N/A``) and stands in ``Sheet.errors``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, 0-based, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __contains__(self, cell: object) -> bool:
        if not isinstance(cell, tuple):
            return False
        row, column = cell
        return bool(self.top <= row <= self.bottom and self.left <= column <= self.right)


@dataclass(slots=True)
class Sheet:
    """One sheet of cells, or one table of a document.

    ``rows[r][c]`` is a :data:`Value`; rows may be shorter than others and trailing blank rows are absent.
    ``text(r, c)`` is the text a person sees.
    """

    name: str
    rows: list[list[Value]]
    spans: tuple[Span, ...] = ()
    visible: bool = True
    very_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells whose visible text differs from the plain text of their value (100%, 000123)."""
    errors: frozenset[tuple[int, int]] = frozenset()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    """Formula cells that carry no value."""
    pictures: tuple[tuple[int, int, str], ...] = ()
    """Row, column and name of pictures in a cell (DISPIMG) or floating with their corner over it."""
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cell comments."""

    def value(self, row: int, column: int) -> Value:
        """The value, ``None`` beyond the edges."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def text(self, row: int, column: int) -> str:
        """The visible text of a cell, blanks at the ends removed."""
        shown = self.shown.get((row, column))
        return shown if shown is not None else plain_text(self.value(row, column))

    @property
    def width(self) -> int:
        """Columns up to the last one any row has."""
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a document, automatic numbering written out in front of its text."""

    text: str
    page: int | None = None
    style: str = ""
    """Name of the paragraph style where the format has one (Title, Heading 1 …)."""
    level: int | None = None
    """Outline or list level, 0-based, where the format tells."""
    centred: bool = False
    bold: bool = False
    close: bool = False
    """Stands right below the line before it, in a text that otherwise parts its paragraphs by blank lines."""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of a document; merged cells are spans whose text stands in the top left cell."""

    sheet: Sheet
    page: int | None = None


Block = Paragraph | TableBlock


@dataclass(slots=True)
class Content:
    """A file as read: what it is, its sheets (spreadsheets) or blocks (documents), and what was noticed."""

    kind: FileKind
    sheets: list[Sheet] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    """Custom document properties."""
    names: dict[str, str] = field(default_factory=dict)
    """Defined names → their formula or text."""
    modified: datetime | None = None
    """The saved time the file itself states (docProps/core.xml, else the newest zip entry), UTC."""
    findings: list[Finding] = field(default_factory=list)
    external_links: int = 0
    has_macros: bool = False

    def tables(self) -> list[Sheet]:
        """Every grid of the file: its sheets, or the tables among its blocks."""
        return self.sheets or [block.sheet for block in self.blocks if isinstance(block, TableBlock)]


def plain_text(value: Value) -> str:
    """A value as text: whole numbers without ``.0``, dates ISO, never an exponent (A15)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return f"{value:.15g}" if 1e-4 <= abs(value) < 1e15 else f"{value:.17f}".rstrip("0")
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


@cache
def column_name(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A → 0, AA → 26; capital letters only."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def cell_name(row: int, column: int) -> str:
    """(0, 0) → A1."""
    return f"{column_name(column)}{row + 1}"
