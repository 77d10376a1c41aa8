"""The form of a survey (收集表): the office's own fields as columns, written from the template 收集表.xlsx.

Identity travels as in the form of a plan: code column, very hidden sheet, custom property, defined name.  The very
hidden sheet also holds the survey itself, so that a form is checked without the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, islice, repeat
from pathlib import Path

from toolkit.containers.content import column_name
from toolkit.identity import Stamp, StampedDuty
from toolkit.model import Duty, Plan, Round
from toolkit.resources import template as template_path
from toolkit.survey import Field, FieldType, FilledRow, Survey
from toolkit.workbooks.form_book import chinese_date, finished_form
from toolkit.workbooks.row_heights import line_count
from toolkit.workbooks.survey.validations import hidden_choices, validation
from toolkit.workbooks.table_look import TableLook
from toolkit.workbooks.table_sheet import TableSheet
from toolkit.workbooks.template import Cell, Repeated, Row, Template

SURVEY_TEMPLATE = "收集表.xlsx"
LOCKED = ("编码", "序号")
_FIELD = "字段"
_REQUIRED, _HINT, _DATE, _NUMBER = (f"字段·{word}" for word in ("必填", "提示", "日期", "数字"))
ROWS_OFFERED = 15
"""Rows that a form in which units write many begins with; they insert as many more as they need."""
_ROWS_FREE = 5
"""Of these at least so many are free where the others show what the unit said last."""
_SINGLE_ROW = 48.0
"""Points of the row of a form that has only one."""
_NARROWEST, _ROOM = 88.0, 165.0
"""Units all fields are wide together: at least, so that title and notes find room, and at most if they can be."""
_WIDEST = 36.0
_HINT_LINES = 4
_FIXED = 6
"""Cells of a field's row in the very hidden sheet before its choices (see ``Survey.lines``)."""
_WIDTHS = {
    FieldType.TEXT: (11.0, 16.0),
    FieldType.NUMBER: (9.0, 12.0),
    FieldType.DATE: (12.0, 13.5),
    FieldType.CHOICE: (9.0, 12.0),
    FieldType.FLAG: (6.0, 9.0),
    FieldType.PHONE: (14.5, 17.0),
    FieldType.MOBILE: (13.5, 15.0),
    FieldType.IDENTITY: (21.0, 23.0),
    FieldType.EMAIL: (15.0, 24.0),
    FieldType.URL: (15.0, 26.0),
}
"""Least and usual width of a field by its type."""


