"""How numbers and dates are typed (A15, A16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from clerk.damages.answers import some
from clerk.parcel import Parcel, Stage, damage
from toolkit import vocabulary as words

_DONE = {"status": words.DONE, "word": words.DONE}


def _progress(parcel: Parcel, texts: Sequence[str]) -> None:
    for code, text in zip(some(parcel, len(texts)), texts, strict=True):
        parcel.answer(code, replace(parcel.answers[code], progress=text))


def _days(parcel: Parcel, ways: Sequence[tuple[str | date, date | None]]) -> None:
    for code, (typed, day) in zip(some(parcel, len(ways)), ways, strict=True):
        parcel.answer(code, replace(parcel.answers[code], done_on=typed, day=day, evidence="台账第7号", **_DONE))
        if day is None:
            parcel.tell(code)


@damage("A15-amounts", Stage.ANSWER)
def amounts(parcel: Parcel) -> None:
    _progress(parcel, ["2000万", "３２０件", "1,250.50", "约3.5亿元", "0"])


@damage("A15-long-numbers", Stage.ANSWER)
def long_numbers(parcel: Parcel) -> None:
    """Numbers longer than a float holds, typed as text."""
    _progress(parcel, ["900000000000000001", "0012", "123456789012345678"])


@damage("A15-numbers", Stage.ANSWER)
def numbers(parcel: Parcel) -> None:
    """Numbers typed as numbers."""
    for code, number in zip(some(parcel, 3), (318, 98.6, 20000000), strict=True):
        text = f"{number:g}" if number < 1e6 else str(number)
        parcel.answer(code, replace(parcel.answers[code], progress=text), pointing="progress", shown=number)


@damage("A15-percent-as-status", Stage.TABLE)
def percent_as_status(parcel: Parcel) -> None:
    """100 % typed into 完成情况: a number that shows as 100%."""
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], status="100%", word=words.DONE))
    with parcel.table() as table:
        cell = table.cell(code, "完成情况")
        cell.value, cell.number_format = 1, "0%"
    parcel.pointing.add((code, "status"))


@damage("A15-percent-progress", Stage.TABLE)
def percent_progress(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], progress="87.5%"))
    with parcel.table() as table:
        cell = table.cell(code, "进展说明")
        cell.value, cell.number_format = 0.875, "0.0%"
    parcel.pointing.add((code, "progress"))


@damage("A15-true-number-of-18-digits", Stage.TABLE)
def true_number_of_18_digits(parcel: Parcel) -> None:
    """A number of 18 digits typed as a number: the program cut it to 15, which must not be shown as 1.1E+17."""
    (code,) = some(parcel, 1)
    parcel.answer(code, replace(parcel.answers[code], evidence="110000000000000000"))
    with parcel.table() as table:
        cell = table.cell(code, "佐证材料")
        cell.value, cell.number_format = 110000000000000000, "General"
    parcel.bound = True
    parcel.pointing.add((code, "evidence"))


@damage("A16-dates-as-text", Stage.ANSWER)
def dates_as_text(parcel: Parcel) -> None:
    _days(
        parcel,
        [
            ("2026.9.5", date(2026, 9, 5)),
            ("2026年8月31日", date(2026, 8, 31)),
            ("2026/7/1", date(2026, 7, 1)),
            ("20260915", date(2026, 9, 15)),
            ("2026-09-30", date(2026, 9, 30)),
        ],
    )


@damage("A16-dates-without-year", Stage.ANSWER)
def dates_without_year(parcel: Parcel) -> None:
    """The year is that of the round."""
    _days(parcel, [("9月5日", date(2026, 9, 5)), ("8月31日", date(2026, 8, 31))])


@damage("A16-wide-dates", Stage.ANSWER)
def wide_dates(parcel: Parcel) -> None:
    _days(parcel, [("２０２６年９月５日", date(2026, 9, 5)), ("2026．8．3", date(2026, 8, 3))])


@damage("A16-no-date", Stage.ANSWER)
def no_date(parcel: Parcel) -> None:
    _days(parcel, [("待定", None), ("每月25日", None)])


@damage("A16-serial-in-general-cell", Stage.TABLE)
def serial_in_general_cell(parcel: Parcel) -> None:
    """The cell's date format was lost by a paste: the serial number stands there."""
    (code,) = some(parcel, 1)
    day = date(2026, 9, 18)
    parcel.answer(code, replace(parcel.answers[code], done_on=day, day=day, evidence="台账第8号", **_DONE))
    with parcel.table() as table:
        cell = table.cell(code, "完成日期")
        cell.value, cell.number_format = (day - date(1899, 12, 30)).days, "General"
    parcel.tell(code)
    parcel.pointing.add((code, "done_on"))


@damage("A16-with-time", Stage.TABLE)
def with_time(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    day = date(2026, 9, 18)
    parcel.answer(code, replace(parcel.answers[code], done_on=day, day=day, evidence="台账第9号", **_DONE))
    with parcel.table() as table:
        cell = table.cell(code, "完成日期")
        cell.value, cell.number_format = 46283.625, "yyyy/m/d h:mm"
    parcel.pointing.add((code, "done_on"))


@damage("A16-base-1904", Stage.BOOK)
def base_1904(parcel: Parcel) -> None:
    """The workbook counts its days from 1904, as old spreadsheet programs on a Mac did."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    with parcel.book() as book:
        book.epoch = CALENDAR_MAC_1904
