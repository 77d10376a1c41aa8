"""What clerks do to the rows and cells of a survey's form: the simulator's cases (A1 … A26) where an answer is a field.

Each damage changes the form and the truth that goes with it: the texts that shall arrive, what they mean, and the
findings that must be told; of any other finding of severity error the simulator says that nobody would understand it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import openpyxl
from clerk.table import delete_column, delete_row, insert_column, insert_rows
from openpyxl.comments import Comment
from survey_office import PEOPLE, ROW, SurveyParcel, filled, table_of

from toolkit.sample.packages import restamped

Apply = Callable[["Hurt"], None]
SURVEY_DAMAGES: dict[str, Apply] = {}
"""Every damage by its name, which begins with its case."""


@dataclass
class Hurt:
    """A unit's form of :data:`survey_office.STAFF` and what shall come of it."""

    parcel: SurveyParcel
    rows: list[ROW]
    """The texts that shall arrive."""
    means: dict[tuple[int, str], str | None] = field(default_factory=dict)
    """(row, field) → what a cell means, where it is not what it says."""
    told: set[str] = field(default_factory=set)
    """Codes of findings that must be there."""
    extras: list[str] = field(default_factory=list)
    """Texts that belong to no field and must be shown all the same."""
    any_order: bool = False

    def edit(self, change: Callable[[Any, int, dict[str, int], int], None]) -> None:
        """Change the first sheet: it, its header row, columns by name, first row to fill in."""
        book = openpyxl.load_workbook(io.BytesIO(self.parcel.data))
        sheet = book.worksheets[0]
        header, columns, first = table_of(sheet)
        change(sheet, header, columns, first)
        stream = io.BytesIO()
        book.save(stream)
        self.parcel.data = restamped(stream.getvalue(), self.parcel.saved)

    def type(self, row: int, name: str, value: Any, text: str | None = None, means: str | None = "") -> None:
        """Type into a cell; ``text`` is what arrives of it, ``means`` what it means where that differs."""
        self.edit(lambda sheet, _, columns, first: _put(sheet, first + row, columns[name], value))
        self.rows[row] = self.rows[row] | {name: str(value) if text is None else text}
        if means != "":
            self.means[row, name] = means

    def again(self, name: str, rows: Sequence[ROW], *, days: int = 1) -> None:
        """Send another form, saved so many days later."""
        saved = self.parcel.saved + timedelta(days=days)
        self.parcel.others[name] = filled(self.parcel.blank, rows, saved)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    sheet.cell(row, column).value = value


def damage(name: str) -> Callable[[Apply], Apply]:
    """Register a damage."""

    def register(apply: Apply) -> Apply:
        assert name not in SURVEY_DAMAGES, name
        SURVEY_DAMAGES[name] = apply
        return apply

    return register


# --- A1: columns and rows -----------------------------------------------------------------------


@damage("A1-columns-reversed")
def columns_reversed(hurt: Hurt) -> None:
    def reverse(sheet: Any, header: int, columns: dict[str, int], first: int) -> None:
        order, code = sorted(columns.values()), sheet.cell(first, columns["编码"]).value
        last = max(row for row in range(first, sheet.max_row + 1) if sheet.cell(row, columns["编码"]).value == code)
        for row in range(header, last + 1):
            cells = [(sheet.cell(row, column).value, copy(sheet.cell(row, column)._style)) for column in order]
            for column, (value, style) in zip(reversed(order), cells, strict=True):
                sheet.cell(row, column).value, sheet.cell(row, column)._style = value, style

    hurt.edit(reverse)


@damage("A1-rows-reversed")
def rows_reversed(hurt: Hurt) -> None:
    hurt.rows.reverse()
    hurt.parcel.data = filled(hurt.parcel.blank, hurt.rows, hurt.parcel.saved)


@damage("A1-header-words-changed")
def header_words_changed(hurt: Hurt) -> None:
    def reword(sheet: Any, header: int, columns: dict[str, int], _: int) -> None:
        for name, words in (
            ("姓名", "姓 名"),
            ("岗位", "岗位（必填）"),
            ("手机", "手机号"),
            ("出生日期", "出生\n日期"),
        ):
            sheet.cell(header, columns[name]).value = words

    hurt.edit(reword)


@damage("A1-optional-column-deleted")
def optional_column_deleted(hurt: Hurt) -> None:
    hurt.edit(lambda sheet, _, columns, __: delete_column(sheet, columns["从业年限"]))
    hurt.rows = [{name: text for name, text in row.items() if name != "从业年限"} for row in hurt.rows]
    hurt.told.add("intake.column-absent")


