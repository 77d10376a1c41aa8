"""What is done with the ledger besides the five steps: take in 审核, tell what falls due, export, look back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.desktop.journal import TextWindow
from toolkit.desktop.widgets import open_path
from toolkit.desktop.work import Work

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell
    from toolkit.housekeeping.calendar import CalendarResult
    from toolkit.housekeeping.export import ExportResult
    from toolkit.housekeeping.log import LogResult
    from toolkit.housekeeping.review import ReviewResult

CALENDAR_NAME = "到期提醒.ics"
_DAYS_AHEAD = 7


class Housekeeping:
    """The menu 台账 of a window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._space = shell.space

    def review(self) -> None:
        """Read 审核 out of the summary that the clerk edited."""
        self._shell.start("审核", self._review_work, self._reviewed)

    def calendar(self) -> None:
        """Tell what falls due."""
        self._shell.start("到期提醒", self._calendar_work, self._told_due)

    def export(self) -> None:
        """Write the ledger out."""
        self._shell.start("导出台账", self._export_work, self._exported)

    def log(self) -> None:
        """Tell what happened in the folder."""
        self._shell.start("台账日志", self._log_work, self._logged)

    # --- the verbs, as work for the background --------------------------------------------------

    def _review_work(self) -> Work:
        from toolkit.housekeeping.review import review

        desk, summary = self._space.ledger(), self._space.merged()
        return lambda progress: review(summary, desk=desk, progress=progress)

    def _calendar_work(self) -> Work:
        from toolkit.housekeeping.calendar import calendar

        space = self._space
        desk, round = space.ready(), space.round or None
        books, out = space.books(), desk.folder / CALENDAR_NAME
        return lambda progress: calendar(
            desk.plan, round=round, as_of=space.today(), days=_DAYS_AHEAD, out=out, desk=books, progress=progress
        )

    def _export_work(self) -> Work:
        from toolkit.housekeeping.export import export

        desk = self._space.ledger()
        return lambda progress: export(desk=desk, progress=progress)

    def _log_work(self) -> Work:
        from toolkit.housekeeping.log import log

        desk = self._space.ledger()
        return lambda progress: log(desk=desk, progress=progress)

    def _reviewed(self, result: ReviewResult) -> None:
        lines = result.sentences()
        if result.decisions or result.corrections:
            lines.append("要让汇总表和文书按审核更新，请再点一次“生成汇总表”。")
        self._shell.tell(lines, result.findings)
        self._shell.refresh()

    def _told_due(self, result: CalendarResult) -> None:
        self._shell.tell([], result.findings)
        TextWindow("到期提醒", "双击日历文件可以把提醒加进电脑或手机的日历。", result.sentences(), self._shell).show()

    def _exported(self, result: ExportResult) -> None:
        self._shell.tell(result.sentences(), result.findings)
        open_path(result.folder)

    def _logged(self, result: LogResult) -> None:
        self._shell.tell([], result.findings)
        TextWindow("台账日志", "这个文件夹里做过的每一件事，最早的在最上面。", result.sentences(), self._shell).show()
