"""The working folder (台账文件夹): where everything of an office's collections lies, and who works there when.

A verb that is given a desk reads and keeps the ledger of that folder; without one it works on plain files.  The
names of the places are those of the contract.
"""

from __future__ import annotations

import getpass
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.outputs import safe_name

LEDGER_NAME = "台账.db"
PLAN_NAME = "任务分工表.xlsx"
SURVEY_NAME = "收集表.xlsx"
ROSTER_NAME = "单位名录.xlsx"
SUMMARY_NAME = "汇总表.xlsx"
FORMS, RETURNS, SUMMARIES, FEEDBACK, EXPORT = "下发", "回收", "汇总", "反馈", "导出"


def roster_of(plan: Path, given: Path | None = None) -> Path:
    """The register that goes with a plan: the one ``given``, else 单位名录.xlsx beside it, there or not."""
    return given or plan.parent / ROSTER_NAME


@dataclass(frozen=True, slots=True)
class Desk:
    """One clerk at work in a working folder."""

    folder: Path
    now: datetime
    """The moment that is recorded; the verbs never look at a clock."""
    who: str = ""
    """The clerk's name as the machine knows it."""

    @property
    def plan(self) -> Path:
        """任务分工表.xlsx, or 收集表.xlsx in the folder of a survey."""
        return plan_in(self.folder)

    @property
    def roster(self) -> Path:
        """单位名录.xlsx."""
        return self.folder / ROSTER_NAME

    def forms(self, round: str) -> Path:
        """下发/填报期."""
        return self.folder / FORMS / safe_name(round)

    def returns(self, round: str) -> Path:
        """回收/填报期."""
        return self.folder / RETURNS / safe_name(round)

    def summary(self, round: str) -> Path:
        """汇总/填报期/汇总表.xlsx."""
        return self.folder / SUMMARIES / safe_name(round) / SUMMARY_NAME

    def feedback(self, round: str) -> Path:
        """反馈/填报期."""
        return self.folder / FEEDBACK / safe_name(round)

    def relative(self, path: Path) -> str:
        """A path as the ledger keeps it: relative to the folder where it lies inside, so that the folder may move."""
        resolved, folder = path.resolve(), self.folder.resolve()
        return resolved.relative_to(folder).as_posix() if resolved.is_relative_to(folder) else resolved.name


def plan_in(folder: Path) -> Path:
    """Where the plan of a folder lies: 任务分工表.xlsx, or 收集表.xlsx where there is only that."""
    plan, survey = folder / PLAN_NAME, folder / SURVEY_NAME
    return survey if survey.is_file() and not plan.is_file() else plan


def around(place: Path) -> Path | None:
    """The working folder that a file or folder lies in, ``None`` when it lies in none."""
    start = place.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / LEDGER_NAME).is_file()), None)


def who() -> str:
    """Who works at this machine, for the ledger: 用户@电脑."""
    try:
        return f"{getpass.getuser()}@{platform.node()}"
    except (KeyError, OSError):
        return platform.node()