@damage("A1-own-column-inserted")
def own_column_inserted(hurt: Hurt) -> None:
    def insert(sheet: Any, header: int, columns: dict[str, int], first: int) -> None:
        insert_column(sheet, columns["岗位"])
        _put(sheet, header, columns["岗位"], "科室意见")
        _put(sheet, first, columns["岗位"], "情况属实，同意上报")

    hurt.edit(insert)
    hurt.extras.append("情况属实，同意上报")


# --- A5: sent twice -------------------------------------------------------------------------------


@damage("A5-corrected")
def corrected(hurt: Hurt) -> None:
    hurt.rows[1] = hurt.rows[1] | {"手机": "13911110000"}
    hurt.again("更正.xlsx", hurt.rows)
    hurt.told.add("intake.contradiction")


@damage("A5-halves")
def halves(hurt: Hurt) -> None:
    hurt.parcel.data = filled(hurt.parcel.blank, hurt.rows[:1], hurt.parcel.saved)
    hurt.again("第二份.xlsx", hurt.rows[1:], days=0)
    hurt.told.add("survey.rows-joined")
    hurt.any_order = True


@damage("A5-blank-form-beside")
def blank_form_beside(hurt: Hurt) -> None:
    hurt.again("空表.xlsx", [])


@damage("A5-same-answers-saved-again")
def same_answers_saved_again(hurt: Hurt) -> None:
    hurt.again("另存.xlsx", hurt.rows)


# --- A6, A7: whose row it is, what the words are -----------------------------------------------------


