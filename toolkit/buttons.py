"""What happens behind a spreadsheet button: one protocol for Excel, WPS and LibreOffice.

A button makes a job folder, saves a snapshot of the workbook as it stands on screen into it, and starts
``fengong button ID --job DIR …``.  The program does the work, never writes to the clerk's own file, and leaves in
the job folder

- ``progress.txt`` while it works: percent, a blank, a label, for the status bar;
- ``open.txt``: the files or folders to open, one a line;
- ``status.txt``, last: ``OK`` or ``ERR``, then the message (UTF-8, written beside and renamed, so that whoever sees
  the file sees it whole).

Results are written beside the clerk's workbook under free names.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from toolkit import outputs, settings
from toolkit.desk import ROSTER_NAME, Desk, around, who
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import command as found
from toolkit.model import Cancelled, Finding, Progress, Severity, no_progress
from toolkit.registry.buttons import BUTTONS_BY_ID

STATUS_FILE, OPEN_FILE, PROGRESS_FILE = "status.txt", "open.txt", "progress.txt"
_LINES_SHOWN = 6
_BESIDE = (ROSTER_NAME, settings.FILE_NAME, "模板")


@dataclass(frozen=True)
class Job:
    """What a button hands over."""

    folder: Path
    """The job folder, in the system's folder for temporary files."""
    snapshot: Path | None = None
    """The workbook as it stood on screen."""
    original: Path | None = None
    """Where the clerk's own file lies, ``None`` when it was never saved."""
    sheet: str = ""
    cells: str = ""
    """The selection in A1 notation."""
    picked: tuple[Path, ...] = ()
    """What the clerk chose in the dialog."""

    @cached_property
    def book(self) -> Path:
        """The workbook to work on: the snapshot under the name of the clerk's file, on a desk of its own.

        What lies beside the clerk's file and shapes the work (register, settings, templates) is laid beside the
        snapshot too.  Raises :class:`CannotDo` when the button was pressed without a workbook.
        """
        if self.snapshot is None:
            raise CannotDo(found.NO_BOOK.at())
        if self.original is None:
            return self.snapshot
        desk = self.folder / "桌面"
        desk.mkdir(exist_ok=True)
        for name in _BESIDE:
            source = self.original.parent / name
            if source.is_dir():
                shutil.copytree(source, desk / name, dirs_exist_ok=True)
            elif source.is_file():
                shutil.copy(source, desk / name)
        return Path(shutil.copy(self.snapshot, desk / f"{self.original.stem}{self.snapshot.suffix}"))

    @property
    def desk(self) -> Desk | None:
        """The working folder the clerk's file lies in, with its ledger; ``None`` for a file anywhere else."""
        folder = around(self.home)
        return Desk(folder, datetime.now().astimezone(), who()) if folder else None

    @property
    def home(self) -> Path:
        """The folder results go to: beside the clerk's own file, else beside what was picked."""
        for path in (self.original, *self.picked):
            if path is not None:
                return path.resolve().parent
        return self.folder


@dataclass(frozen=True, slots=True)
class Done:
    """What a button says and opens when it is done."""

    sentences: tuple[str, ...]
    opens: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


def run(button_id: str, job: Job) -> bool:
    """Do the work of a button and leave its status in the job folder; whether it could be done."""
    try:
        if button_id not in BUTTONS_BY_ID:
            raise CannotDo(found.NO_SUCH_COMMAND.at(name=button_id))
        done = BUTTONS_BY_ID[button_id].load()(job, _progress_file(job.folder))
        _leave(job.folder, OPEN_FILE, "\n".join(str(path) for path in done.opens))
        _leave(job.folder, STATUS_FILE, "\n".join(["OK", *done.sentences, *_shown(done.findings)]))
        return True
    except CannotDo as problem:
        _leave(job.folder, STATUS_FILE, "\n".join(["ERR", *_shown(problem.findings)]))
    except Cancelled:
        _leave(job.folder, STATUS_FILE, "\n".join(["ERR", *_shown([found.CANCELLED.at()])]))
    return False


def report_failure(folder: Path, finding: Finding) -> None:
    """Leave the status of a job that failed for a reason nobody expected."""
    _leave(folder, STATUS_FILE, "\n".join(["ERR", *_shown([finding])]))


def _shown(findings: Sequence[Finding]) -> list[str]:
    serious = [finding for finding in worst_first(list(findings)) if finding.severity is not Severity.NOTE]
    lines = [f"{finding.message}\n→ {finding.advice}" for finding in serious[:_LINES_SHOWN]]
    if len(serious) > _LINES_SHOWN:
        lines.append(f"……另有 {len(serious) - _LINES_SHOWN} 个问题，见打开的文件。")
    return lines


def _leave(folder: Path, name: str, text: str) -> None:
    beside = folder / f"{name}.part"
    beside.write_bytes(text.encode())
    beside.replace(folder / name)


def _progress_file(folder: Path) -> Progress:
    def progress(done: int, total: int, label: str) -> None:
        if (folder / "cancel.txt").exists():
            raise Cancelled
        _leave(folder, PROGRESS_FILE, f"{100 * done // max(total, 1)} {label}")

    return progress