class SurveyFormWriter:
    """Writes the forms of one survey; ``last`` is what units said last, which their forms begin with.

    Raises :class:`toolkit.findings.CannotDo` when the template is broken.
    """

    def __init__(
        self, survey: Survey, template: Path | None = None, last: Mapping[str, Sequence[FilledRow]] | None = None
    ) -> None:
        self._survey = survey
        self._last = last or {}
        look = Template(template or template_path(SURVEY_TEMPLATE), (*LOCKED, _FIELD), chapters=())
        styles, body, header = look.samples, _style(look.body, look, _FIELD), _style(look.header, look, _FIELD)
        self._hint_style = styles.get(_HINT, body)
        size = look.styles.font_size(self._hint_style)
        widths = _widths(survey.fields, look.styles.font_size(body), size)
        typed = {FieldType.DATE: styles.get(_DATE, body), FieldType.NUMBER: styles.get(_NUMBER, body)}
        look.repeat(
            _FIELD,
            [
                Repeated(
                    field.name,
                    width,
                    styles.get(_REQUIRED, header) if field.required else header,
                    typed.get(field.type, body),
                )
                for field, width in zip(survey.fields, widths, strict=True)
            ],
        )
        if not survey.many:
            look.body = Row(look.body.cells, max(look.body.height or 0.0, _SINGLE_ROW))
        self._template = look
        self._look = TableLook(look, open_words=[field.name for field in survey.fields])
        self._book = look.parts.package(look.part, {"xl/styles.xml": look.styles.xml()})

    def render(
        self,
        plan: Plan,
        unit: str,
        round: Round,
        duties: Sequence[Duty],
        previous: Mapping[str, str] | None = None,
        unsettled: Collection[str] = (),
    ) -> bytes:
        """The form of ``unit`` as bytes; ``previous`` and ``unsettled`` say nothing about a survey."""
        (task,) = plan.tasks
        stamped = tuple(StampedDuty(duty.task, duty.role, duty.via, duty.due) for duty in duties)
        stamp = Stamp(plan.plan_id, plan.revision, round.name, unit, round.due, stamped)
        sheet = TableSheet(self._look, tuple(self._template.widths))
        known = self._last.get(unit, ())
        values = {
            "标题": plan.title,
            "填报单位": unit,
            "填报期": round.name,
            "截止日期": chinese_date(round.due),
            "填表说明": self._survey.guidance(prefilled=bool(known)),
        }
        for row in self._template.head:
            if "填表说明" not in row.marks or values["填表说明"]:
                sheet.add(row, values, grow=True)
        header = sheet.next_row - 1
        sheet.add(self._hints(), {})
        first = sheet.next_row
        count = max(ROWS_OFFERED, len(known) + _ROWS_FREE) if self._survey.many else 1
        for number, filled in enumerate(islice(chain(known, repeat(())), count), 1):
            said = {cell.field: cell.text for cell in filled}
            sheet.add_task({**said, "编码": task.code, "序号": str(number)})
        last = sheet.next_row - 1
        for row in self._template.foot:
            sheet.add(row, values, grow=False)
        day = {duty.task: duty.due.isoformat() if duty.due else "" for duty in duties}
        hidden = [(duty.task, duty.role.label, duty.via, day[duty.task], "1", plan.title, "", "") for duty in duties]
        lines = list(self._survey.lines())
        validations = self._validations(first, last, 1 + len(hidden))
        rows = [*hidden, *lines]
        return finished_form(self._template, self._book, sheet, stamp, rows, header, last, validations, filtered=False)

    def _hints(self) -> Row:
        """The row below the header that says how each column is filled in."""
        places = self._template.columns
        locked = [Cell(places[word], self._hint_style) for word in LOCKED]
        hints = [Cell(places[field.name], self._hint_style, field.hint) for field in self._survey.fields]
        return Row((*locked, *hints), None)

    def _validations(self, first: int, last: int, above: int) -> str:
        """``above`` rows of the very hidden sheet stand above the lines of the survey."""
        rows = {field.name: above + 2 + place for place, field in enumerate(self._survey.fields)}

        def listed(field: Field) -> str:
            return hidden_choices(rows[field.name], _FIXED, len(field.choices))

        items = []
        for field in self._survey.fields:
            letter = column_name(self._template.columns[field.name])
            items.append(validation(field, f"{letter}{first}:{letter}{last}", listed))
        return f'<dataValidations count="{len(items)}">{"".join(items)}</dataValidations>'


def _style(row: Row, template: Template, word: str) -> int:
    column = template.columns[word]
    return next((cell.style for cell in row.cells if cell.column == column), 0)


def _widths(fields: Sequence[Field], size: float, hint_size: float) -> list[float]:
    """Room for name, example, choices and hint of every field; what the page has left goes to texts.

    Of many fields each gets less than it would like, so that the page need not be printed too small.
    """
    least = [_least(field, size) for field in fields]
    liked = [max(width, _liked(field, size, hint_size)) for width, field in zip(least, fields, strict=True)]
    wanted = sum(liked) - sum(least)
    share = min(1.0, max(_ROOM - sum(least), 0.0) / wanted) if wanted else 1.0
    widths = [round(low + share * (high - low), 1) for low, high in zip(least, liked, strict=True)]
    room = _NARROWEST - sum(widths)
    texts = [place for place, field in enumerate(fields) if field.type is FieldType.TEXT] or range(len(fields))
    for place in texts if room > 0 else ():
        widths[place] += room / len(texts)
    return widths


def _least(field: Field, size: float) -> float:
    """The width in which the name takes two lines and every choice one."""
    width = _WIDTHS[field.type][0]
    while width < _WIDEST and (line_count(field.name, width, size) > 2 or _breaks(field.choices, width, size)):
        width += 1
    return width


def _liked(field: Field, size: float, hint_size: float) -> float:
    """The width in which the example takes one line and the hint not too many."""
    width = _WIDTHS[field.type][1]
    while width < _WIDEST and (
        _breaks((field.example,), width, size) or line_count(field.hint, width, hint_size) > _HINT_LINES
    ):
        width += 1
    return width


def _breaks(texts: Sequence[str], width: float, size: float) -> bool:
    return any(line_count(text, width, size) > 1 for text in texts)
