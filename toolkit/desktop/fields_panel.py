"""The fields of a survey (收集表), as the page 拟表 shows them; they are edited in a spreadsheet program."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from toolkit.desktop.models.surveys import FIELDS
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.survey_sheet import SurveySheet
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import column, label
from toolkit.survey import Field


class FieldsPanel(QWidget):
    """Shows who fills in what."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: TableModel[Field] = TableModel(FIELDS)
        self.view = Table(self.fields, [c.width for c in FIELDS], wrap=True)
        self.about = label(wrap=True)
        self.setLayout(column(self.about, self.view))

    def show_survey(self, sheet: SurveySheet) -> None:
        """Show the fields of a survey."""
        survey = sheet.survey
        units = "、".join(assignment.name for task in sheet.plan.tasks for assignment in task.assignments)
        parts = [
            f"由{units}填报" if units else "",
            "每单位可填多行" if survey.many else "每单位填一行",
            f"随表报送{survey.beside}" if survey.beside else "",
        ]
        told = "，".join(part for part in parts if part)
        self.about.setText(
            f"{told}。要改文字，用 Excel/WPS 打开；下发以后不要再增删字段、改字段名称。" + _note(survey.note)
        )
        self.fields.show(survey.fields)
        self.view.fit()


def _note(text: str) -> str:
    return f"\n填表说明：{text}" if text else ""
