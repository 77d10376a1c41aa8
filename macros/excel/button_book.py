"""``fengong_按钮.xlsm``: a sheet of buttons for who cannot load an add-in, with a picture of what each one does."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from PIL import Image, ImageDraw

from macros.excel.build import vba_project
from toolkit.registry.buttons import BUTTONS, TAB

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_BORN = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_INK, _PAPER, _ACCENT, _DONE = "#44546A", "#FFFFFF", "#C00000", "#70AD47"
_WIDE, _HIGH = 220, 66
_FIRST_ROW = 3

_Shape = tuple[str, int]
_PICTURES: dict[str, tuple[str, str]] = {
    "Draft": ("page", "table"),
    "Tidy": ("mixed", "column"),
    "Issue": ("table", "pages"),
    "Check": ("table", "marks"),
    "Merge": ("pages", "table"),
    "Notify": ("table", "letters"),
    "Rollup": ("table", "page"),
    "Trace": ("column", "pages"),
    "Folder": ("folder", "folder"),
    "Help": ("page", "page"),
}
"""Button → what goes in, and what comes out."""


def build_button_book(out: Path) -> Path:
    """Write the button workbook; two builds are byte-identical."""
    out.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(out))
    book.set_properties({"title": TAB, "author": "fengong", "created": _BORN})
    book.add_vba_project(io.BytesIO(vba_project(asks_for_file=True)), is_stream=True)
    book.set_vba_name("ThisWorkbook")
    _sheet(book)
    book.close()
    return out


def _sheet(book: Workbook) -> None:
    sheet = book.add_worksheet(TAB)
    sheet.set_vba_name("Sheet1")
    title = book.add_format({"font_name": "黑体", "font_size": 20, "align": "center", "valign": "vcenter"})
    text = book.add_format({"font_name": "仿宋_GB2312", "font_size": 12, "text_wrap": True, "valign": "vcenter"})
    head = book.add_format(
        {
            "font_name": "黑体",
            "font_size": 12,
            "bg_color": "#DDEBF7",
            "border": 1,
            "align": "center",
            "valign": "vcenter",
        }
    )
    sheet.hide_gridlines(2)
    sheet.set_column("A:A", 3)
    sheet.set_column("B:B", 26)
    sheet.set_column("C:C", 34)
    sheet.set_column("D:D", 52)
    for row, height in ((0, 42), (1, 24), (2, 22)):
        sheet.set_row(row, height)
    sheet.merge_range("B1:D1", TAB, title)
    sheet.merge_range("B2:D2", "先启用宏，再按按钮。程序在副本上工作，不改动您的文件，不联网。", text)
    for column, label in enumerate(("按钮", "做什么", "说明"), 1):
        sheet.write(_FIRST_ROW - 1, column, label, head)
    for row, button in enumerate(BUTTONS, _FIRST_ROW):
        sheet.set_row(row, 58)
        sheet.insert_button(
            row,
            1,
            {
                "macro": f"Fg{button.id}",
                "caption": button.label,
                "width": 176,
                "height": 56,
                "x_offset": 6,
                "y_offset": 10,
            },
        )
        place = {"image_data": io.BytesIO(picture(button.id)), "x_offset": 8, "y_offset": 6, "object_position": 2}
        sheet.insert_image(row, 2, f"{button.id}.png", {**place, "description": button.tip})
        sheet.write_string(row, 3, button.tip, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.activate()


def picture(button_id: str) -> bytes:
    """What goes in, an arrow, what comes out, as PNG: drawn, so that no picture file has to be kept."""
    before, after = _PICTURES[button_id]
    image = Image.new("RGB", (_WIDE, _HIGH), _PAPER)
    draw = ImageDraw.Draw(image)
    _DRAWINGS[before](draw, 10)
    draw.line((92, 33, 122, 33), fill=_INK, width=4)
    draw.polygon(((120, 23), (136, 33), (120, 43)), fill=_INK)
    _DRAWINGS[after](draw, 146)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def _page(draw: ImageDraw.ImageDraw, x: int, y: int = 4) -> None:
    draw.rectangle((x, y, x + 44, y + 56), outline=_INK, width=2, fill=_PAPER)
    draw.line((x + 8, y + 10, x + 36, y + 10), fill=_ACCENT, width=3)
    for line in range(18, 52, 8):
        draw.line((x + 8, y + line, x + 36, y + line), fill=_INK, width=2)


def _pages(draw: ImageDraw.ImageDraw, x: int) -> None:
    for step in (16, 8, 0):
        _page(draw, x + step, 4)


def _letters(draw: ImageDraw.ImageDraw, x: int) -> None:
    for y in (6, 36):
        draw.rectangle((x, y, x + 46, y + 24), outline=_INK, width=2, fill=_PAPER)
        draw.line((x, y, x + 23, y + 14, x + 46, y), fill=_ACCENT, width=2)


def _table(draw: ImageDraw.ImageDraw, x: int, fill: str = "") -> None:
    draw.rectangle((x, 6, x + 62, 60), outline=_INK, width=2, fill=_PAPER)
    draw.rectangle((x, 6, x + 62, 17), outline=_INK, width=2, fill="#BDD7EE")
    for y in (28, 39, 50):
        draw.line((x, y, x + 62, y), fill=_INK)
    for step in (20, 42):
        draw.line((x + step, 6, x + step, 60), fill=_INK)
    if fill:
        for y in (18, 29, 40, 51):
            draw.rectangle((x + 21, y, x + 41, y + 8), fill=fill)


def _marks(draw: ImageDraw.ImageDraw, x: int) -> None:
    _table(draw, x)
    for row, colour in enumerate((_DONE, _ACCENT, _DONE, _DONE)):
        draw.rectangle((x + 43, 19 + 11 * row, x + 60, 26 + 11 * row), fill=colour)


def _mixed(draw: ImageDraw.ImageDraw, x: int) -> None:
    _table(draw, x, "#FFE699")


def _column(draw: ImageDraw.ImageDraw, x: int) -> None:
    _table(draw, x, _DONE)


def _folder(draw: ImageDraw.ImageDraw, x: int) -> None:
    draw.polygon(
        ((x, 14), (x + 24, 14), (x + 30, 22), (x + 60, 22), (x + 60, 58), (x, 58)), fill="#FFD966", outline=_INK
    )


_DRAWINGS = {
    "page": _page,
    "pages": _pages,
    "letters": _letters,
    "table": _table,
    "marks": _marks,
    "mixed": _mixed,
    "column": _column,
    "folder": _folder,
}
