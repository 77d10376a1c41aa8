"""What clerks at units do to a form before they send it back: the ways the demo shows.

A habit takes a :class:`Desk` and gives the files that are sent: name → bytes.  The answers stay what the
desk says they are, however they are written.
"""

from __future__ import annotations

import csv
import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from toolkit.sample.answers import OWN_WORDS
from toolkit.sample.desk import Desk
from toolkit.sample.form import TO_FILL
from toolkit.sample.packages import gbk_zip, restamped

Files = dict[str, bytes]
Habit = Callable[[Desk, Random], Files]


def well(desk: Desk, rng: Random) -> Files:
    """As the office asked."""
    return {desk.name: desk.filled()}


def own_words(desk: Desk, rng: Random) -> Files:
    """Types 完成情况 in words of its own over the drop-down (A7)."""
    typed = {}
    for code, answer in desk.answers.items():
        if ways := [text for text, word in OWN_WORDS if word == answer.word]:
            typed[code] = {"完成情况": rng.choice(ways)}
    return {desk.name: desk.filled(typed)}


def ditto(desk: Desk, rng: Random) -> Files:
    """Writes 同上 where 完成情况 is that of the row above (A14)."""
    typed = {}
    codes = [asked.code for asked in desk.form.tasks]
    for above, code in pairwise(codes):
        if {above, code} <= desk.answers.keys() and desk.answers[above].status == desk.answers[code].status:
            typed[code] = {"完成情况": "同上"}
    return {desk.name: desk.filled(typed)}


def vague(desk: Desk, rng: Random) -> Files:
    """Answers one task with words no vocabulary holds."""
    code = rng.choice(sorted(desk.answers))
    return {desk.name: desk.filled({code: {"完成情况": "差不多了"}})}


def moved_columns(desk: Desk, rng: Random) -> Files:
    """Moves the columns to fill to the right, behind an empty gap (A1)."""
    columns = [desk.form.columns[label] for label in TO_FILL]
    rows = desk.form.header_row, desk.form.tasks[-1].row

    def rearrange(book: Any) -> None:
        sheet = book[desk.form.sheet]
        sheet.move_range(f"{columns[0]}{rows[0]}:{columns[-1]}{rows[1]}", cols=len(columns) + 2)

    return {desk.name: in_spreadsheet(desk, rearrange)}


def cover_sheet(desk: Desk, rng: Random) -> Files:
    """Adds a sheet in front and gives the form's sheet another name (A2)."""

    def rearrange(book: Any) -> None:
        book[desk.form.sheet].title = "最终版"
        book.create_sheet("封面", 0)["B2"] = f"{desk.unit}报送材料"

    return {f"{desk.unit}（最终版）.xlsx": in_spreadsheet(desk, rearrange)}


def ansi_csv(desk: Desk, rng: Random) -> Files:
    """Saves the form as .csv, in GBK as spreadsheet programs on Chinese systems do (A17)."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(desk.filled()))[desk.form.sheet]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in sheet.iter_rows(values_only=True):
        writer.writerow([f"{value:%Y/%m/%d}" if isinstance(value, date) else value for value in row])
    return {desk.name.removesuffix(".xlsx") + ".csv": text.getvalue().encode("gb18030")}


def zipped_with_picture(desk: Desk, rng: Random) -> Files:
    """Packs the form with a picture of its evidence; the archiver writes names in GBK (A22, A34)."""
    inside = {f"{desk.unit}/{desk.name}": desk.filled(), f"{desk.unit}/现场照片.png": picture(rng)}
    return {f"{desk.unit}.zip": gbk_zip(inside, desk.saved)}


def corrected(desk: Desk, rng: Random) -> Files:
    """Sends a form, then a corrected one; the answers of the desk are the corrected ones (A5)."""
    code = rng.choice(sorted(code for code, answer in desk.answers.items() if answer.progress))
    first = replace(desk.answers[code], progress="（初稿）" + desk.answers[code].progress)
    earlier = replace(desk, answers={**desk.answers, code: first}, saved=desk.saved - timedelta(days=2))
    return {desk.name: earlier.filled(), desk.name.replace(".xlsx", "（更正）.xlsx"): desk.filled()}


def wrong_file_too(desk: Desk, rng: Random) -> Files:
    """Sends the form and, by mistake, a table that has nothing to do with it (A4)."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["日期", "带班领导", "值班人员"], ["10月1日", "甲", "乙、丙"], ["10月2日", "丁", "戊、己"]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return {desk.name: desk.filled(), f"{desk.unit}国庆值班表.xlsx": restamped(stream.getvalue(), desk.saved)}


def in_spreadsheet(desk: Desk, change: Callable[[Any], None]) -> bytes:
    """The filled form, changed as an openpyxl workbook and saved at the desk's time."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(desk.filled()))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), desk.saved)


def picture(rng: Random) -> bytes:
    """A small .png of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size, colour = 16, bytes(rng.randrange(256) for _ in range(3))
    pixels = (b"\0" + colour * size) * size
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
