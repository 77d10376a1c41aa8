"""A survey (收集表) as the window shows it, and where surveys of a working folder lie."""

from __future__ import annotations

from pathlib import Path

from toolkit import containers, outputs
from toolkit.containers.content import Content
from toolkit.desk import ROSTER_NAME, SURVEY_NAME
from toolkit.desktop.plan_sheet import PlanSheet
from toolkit.model import Finding, Plan
from toolkit.survey import Survey
from toolkit.workbooks.survey.fields_reader import holds_fields, read_fields

SURVEYS = "收集表"
"""Folder of a working folder: a folder each for its surveys, so that their rounds are their own."""


class SurveySheet:
    """The fields of a survey; they are edited in a spreadsheet program only.

    Raises :class:`toolkit.findings.CannotDo` when the file holds no sheet of fields.
    """

    dirty = False
    editable = False

    def __init__(self, path: Path, content: Content) -> None:
        self.path = path
        self._sha256 = outputs.sha256(path)
        self._reading = read_fields(content, path.name)

    @property
    def plan(self) -> Plan:
        """The survey as every verb takes it."""
        return self._reading.plan

    @property
    def survey(self) -> Survey:
        """Its fields."""
        return self.plan.survey or Survey(())

    @property
    def findings(self) -> list[Finding]:
        """What was noticed while reading the fields."""
        return self._reading.findings

    def changed_elsewhere(self) -> bool:
        """Whether another program saved the file since it was read."""
        return not self.path.is_file() or outputs.sha256(self.path) != self._sha256

    def save(self) -> None:
        """Nothing can be edited here."""


def read_sheet(path: Path) -> PlanSheet | SurveySheet:
    """What divides the work of a folder: a plan of tasks, or a survey.  Raises :class:`CannotDo` for neither."""
    content = containers.read(path, path.name)
    return SurveySheet(path, content) if holds_fields(content) else PlanSheet(path, content)


def surveys(folder: Path) -> list[Path]:
    """The folders of the surveys of a working folder, by name."""
    return sorted(path.parent for path in (folder / SURVEYS).glob(f"*/{SURVEY_NAME}"))


def home(folder: Path) -> Path:
    """The working folder that the folder of a survey belongs to, else the folder itself."""
    return folder.parent.parent if folder.parent.name == SURVEYS else folder


def office_roster(folder: Path) -> Path:
    """The register of the office: that of the working folder, where a survey lies in one."""
    upper = home(folder) / ROSTER_NAME
    return upper if upper.is_file() else folder / ROSTER_NAME
