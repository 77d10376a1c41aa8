"""The manual's pictures of what comes besides the five steps: amendments, surveys, the levels above and below."""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from taking import settle, shoot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from toolkit.desktop.shell import Shell

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
Window = TypeVar("Window", bound="QWidget")
_ROUND, _DUE = "2026年11月", date(2026, 11, 20)
_ANSWER = {
    "公开工作机构": "办公室", "分管领导": "方小圆", "分管领导职务": "副局长", "机构负责人": "林远山",
    "联系人": "林小舟", "联系电话": "010-62340001", "人员配备": "专职", "办公地址": "云岭市府前路1号",
}  # fmt: skip


def take_office(shell: Shell, folder: Path, work: Path) -> None:
    """All of them, in folders of their own below ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    take_amendment(shell, folder, work)
    take_survey(shell, folder, work)
    take_levels(shell, folder, work)


def take_amendment(shell: Shell, folder: Path, work: Path) -> None:
    """A supplementary notice: asked for, the units concerned, the new plan in use."""
    from toolkit.desktop.dialogs.amended import AmendedWindow
    from toolkit.desktop.dialogs.notices import NoticesDialog
    from toolkit.desktop.journey import Step

    _open(shell, shutil.copytree(shell.sample, work / "调整" / "分工示例"))
    shell.go_to(Step.DRAFT)
    shell.draft.amend.trigger()
    dialog = _window(shell, NoticesDialog)
    dialog.notices.put(_supplement(work))
    settle(shell)
    shoot(dialog, "调整", folder)
    dialog.ok.click()
    settle(shell)
    amended = _window(shell, AmendedWindow)
    shoot(amended, "调整结果", folder)
    amended.use.click()
    settle(shell)
    shoot(amended, "调整结果启用后", folder)
    amended.close()
    shoot(shell, "启用新表", folder)


def take_survey(shell: Shell, folder: Path, work: Path) -> None:
    """A survey: asked for, its fields, what was collected, contacts for the register."""
    from PIL import Image
    from PySide6.QtCore import QDate
    from survey.survey_office import filled

    from toolkit.desktop.dialogs.contacts import ContactsDialog, ContactsWindow
    from toolkit.desktop.dialogs.survey import SurveyDialog
    from toolkit.desktop.journey import Step

    _open(shell, shutil.copytree(shell.sample, work / "收集" / "分工示例"))
    shell.surveys.ask()
    dialog = _window(shell, SurveyDialog)
    shoot(dialog, "新建收集表", folder)
    dialog.ok.click()
    settle(shell)
    shell.head.path.setText("收集表")
    shell.banner.hide()
    shell.go_to(Step.DRAFT)
    settle(shell)
    shoot(shell, "收集表", folder)
    shell.space.as_of = _DUE + timedelta(days=1)
    shell.go_to(Step.ISSUE)
    shell.issue.round.setCurrentText(_ROUND)
    shell.issue.due.setDate(QDate(_DUE.year, _DUE.month, _DUE.day))
    settle(shell)
    shoot(shell, "收集表下发", folder)
    shell.issue.make.click()
    settle(shell)
    came = work / "收回"
    came.mkdir()
    forms = sorted(shell.space.here.forms(_ROUND).glob("*.xlsx"))
    for number, form in enumerate(forms[:-4]):
        row = _ANSWER | {"联系电话": f"010-6234{number:04}"} | ({"人员配备": "若干"} if number == 2 else {})
        unit = form.name.split("_")[1]
        Image.new("RGB", (60, 40), (200 - number, 210, 220)).save(came / f"{unit}机构信息审批单.png")
        (came / form.name).write_bytes(filled(form.read_bytes(), [row], datetime(2026, 11, 16, 9)))
    shell.go_to(Step.COLLECT)
    shell.collect.take_in([came])
    settle(shell)
    shell.banner.hide()
    settle(shell)
    shoot(shell, "收集表收表", folder)
    shell.go_to(Step.MERGE)
    shell.merge.make.click()
    settle(shell)
    shell.banner.hide()
    settle(shell)
    shoot(shell, "收集表汇总", folder)
    shell.surveys.ask_contacts()
    asked = _window(shell, ContactsDialog)
    shoot(asked, "联系方式", folder)
    asked.ok.click()
    settle(shell)
    contacts = _window(shell, ContactsWindow)
    shoot(contacts, "写回名录", folder)
    contacts.close()


def take_levels(shell: Shell, folder: Path, work: Path) -> None:
    """A county's round goes up; the city's summary is opened down to the town."""
    from two_levels import TOWNS, gather, gather_city, make_city, make_county, upper_form

    from toolkit.desktop.dialogs.rollup import RollupDialog
    from toolkit.desktop.dialogs.traced import TraceWindow
    from toolkit.desktop.journey import Step

    city = make_city(work / "两级" / "云岭市")
    county = make_county(work / "两级" / "望川县", city)
    gather(county)
    _open(shell, county)
    shell.go_to(Step.MERGE)
    settle(shell)
    shoot(shell, "县汇总", folder)
    shell.upward.ask()
    dialog = _window(shell, RollupDialog)
    dialog.upper.put(upper_form(city))
    settle(shell)
    shoot(dialog, "上报", folder)
    dialog.reject()
    gather_city(city, county)
    _open(shell, city)
    shell.go_to(Step.MERGE)
    shell.upward.trace()
    settle(shell)
    trace = _window(shell, TraceWindow)
    names = [line.unit for line in trace.lines.rows]
    trace.lines_view.setCurrentIndex(trace.lines.index(names.index(TOWNS[1]), 0))
    settle(shell)
    shoot(trace, "溯源", folder)
    trace.close()


def _open(shell: Shell, folder: Path) -> None:
    shell.open_folder(folder)
    settle(shell)
    shell.head.path.setText("文档")  # the pictures shall not show where they were taken


def _window(shell: Shell, kind: type[Window]) -> Window:
    """The one that was opened last."""
    settle(shell)
    return shell.findChildren(kind)[-1]


def _supplement(work: Path) -> Path:
    """A supplementary notice as a table."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["关于补充云岭市2026年“好办事”城市服务提升行动任务的通知"],
        ["序号", "工作任务", "具体要求", "责任单位", "完成时限"],
        [1, "热线办理", "公布便民热线办理时限，每周通报一次。", "市民政局、市司法局", "2026年11月30日前"],
    ):
        sheet.append(row)
    path = work / "补充通知.xlsx"
    book.save(path)
    return path