# --- the buttons ------------------------------------------------------------------------


def draft(job: Job, progress: Progress = no_progress) -> Done:
    """从通知拟表: the plan beside the notice."""
    from toolkit.draft import draft as verb

    result = verb(job.picked, outputs.free_name(job.home / "任务分工表.xlsx"), progress=progress)
    return Done(tuple(result.sentences()), result.files[:1], tuple(result.findings))


def tidy(job: Job, progress: Progress = no_progress) -> Done:
    """规范单位名称: a copy of the workbook in which the selected names are those of the roster."""
    from toolkit.housekeeping.tidy import tidy as verb

    name = (job.original or job.book).stem
    out = outputs.free_name(job.home / f"{name}（规范单位名称）.xlsx")
    result = verb(job.book, out, sheet=job.sheet, cells=job.cells, roster=_beside(job, ROSTER_NAME), progress=progress)
    return Done(tuple(result.sentences()), result.files, tuple(result.findings))


def issue(job: Job, progress: Progress = no_progress) -> Done:
    """下发填报表: forms into 下发 beside the plan, 下发/填报期 in a working folder."""
    from toolkit.issue import issue as verb

    desk = job.desk
    out = None if desk else job.home / "下发"
    result = verb(job.book, out, roster=_beside(job, ROSTER_NAME), desk=desk, progress=progress)
    return Done(tuple(result.sentences()), (result.folder,), tuple(result.findings))


def check(job: Job, progress: Progress = no_progress) -> Done:
    """校验本表: a list of findings in the job folder."""
    from toolkit.check import check as verb

    out = job.folder / "校验结果.xlsx"
    result = verb([job.book], as_of=date.today(), roster=_beside(job, ROSTER_NAME), out=out, progress=progress)
    return Done(tuple(result.sentences()), (out,) if out.exists() else (), tuple(result.findings))


def merge(job: Job, progress: Progress = no_progress) -> Done:
    """合并回收表: the summary into 汇总 beside the plan, 汇总/填报期 in a working folder."""
    from toolkit.merge import merge as verb

    desk, roster = job.desk, _beside(job, ROSTER_NAME)
    out = None if desk else job.home / "汇总" / "汇总表.xlsx"
    result = verb(job.picked, job.book, out, roster=roster, as_of=date.today(), desk=desk, progress=progress)
    return Done(tuple(result.sentences()), result.files[:1], tuple(result.findings))


def notify(job: Job, progress: Progress = no_progress) -> Done:
    """生成提示单/催报单: documents into 反馈 beside the summary, 反馈/填报期 in a working folder."""
    from toolkit.notify import notify as verb

    desk = job.desk
    out = None if desk else job.home / "反馈"
    result = verb(job.book, out, kinds=("提示单", "催报单"), desk=desk, progress=progress)
    return Done(tuple(result.sentences()), (result.folder,), tuple(result.findings))


def rollup(job: Job, progress: Progress = no_progress) -> Done:
    """上报: the form of the level above, filled in from the summary on screen, beside it."""
    from toolkit.housekeeping.rollup import rollup as verb

    summary, form = job.book, job.picked[0]
    out = job.home / f"上报_{form.stem}.xlsx"
    result = verb(summary, form, out, lies_at=job.original, desk=job.desk, progress=progress)
    return Done(tuple(result.sentences()), result.files, tuple(result.findings))


def trace(job: Job, progress: Progress = no_progress) -> Done:
    """溯源: where the selected cell of a summary comes from, said and as 逐级明细 in the job folder."""
    from toolkit import containers
    from toolkit.housekeeping.trace import trace as verb
    from toolkit.workbooks.summary.pointed import pointed_at

    summary = job.book
    task, unit = pointed_at(containers.read(summary, summary.name), job.sheet, job.cells)
    if job.cells and not (task or unit):
        raise CannotDo(found.NOTHING_SELECTED.at(cell=job.cells))
    out = job.folder / "逐级明细.xlsx"
    result = verb(summary, out, task=task, unit=unit, lies_at=job.original, progress=progress)
    told = [result.sentences()[0], *result.chains(_LINES_SHOWN)]
    if len(result.lines) > _LINES_SHOWN:
        told.append(f"……其余 {len(result.lines) - _LINES_SHOWN} 项见打开的逐级明细。")
    return Done(tuple(told), result.files, tuple(result.findings))


def folder(job: Job, progress: Progress = no_progress) -> Done:
    """打开台账文件夹: the working folder around the clerk's file, else the folder it lies in."""
    return Done(("已打开台账文件夹。",), (around(job.home) or job.home,))


def manual(job: Job, progress: Progress = no_progress) -> Done:
    """帮助: the manual."""
    from toolkit.resources import manual as find_manual

    return Done(("已打开使用手册。",), (find_manual(),))


def _beside(job: Job, name: str) -> Path | None:
    path = job.home / name
    return path if path.is_file() else None
