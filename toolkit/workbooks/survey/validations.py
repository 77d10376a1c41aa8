"""Drop-downs, limits and hints in the cells of a survey's form: a wrong value warns, and passes when one insists."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.containers.content import column_name
from toolkit.identity import STAMP_SHEET
from toolkit.survey import Field, FieldType
from toolkit.workbooks.cells import utf16_length
from toolkit.workbooks.sheet_xml import attribute

_LITERAL = 255
"""Characters of a list that stands in the validation itself."""
_TITLE, _PROMPT = 32, 250
_SAYS = {
    FieldType.NUMBER: "只填数字。",
    FieldType.DATE: "日期，如 2026-03-05。",
    FieldType.CHOICE: "请从下拉列表中选择。",
    FieldType.FLAG: "填 是 或 否。",
    FieldType.PHONE: "区号和号码，或 11 位手机号码。",
    FieldType.MOBILE: "11 位手机号码。",
    FieldType.IDENTITY: "18 位身份证号。",
    FieldType.EMAIL: "邮箱地址，如 name@example.gov.cn。",
    FieldType.URL: "网址，如 www.example.gov.cn。",
}
_LENGTHS = {FieldType.MOBILE: 11, FieldType.IDENTITY: 18}


def validation(field: Field, area: str, listed: Callable[[Field], str]) -> str:
    """The element for the cells of one field; ``listed`` tells where choices that are too long for it stand."""
    rule, formulas = _rule(field, listed)
    says = "；".join(filter(None, ("必填" if field.required else "", _SAYS.get(field.type, ""), field.note)))
    if field.example:
        says += f"{'；' if says and not says.endswith('。') else ''}如：{field.example}"
    prompt = f' showInputMessage="1" promptTitle="{_cut(field.name, _TITLE)}" prompt="{_cut(says, _PROMPT)}"'
    error = ' showErrorMessage="1" errorStyle="warning"' if rule else ""
    if rule:
        wrong = f"{_SAYS[field.type]}仍要填写请点“是”。"
        error += f' errorTitle="{_cut(field.name, _TITLE)}" error="{_cut(wrong, _PROMPT)}"'
    words = f'allowBlank="1"{prompt if says else ""}{error}'
    return f'<dataValidation{rule} {words} sqref="{area}">{formulas}</dataValidation>'


def _rule(field: Field, listed: Callable[[Field], str]) -> tuple[str, str]:
    """Type and formulas of the validation; nothing for what a spreadsheet cannot check."""
    if field.offered:
        joined = ",".join(field.offered)
        plain = utf16_length(joined) <= _LITERAL and not any(set(choice) & set(',"') for choice in field.offered)
        formula = f'"{joined}"' if plain else listed(field)
        return ' type="list"', f"<formula1>{attribute(formula)}</formula1>"
    if field.type is FieldType.DATE:
        return ' type="date" operator="between"', "<formula1>1</formula1><formula2>109575</formula2>"
    if field.type is FieldType.NUMBER:
        return ' type="decimal" operator="between"', "<formula1>-1E+15</formula1><formula2>1E+15</formula2>"
    if field.type in _LENGTHS:
        return ' type="textLength" operator="equal"', f"<formula1>{_LENGTHS[field.type]}</formula1>"
    return "", ""


def hidden_choices(row: int, first_column: int, count: int) -> str:
    """The reference to choices in the very hidden sheet; ``row`` counts from 1."""
    left, right = column_name(first_column), column_name(first_column + count - 1)
    return f"'{STAMP_SHEET}'!${left}${row}:${right}${row}"


def _cut(text: str, length: int) -> str:
    return attribute(text if len(text) <= length else text[: length - 1] + "…")