@damage("A6-rows-numbered-anew")
def rows_numbered_anew(hurt: Hurt) -> None:
    def number(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        for row in range(15):
            _put(sheet, first + row, columns["序号"], f"（{row + 5}）")

    hurt.edit(number)


@damage("A7-choice-in-other-widths")
def choice_in_other_widths(hurt: Hurt) -> None:
    for row, text in enumerate((" 专职 ", "专 职", "【兼职】")[: len(hurt.rows)]):
        hurt.type(row, "岗位", text, text.strip(), "专职" if "专" in text else "兼职")


@damage("A7-choice-with-a-full-stop")
def choice_with_a_full_stop(hurt: Hurt) -> None:
    hurt.type(0, "岗位", "专职。", means="专职")


@damage("A7-word-not-offered")
def word_not_offered(hurt: Hurt) -> None:
    hurt.type(0, "岗位", "借调", means=None)
    hurt.told.add("survey.not-a-choice")


# --- A10, A11: hidden and beside -----------------------------------------------------------------------


@damage("A10-column-hidden")
def column_hidden(hurt: Hurt) -> None:
    from openpyxl.utils import get_column_letter

    def hide(sheet: Any, _: int, columns: dict[str, int], __: int) -> None:
        sheet.column_dimensions[get_column_letter(columns["从业年限"])].hidden = True

    hurt.edit(hide)


@damage("A10-row-hidden")
def row_hidden(hurt: Hurt) -> None:
    def hide(sheet: Any, _: int, __: dict[str, int], first: int) -> None:
        sheet.row_dimensions[first + 1].hidden = True

    hurt.edit(hide)


@damage("A11-comment-on-a-cell")
def comment_on_a_cell(hurt: Hurt) -> None:
    def note(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        sheet.cell(first, columns["手机"]).comment = Comment("号码请再核一下", "经办人")

    hurt.edit(note)


# --- A12, A13, A14: cleared, merged, pointed at -------------------------------------------------------


@damage("A12-required-cell-cleared")
def required_cell_cleared(hurt: Hurt) -> None:
    hurt.edit(lambda sheet, _, columns, first: _put(sheet, first, columns["手机"], None))
    hurt.rows[0] = {name: text for name, text in hurt.rows[0].items() if name != "手机"}
    hurt.told.add("survey.required-blank")


@damage("A12-row-deleted-in-the-later-form")
def row_deleted_in_the_later_form(hurt: Hurt) -> None:
    left = hurt.rows.pop()
    hurt.again("重报.xlsx", hurt.rows)
    hurt.told.add("survey.row-taken-out")
    hurt.extras.append(left["姓名"])


@damage("A12-empty-rows-deleted")
def empty_rows_deleted(hurt: Hurt) -> None:
    def delete(sheet: Any, _: int, __: dict[str, int], first: int) -> None:
        for row in range(first + 14, first + len(hurt.rows) - 1, -1):
            delete_row(sheet, row)

    hurt.edit(delete)


@damage("A12-blanks-for-empty")
def blanks_for_empty(hurt: Hurt) -> None:
    def blank(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        for row in range(len(hurt.rows), 10):
            for name in ("姓名", "岗位", "手机"):
                _put(sheet, first + row, columns[name], (" ", "　", "\n")[row % 3])

    hurt.edit(blank)


@damage("A13-one-word-over-all-rows")
def one_word_over_all_rows(hurt: Hurt) -> None:
    def merge(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        column, last = columns["岗位"], first + len(hurt.rows) - 1
        for row in range(first, last + 1):
            _put(sheet, row, column, "专职" if row == first else None)
        sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)

    hurt.edit(merge)
    hurt.rows = [row | {"岗位": "专职"} for row in hurt.rows]


@damage("A13-header-of-two-rows")
def header_of_two_rows(hurt: Hurt) -> None:
    def stack(sheet: Any, header: int, columns: dict[str, int], _: int) -> None:
        insert_rows(sheet, header)
        _put(sheet, header, columns["姓名"], "人员情况")
        sheet.merge_cells(
            start_row=header, end_row=header, start_column=columns["姓名"], end_column=columns["从业年限"]
        )

    hurt.edit(stack)


@damage("A14-same-as-above")
def same_as_above(hurt: Hurt) -> None:
    hurt.type(1, "岗位", "同上", hurt.rows[0]["岗位"])
    hurt.type(2, "岗位", "〃", hurt.rows[0]["岗位"])


# --- A15, A16: numbers and dates ------------------------------------------------------------------------


@damage("A15-numbers-as-numbers")
def numbers_as_numbers(hurt: Hurt) -> None:
    hurt.type(0, "从业年限", 7, "7")
    hurt.type(1, "从业年限", 3.5, "3.5")
    hurt.type(2, "手机", 13900007777, "13900007777")


@damage("A15-numbers-with-words")
def numbers_with_words(hurt: Hurt) -> None:
    for row, (text, number) in enumerate((("12年", "12"), ("１５", "15"), ("1,200", "1200"))):
        hurt.type(row, "从业年限", text, means=number)


@damage("A15-a-guess-for-a-number")
def guess_for_a_number(hurt: Hurt) -> None:
    hurt.type(0, "从业年限", "约五六年", means=None)
    hurt.told.add("survey.number-unread")


@damage("A16-dates-in-many-ways")
def dates_in_many_ways(hurt: Hurt) -> None:
    for row, text in enumerate(("1988.5.6", "1988年5月6日", "19880506")):
        hurt.type(row, "出生日期", text, means="1988-05-06")


@damage("A16-a-true-date")
def true_date(hurt: Hurt) -> None:
    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        cell = sheet.cell(first, columns["出生日期"])
        cell.value, cell.number_format = date(1988, 5, 6), 'yyyy"年"m"月"d"日"'

    hurt.edit(put)
    hurt.rows[0] = hurt.rows[0] | {"出生日期": "1988年5月6日"}
    hurt.means[0, "出生日期"] = "1988-05-06"


# --- A21, A26: texts that look like something else, more room --------------------------------------------


@damage("A21-formula-like-text")
def formula_like_text(hurt: Hurt) -> None:
    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        cell = sheet.cell(first, columns["姓名"])
        cell.value, cell.data_type = "=1+1", "s"

    hurt.edit(put)
    hurt.rows[0] = hurt.rows[0] | {"姓名": "=1+1"}
    hurt.type(1, "手机", "+8613900005555", means="13900005555")


@damage("A26-long-and-rare")
def long_and_rare(hurt: Hurt) -> None:
    hurt.type(0, "姓名", "䶮𠮷㙍")
    hurt.type(1, "姓名", "为民办事" * 200)
    hurt.type(2, "姓名", "欧阳\n明远")


@damage("A26-note-beside-the-table")
def note_beside_the_table(hurt: Hurt) -> None:
    def note(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        _put(sheet, first, max(columns.values()) + 2, "另有两人借调在外")

    hurt.edit(note)
    hurt.extras.append("另有两人借调在外")


@damage("A26-more-people-than-rows")
def more_people_than_rows(hurt: Hurt) -> None:
    more = [{"姓名": f"临时工{number}", "岗位": "兼职", "手机": f"1395555{number:04d}"} for number in range(20)]
    hurt.rows += more
    hurt.parcel.data = filled(hurt.parcel.blank, hurt.rows, hurt.parcel.saved)


@damage("A26-signed-with-the-name-of-a-field")
def signed_beside(hurt: Hurt) -> None:
    """The foot is filled in with a telephone that looks like the field 手机."""

    def sign(sheet: Any, header: int, _: dict[str, int], __: int) -> None:
        for row in range(header + 1, sheet.max_row + 1):
            if str(sheet.cell(row, 1).value or "").startswith("联系电话"):
                _put(sheet, row, 3, "手机 13900008888")

    assert "联系电话" in PEOPLE
    hurt.edit(sign)


# --- what is left of A5, A6, A12 … A21 -------------------------------------------------------------------


@damage("A5-contradiction-without-times")
def contradiction_without_times(hurt: Hurt) -> None:
    """Two forms saved at the same moment: nobody can tell which telephone is right, so neither is taken."""
    hurt.again("另一份.xlsx", [hurt.rows[0] | {"手机": "13911110000"}, *hurt.rows[1:]], days=0)
    hurt.rows[0] = {name: text for name, text in hurt.rows[0].items() if name != "手机"}
    hurt.told |= {"intake.contradiction-undecided", "survey.required-blank"}
    hurt.extras.append("13911110000")


@damage("A6-row-copied")
def row_copied(hurt: Hurt) -> None:
    hurt.rows.append(dict(hurt.rows[0]))
    hurt.parcel.data = filled(hurt.parcel.blank, hurt.rows, hurt.parcel.saved)
    hurt.told.add("survey.row-twice")


@damage("A13-answer-across-columns")
def answer_across_columns(hurt: Hurt) -> None:
    """A name merged with the empty date beside it."""

    def merge(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        row = first + 2
        sheet.merge_cells(start_row=row, end_row=row, start_column=columns["姓名"], end_column=columns["出生日期"])

    hurt.edit(merge)


@damage("A14-same-as-number")
def same_as_number(hurt: Hurt) -> None:
    hurt.type(2, "岗位", "同第1项", hurt.rows[0]["岗位"])


@damage("A15-percent")
def percent(hurt: Hurt) -> None:
    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        cell = sheet.cell(first, columns["从业年限"])
        cell.value, cell.number_format = 0.875, "0.0%"

    hurt.edit(put)
    hurt.rows[0] = hurt.rows[0] | {"从业年限": "87.5%"}
    hurt.means[0, "从业年限"] = "0.875"


@damage("A16-serial-in-general-cell")
def serial_in_general_cell(hurt: Hurt) -> None:
    """A date of which the format was lost: the number of its day."""

    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        cell = sheet.cell(first, columns["出生日期"])
        cell.value, cell.number_format = 32269, "General"

    hurt.edit(put)
    hurt.rows[0] = hurt.rows[0] | {"出生日期": "32269"}
    hurt.means[0, "出生日期"] = "1988-05-06"


@damage("A16-with-time")
def with_time(hurt: Hurt) -> None:
    hurt.type(0, "出生日期", "1988-05-06 00:00:00", means="1988-05-06")


@damage("A16-no-date")
def no_date(hurt: Hurt) -> None:
    hurt.type(0, "出生日期", "见身份证", means=None)
    hurt.told.add("survey.date-unread")


@damage("A21-formula")
def formula(hurt: Hurt) -> None:
    """Typed as a formula that no program has computed: nothing stands in the cell, which is told."""
    hurt.edit(lambda sheet, _, columns, first: _put(sheet, first, columns["从业年限"], "=1+2"))
    hurt.rows[0] = {name: text for name, text in hurt.rows[0].items() if name != "从业年限"}
    hurt.told.add("intake.uncalculated")


@damage("A21-error-value")
def error_value(hurt: Hurt) -> None:
    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        cell = sheet.cell(first, columns["从业年限"])
        cell.value, cell.data_type = "#REF!", "e"

    hurt.edit(put)
    hurt.rows[0] = hurt.rows[0] | {"从业年限": "#REF!"}
    hurt.means[0, "从业年限"] = None
    hurt.told.add("intake.error-cell")


@damage("A26-a-line-of-its-own-below-the-table")
def line_below_the_table(hurt: Hurt) -> None:
    """A remark across the row behind the last person, where the next one would stand."""
    text = "注：以上人员均为在编在岗，其中陈明和自本月起到岗。"

    def put(sheet: Any, _: int, columns: dict[str, int], first: int) -> None:
        row = first + len(hurt.rows)
        sheet.merge_cells(start_row=row, end_row=row, start_column=columns["姓名"], end_column=columns["已培训"])
        _put(sheet, row, columns["姓名"], text)

    hurt.edit(put)
    hurt.rows.append({"姓名": text})
    hurt.told.add("survey.required-blank")
