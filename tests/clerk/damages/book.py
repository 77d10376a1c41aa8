"""Sheets, names, protection and what else a workbook carries (A2, A9, A10, A11, A23)."""

from __future__ import annotations

import io

from clerk.parcel import Parcel, Stage, Unfit, damage
from toolkit.sample.packages import restamped

# --- A2: sheets ------------------------------------------------------------------------


@damage("A2-sheet-renamed", Stage.BOOK)
def sheet_renamed(parcel: Parcel) -> None:
    with parcel.table() as table:
        table.sheet.title = parcel.rng.choice(("Sheet1", "最终版（2）", "三季度"))


@damage("A2-sheets-reversed", Stage.BOOK)
def sheets_reversed(parcel: Parcel) -> None:
    with parcel.book() as book:
        book._sheets.reverse()


@damage("A2-cover-before", Stage.BOOK)
def cover_before(parcel: Parcel) -> None:
    with parcel.book() as book:
        cover = book.create_sheet("封面", 0)
        cover["C5"] = f"{parcel.unit}报送材料"
        book.active = 0


@damage("A2-blank-copy-before", Stage.BOOK)
def blank_copy_before(parcel: Parcel) -> None:
    """The blank form was copied to a sheet in front before the other was filled in."""
    with parcel.table() as table:
        copy = table.book.copy_worksheet(table.sheet)
        copy.title = "空表备用"
        for row in table.rows.values():
            for label in ("完成情况", "进展说明", "佐证材料", "完成日期", "备注"):
                if label in table.columns:
                    copy.cell(row, table.columns[label]).value = None
        table.book.move_sheet(copy, -len(table.book.sheetnames))


@damage("A2-own-tables-behind", Stage.BOOK)
def own_tables_behind(parcel: Parcel) -> None:
    """A table of the unit's own on another sheet, with words of the form's header."""
    text = "科室内部台账，不上报"
    with parcel.book() as book:
        sheet = book.create_sheet("内部台账")
        for row in (["序号", "工作任务", "完成情况", "备注"], [1, "整理档案", "已完成", text]):
            sheet.append(row)
    parcel.shown_as_extra.append(text)


@damage("A2-only-the-table-copied", Stage.BOOK)
def only_the_table_copied(parcel: Parcel) -> None:
    """The visible sheet's cells were copied into a new workbook: no stamp but the codes, no style, no name."""
    import openpyxl

    fresh = openpyxl.Workbook()
    with parcel.table(save=False) as table:
        sheet = fresh.active
        assert sheet is not None
        parcel.forget_merged_away(table)
        for row in table.sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    target = sheet.cell(cell.row, cell.column, cell.value)
                    target.number_format = cell.number_format
                    if cell.data_type == "s":
                        target.data_type = "s"
    stream = io.BytesIO()
    fresh.save(stream)
    parcel.data = restamped(stream.getvalue(), parcel.saved)


# --- A9: what a re-save loses ---------------------------------------------------------------


@damage("A9-protection-lost", Stage.BOOK)
def protection_lost(parcel: Parcel) -> None:
    with parcel.table() as table:
        table.sheet.protection.sheet = False
        table.book.security = None


@damage("A9-validation-lost", Stage.BOOK)
def validation_lost(parcel: Parcel) -> None:
    with parcel.table() as table:
        table.sheet.data_validations.dataValidation = []


@damage("A9-hidden-sheets-lost", Stage.BOOK)
def hidden_sheets_lost(parcel: Parcel) -> None:
    with parcel.book() as book:
        for sheet in [sheet for sheet in book.worksheets if sheet.sheet_state != "visible"]:
            book.remove(sheet)


@damage("A9-properties-and-names-lost", Stage.BOOK)
def properties_and_names_lost(parcel: Parcel) -> None:
    with parcel.book() as book:
        for name in book.custom_doc_props.names:
            del book.custom_doc_props[name]
        book.defined_names.clear()


@damage("A9-every-stamp-lost", Stage.BOOK)
def every_stamp_lost(parcel: Parcel) -> None:
    hidden_sheets_lost(parcel)
    properties_and_names_lost(parcel)


@damage("A9-hidden-sheet-shown", Stage.BOOK)
def hidden_sheet_shown(parcel: Parcel) -> None:
    with parcel.book() as book:
        for sheet in book.worksheets:
            sheet.sheet_state = "visible"


