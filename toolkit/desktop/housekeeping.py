"""What is done with the ledger besides the five steps: take in 审核, tell what falls due, export, look back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit.desktop.journal import TextWindow
from toolkit.desktop.widgets import open_path
from toolkit.desktop.work import Job, Work
from toolkit.findings import CannotDo

if TYPE_CHECKING:
    from toolkit.calendar import CalendarResult
    from toolkit.desktop.shell import Shell
    from toolkit.export import ExportResult
    from toolkit.log import LogResult
    from toolkit.review import ReviewResult


class Housekeeping:
    """The menu 台账 of a window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._space = shell.space

    def review(self) -> None:
        """Read 审核 out of the summary that the clerk edited."""
        self._start("审核", self._space.review_work, self._reviewed)

    def calendar(self) -> None:
        """Tell what falls due."""
        self._start("到期提醒", self._space.calendar_work, self._told_due)

    def export(self) -> None:
        """Write the ledger out."""
        self._start("导出台账", self._space.export_work, self._exported)

    def log(self) -> None:
        """Tell what happened in the folder."""
        self._start("台账日志", self._space.log_work, self._logged)

    def _start(self, label: str, work: Callable[[], Work], done: Callable[[Any], None]) -> None:
        try:
            self._shell.runner.run(Job(label, work(), done))
        except CannotDo as problem:
            self._shell.tell([], problem.findings)

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
