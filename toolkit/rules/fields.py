"""Rules on what units write into the fields of a survey (收集表)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import survey as found
from toolkit.language.privacy import mask
from toolkit.language.text import essence
from toolkit.model import Finding, Outcome, State
from toolkit.rules.case import Campaign, Case, Rule
from toolkit.survey import Field, FieldType, Filled

_UNREAD: Mapping[FieldType, Kind] = {
    FieldType.CHOICE: found.NOT_A_CHOICE,
    FieldType.FLAG: found.NOT_A_CHOICE,
    FieldType.DATE: found.DATE_UNREAD,
    FieldType.NUMBER: found.NUMBER_UNREAD,
    FieldType.PHONE: found.PHONE_UNREAD,
    FieldType.MOBILE: found.MOBILE_UNREAD,
    FieldType.IDENTITY: found.IDENTITY_UNREAD,
    FieldType.EMAIL: found.EMAIL_UNREAD,
    FieldType.URL: found.URL_UNREAD,
}
"""What is said of a cell that holds no value of its field's type."""
_NOTHING = frozenset(map(essence, ("无", "暂无", "没有", "不涉及", ""))) | {"/", "-", "—"}
"""What stands in a field that does not apply; it answers one that may be left empty."""
_SHOWN = 60


def _says_nothing(text: str) -> bool:
    return essence(text) in _NOTHING or text.strip() in _NOTHING


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


class RequiredFields(Rule):
    """A required field is filled in, in every row a unit began."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.REQUIRED_BLANK,)
    doc = "必填的字段没有填。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding a blank cell, at the first cell of its row."""
        survey = case.around.collection.plan.survey
        for place, row in enumerate(case.entry.rows, 1):
            answered = {cell.field for cell in row if essence(cell.text)}
            for field in survey.fields if survey else ():
                if field.required and field.name not in answered:
                    yield case.found_in(row[0], found.REQUIRED_BLANK, field=field.name, row=_row(case, place))


class FieldValues(Rule):
    """What stands in a field is a value of its type."""

    kinds: ClassVar[tuple[Kind, ...]] = tuple(dict.fromkeys(_UNREAD.values()))
    doc = "字段的内容不合类型：不在选项里，读不出日期、数字，或不像电话、手机、身份证号、邮箱、网址。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding a cell; 无 in a field that may be left empty is an answer."""
        survey = case.around.collection.plan.survey
        fields = {field.name: field for field in (survey.fields if survey else ())}
        for place, row in enumerate(case.entry.rows, 1):
            for cell in row:
                field = fields.get(cell.field)
                if field is None or cell.value is not None or (_says_nothing(cell.text) and not field.required):
                    continue
                if (cell.path, cell.sheet, cell.cell) in case.around.broken:
                    continue
                yield self._unread(case, cell, field, _row(case, place))

    @staticmethod
    def _unread(case: Case, cell: Filled, field: Field, row: str) -> Finding:
        text = _short(mask(cell.text))
        choices = "、".join(field.offered)
        return case.found_in(cell, _UNREAD[field.type], field=field.name, text=text, choices=choices, row=row)


def _row(case: Case, place: int) -> str:
    """Which of several rows is meant."""
    survey = case.around.collection.plan.survey
    return f"（第 {place} 行）" if survey is not None and survey.many else ""


class RepeatedRows(Rule):
    """A unit's rows differ from each other."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.ROW_TWICE,)
    doc = "同一单位有两行填得完全一样。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding for every repetition."""
        first: dict[tuple[tuple[str, str], ...], int] = {}
        for place, row in enumerate(case.entry.rows, 1):
            said = tuple((cell.field, essence(cell.value or cell.text)) for cell in row)
            if said in first:
                text = _short("，".join(mask(cell.text) for cell in row))
                yield case.found_in(row[0], found.ROW_TWICE, row=place, first=first[said], text=text)
            first.setdefault(said, place)


class EvidenceBeside(Rule):
    """What is to be sent beside the form came."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NOTHING_BESIDE,)
    doc = "收集表要求随附材料，单位报了表，没有报材料。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """One finding a unit that reported and sent neither a file nor a picture in its form."""
        collection = campaign.collection
        survey = collection.plan.survey
        if survey is None or not survey.beside:
            return
        came = {unit for record in collection.files if record.outcome is Outcome.EVIDENCE for unit in record.units}
        for entry in collection.entries:
            if entry.state is State.REPORTED and not entry.evidence and entry.unit not in came:
                path = entry.rows[0][0].path if entry.rows else None
                yield found.NOTHING_BESIDE.at(unit=entry.unit, task=entry.task, path=path, what=survey.beside)
