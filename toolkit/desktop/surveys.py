"""收集表: tables of the office's own, each in a folder of the working folder, collected by the five steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from toolkit import outputs
from toolkit.desk import SURVEY_NAME, Desk, who
from toolkit.desktop import survey_sheet
from toolkit.desktop.dialogs.contacts import ContactsDialog, ContactsWindow, ContactsWish, FilledRegister
from toolkit.desktop.dialogs.survey import SurveyDialog, SurveyWish
from toolkit.desktop.saving import put_into_use
from toolkit.desktop.survey_sheet import SURVEYS, SurveySheet
from toolkit.desktop.work import Work
from toolkit.findings import CannotDo
from toolkit.findings import desktop as found
from toolkit.model import Progress

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell
    from toolkit.housekeeping.form import FieldsResult, FormResult

FIELDS_NAME = "字段表.xlsx"
_FILLED_NAME = "单位名录（已填）.xlsx"


class Surveys:
    """The menu 收集表 of a window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._space = shell.space

    # --- the menu -------------------------------------------------------------------------------

    def fill(self, menu: QMenu) -> None:
        """What can be done now, and the surveys of the working folder."""
        menu.clear()
        menu.addAction("新建收集表(&N)…", self.ask)
        contacts = menu.addAction("把联系方式写回单位名录(&W)…", self.ask_contacts)
        contacts.setEnabled(self._space.collects_survey)
        if self._space.desk is None:
            return
        folder = survey_sheet.home(self._space.desk.folder)
        known = survey_sheet.surveys(folder)
        menu.addSeparator()
        for place in known:
            entry = menu.addAction(place.name, partial(self._shell.open_folder, place))
            entry.setCheckable(True)
            entry.setChecked(self._space.here.folder == place)
        if folder != self._space.here.folder:
            menu.addSeparator()
            menu.addAction(f"回到任务分工“{folder.name}”(&B)", partial(self._shell.open_folder, folder))

    # --- making one -----------------------------------------------------------------------------

    def ask(self) -> None:
        """Ask what survey to make."""
        from toolkit.housekeeping.form import bundled

        self._where_possible(lambda: self._ask(list(bundled())))

    def _ask(self, bundled: list[str]) -> None:
        place = self._place()
        filled = place / FIELDS_NAME
        start = place if place.is_dir() else place.parent
        dialog = SurveyDialog(self._shell, bundled, start=start, filled=filled if filled.is_file() else None)
        dialog.accepted.connect(lambda: self.make(dialog.wish))
        dialog.open()

    def make(self, wish: SurveyWish) -> None:
        """Make a survey, or the sheet of fields it is to be made of."""
        if wish.name:
            self._shell.start("做收集表", lambda: self._make_work(wish), self._made)
        else:
            self._shell.start("做字段表", lambda: self._fields_work(wish.template), self._fields_made)

    def _place(self) -> Path:
        """Where the surveys of the working folder lie."""
        return survey_sheet.home(self._space.here.folder) / SURVEYS

    def _make_work(self, wish: SurveyWish) -> Work:
        target = self._place() / outputs.safe_name(wish.name) / SURVEY_NAME
        if target.exists():
            raise CannotDo(found.SURVEY_THERE.at(name=target.parent.name))
        self._space.save()
        roster = survey_sheet.office_roster(self._space.here.folder)

        desk = Desk(target.parent, datetime.now().astimezone(), who())

        def work(progress: Progress) -> FormResult:
            from toolkit.housekeeping.form import new
            from toolkit.housekeeping.init import init

            made = new(
                target, fields=wish.fields, template=wish.template, units=wish.units,
                roster=roster if roster.is_file() else None, progress=progress,
            )  # fmt: skip
            init(desk=desk, progress=progress)
            return made

        return work

    def _made(self, result: FormResult) -> None:
        self._shell.open_folder(result.path.parent)
        self._shell.tell(
            [result.sentences()[0], "以后在这五步里下发、收表、汇总、催报；回到任务分工：菜单“收集表”。"],
            result.findings,
        )

    def _fields_work(self, template: str | None) -> Work:
        out = self._place() / FIELDS_NAME

        def work(progress: Progress) -> FieldsResult:
            from toolkit.housekeeping.form import fields

            return fields(out, template=template, progress=progress)

        return work

    def _fields_made(self, result: FieldsResult) -> None:
        self._shell.tell(
            [
                result.sentences()[0],
                "请在 Excel/WPS 里填好（一行一个要单位填的栏目），存盘；再点“收集表 → 新建收集表”，用这张字段表。",
            ],
            result.findings,
        )
        self._shell.draft.open(result.path)

    # --- contacts ---------------------------------------------------------------------------------

    def ask_contacts(self) -> None:
        """Ask which fields tell the contacts."""

        def ask() -> None:
            self._space.merged()
            sheet = self._space.plan
            if not isinstance(sheet, SurveySheet):
                raise CannotDo(found.NO_SURVEY.at())
            dialog = ContactsDialog(self._shell, sheet.survey)
            dialog.accepted.connect(lambda: self.fill_register(dialog.wish))
            dialog.open()

        self._where_possible(ask)

    def fill_register(self, wish: ContactsWish) -> None:
        """Fill a copy of the register of the office."""
        self._shell.start("写回单位名录", lambda: self._contacts_work(wish), self._register_filled)

    def _contacts_work(self, wish: ContactsWish) -> Work:
        summary = self._space.merged()
        self._space.save()
        register = survey_sheet.office_roster(self._space.here.folder)

        def work(progress: Progress) -> FilledRegister:
            from toolkit.housekeeping.contacts import contacts

            known = outputs.sha256(register) if register.is_file() else ""
            result = contacts(
                summary, register.with_name(_FILLED_NAME), roster=register, contact=wish.contact, phone=wish.phone,
                overwrite=wish.overwrite, progress=progress,
            )  # fmt: skip
            return FilledRegister(result, register, known)

        return work

    def _register_filled(self, filled: FilledRegister) -> None:
        self._shell.tell(filled.result.sentences()[:1], filled.result.findings)
        ContactsWindow(filled, self._shell, use=self.use_register, look=self._shell.draft.open).show()

    def use_register(self, filled: FilledRegister) -> Path:
        """Put the copy into use; returns where the old register is kept.  Raises :class:`CannotDo`, also told."""
        try:
            self._space.save()
            kept = put_into_use(filled.result.path, filled.register, filled.kept, filled.known)
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            raise
        self._space.read_roster()
        self._shell.tell([f"单位名录已经换成新的，原来的留作“{kept.name}”。"])
        return kept

    def _where_possible(self, ask: Callable[[], object]) -> None:
        """Ask, or say what keeps the question from being put."""
        try:
            ask()
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