@damage("A9-resaved-by-openpyxl", Stage.BOOK)
def resaved_by_openpyxl(parcel: Parcel) -> None:
    with parcel.book():
        pass


@damage("A9-styles-lost", Stage.BOOK)
def styles_lost(parcel: Parcel) -> None:
    from openpyxl.cell.cell import MergedCell

    with parcel.table() as table:
        for row in table.sheet.iter_rows():
            for cell in row:
                if not isinstance(cell, MergedCell) and not cell.is_date:
                    cell.style = "Normal"


# --- A11: harmless company ---------------------------------------------------------------------


@damage("A11-hidden-names", Stage.BOOK)
def hidden_names(parcel: Parcel) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    with parcel.book() as book:
        for name, text in (("_xlnm._FilterDatabase_x", "#REF!"), ("旧区域", "[1]Sheet1!$A$1"), ("a", "1")):
            book.defined_names[name] = DefinedName(name, attr_text=text, hidden=True)


@damage("A11-comments", Stage.BOOK)
def comments(parcel: Parcel) -> None:
    from openpyxl.comments import Comment

    with parcel.table() as table:
        for code in parcel.codes[:3]:
            if code in table.rows and "进展说明" in table.columns:
                table.cell(code, "进展说明").comment = Comment("请科长核对这一条", "经办人")


@damage("A11-conditional-formats", Stage.BOOK)
def conditional_formats(parcel: Parcel) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    with parcel.table() as table:
        rule = FormulaRule(formula=['$I5="推进中"'], fill=PatternFill("solid", bgColor="FFFF00"))
        table.sheet.conditional_formatting.add("A5:M200", rule)


@damage("A11-chart", Stage.BOOK)
def chart(parcel: Parcel) -> None:
    from openpyxl.chart import BarChart, Reference

    with parcel.table() as table:
        bars = BarChart()
        bars.add_data(Reference(table.sheet, min_col=2, min_row=table.header, max_row=table.last))
        table.sheet.add_chart(bars, "P3")


# --- A23: the unit's name ---------------------------------------------------------------------------


def rename_unit(parcel: Parcel, name: str) -> None:
    """Write another name in 填报单位, everywhere above the table."""
    with parcel.table() as table:
        above = [cell for row in table.sheet.iter_rows(max_row=table.header - 1) for cell in row]
        named = [cell for cell in above if parcel.unit in str(cell.value)]
        if not named:
            raise Unfit("the unit's name is gone")
        for cell in named:
            cell.value = str(cell.value).replace(parcel.unit, name)


@damage("A23-short-name", Stage.BOOK)
def short_name(parcel: Parcel) -> None:
    """An alias of the roster, in a form that still carries its stamp."""
    rename_unit(parcel, parcel.alias)
    parcel.tell(None, "warning")


@damage("A23-alias-without-stamp", Stage.BOOK)
def alias_without_stamp(parcel: Parcel) -> None:
    rename_unit(parcel, parcel.alias)
    every_stamp_lost(parcel)
    parcel.tell(None, "warning")
    parcel.name = "三季度填报表.xlsx"


@damage("A23-unknown-name", Stage.BOOK)
def unknown_name(parcel: Parcel) -> None:
    """A name that no register holds and no stamp to correct it: nothing may be guessed in silence."""
    rename_unit(parcel, "某某筹备组")
    every_stamp_lost(parcel)
    parcel.name = "三季度填报表.xlsx"
    parcel.refused = True


@damage("A23-misspelt-without-stamp", Stage.BOOK)
def misspelt_without_stamp(parcel: Parcel) -> None:
    """One character of the name is wrong: taken or refused, but never without a word."""
    rename_unit(parcel, parcel.unit[:-1] + "俯")
    every_stamp_lost(parcel)
    parcel.name = "三季度填报表.xlsx"
    parcel.tell(None, "warning")
    parcel.doubtful = True


@damage("A23-no-name-at-all", Stage.BOOK)
def no_name_at_all(parcel: Parcel) -> None:
    """Neither stamp nor 填报单位, but the file still bears the name that was issued."""
    rename_unit(parcel, "")
    every_stamp_lost(parcel)
    parcel.doubtful = True
    parcel.tell(None, "note")
