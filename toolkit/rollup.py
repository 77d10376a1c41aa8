"""上报: a level's merged round becomes its return to the level above, file to file.

The upper office's form is filled in from the summary: each of its tasks from the tasks that name it as 上级编码 (or
that say the same).  Every unit's own words stand in a sheet behind it, with a link to their row in the summary, which
links to the cell they came from: so the upper summary can be opened down to the village's cell.
"""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from urllib.parse import quote
from zipfile import BadZipFile

from lxml import etree

from toolkit import keeping, opc
from toolkit import vocabulary as words
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as found
from toolkit.identity import STAMP_SHEET
from toolkit.language.text import essence
from toolkit.model import Collection, Entry, Finding, Json, Progress, Role, State, Task, Verdict, no_progress
from toolkit.sample.form import Asked, IssuedForm
from toolkit.sample.packages import restamped
from toolkit.workbooks import summary_book
from toolkit.workbooks.marked_book import custom_properties

BEHIND_SHEET = f"{STAMP_SHEET}_下级明细"
"""Begins like the stamp's sheet, so that the upper office's intake passes it over."""
_COLUMNS = (
    "序号",
    "上级编码",
    "单位",
    "本级编码",
    "完成情况",
    "填报原文",
    "进展说明",
    "佐证材料",
    "完成日期",
    "备注",
    "来源",
)
_WIDTHS = (6, 11, 22, 11, 16, 16, 60, 24, 13, 20, 30)
_LONGEST = 1_500
"""Characters of 进展说明; the rest is told by the sheet behind."""
_LONGEST_UNIT = 80


@dataclass(frozen=True, slots=True)
class RollupResult:
    """The form filled in for the level above."""

    form: Path
    answered: tuple[str, ...]
    """Codes of the upper tasks that were answered."""
    findings: tuple[Finding, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The form."""
        return (self.form,)

    def to_json(self) -> Json:
        """Where the form lies, what it answers, and what was noticed."""
        return {
            "path": str(self.form),
            "answered": list(self.answered),
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        return [
            f"已填好上级填报表中的 {len(self.answered)} 项任务：{self.form}",
            "请核对，填写填报人和审核人后报送上级。",
        ]


def rollup(summary: Path, form: Path, out: Path, *, progress: Progress = no_progress) -> RollupResult:
    """Fill the upper office's ``form`` from the ``summary`` of the own round and write it to ``out``.

    A task takes the lowest status among the units that were asked; one that some unit has not reported is not done.
    Raises :class:`CannotDo` when the summary or the form cannot be read, or nothing in them fits.
    """
    if out.resolve() in (form.resolve(), summary.resolve()):
        raise CannotDo(found.OUT_IS_INPUT.at(path=out.name))
    collection = summary_book.read(summary)
    try:
        pen = IssuedForm(form.read_bytes())
    except BadZipFile as problem:
        raise CannotDo(found.NO_UPPER_FORM.at(path=form.name, why="不是 .xlsx 工作簿")) from problem
    except (ValueError, KeyError, etree.XMLSyntaxError) as problem:
        raise CannotDo(found.NO_UPPER_FORM.at(path=form.name, why="找不到填报表的表头")) from problem
    findings: list[Finding] = []
    answered: list[Asked] = []
    behind: list[tuple[str, Entry]] = []
    for done, asked in enumerate(pen.tasks):
        progress(done, len(pen.tasks), asked.title)
        entries = _entries_for(asked, collection)
        answer = _answer(asked, entries, findings)
        if answer is None:
            continue
        answered.append(asked)
        first = len(behind) + 3
        behind += [(asked.code, entry) for entry in entries]
        answer["佐证材料"] = f"下级明细第{first}—{len(behind) + 2}行"
        for label, value in answer.items():
            pen.type(pen.cell(label, asked.row), value)
    if not answered:
        raise CannotDo(found.NOTHING_ROLLED_UP.at())
    left = [asked for asked in pen.tasks if asked not in answered]
    if left:
        labels = "、".join(asked.title or asked.requirement[:20] for asked in left[:8])
        findings.append(found.NOT_ROLLED_UP.at(count=len(left), labels=labels))
    moment = datetime.combine(collection.as_of, time(12), UTC).replace(tzinfo=None)
    data = _with_behind(pen.saved(moment), behind, _Links(summary, out, collection), moment)
    placed = keeping.put(out, data)
    if placed.kept is not None:
        findings.append(found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    return RollupResult(placed.path, tuple(asked.code for asked in answered), tuple(worst_first(findings)))


# --- what one upper task is answered with ---------------------------------------------------


def _entries_for(asked: Asked, collection: Collection) -> list[Entry]:
    """The entries of the own tasks that answer an upper one: by 上级编码, else by the same words."""
    tasks = [task for task in collection.plan.tasks if task.upper == asked.code]
    if not tasks:
        said = essence(asked.title) + essence(asked.requirement)
        tasks = [task for task in collection.plan.tasks if not task.upper and _said(task) == said]
    codes = {task.code for task in tasks}
    return [entry for entry in collection.entries if entry.task in codes and not _is_returned(entry, collection)]


def _said(task: Task) -> str:
    return essence(task.title or "") + essence(task.requirement)


def _is_returned(entry: Entry, collection: Collection) -> bool:
    """Whether the office sent the entry back, so that it does not stand."""
    return any(
        decision.verdict is Verdict.RETURNED
        for decision in collection.decisions
        if (decision.task, decision.unit) == (entry.task, entry.unit)
    )


def _answer(asked: Asked, entries: Sequence[Entry], findings: list[Finding]) -> dict[str, str | date] | None:
    """What is typed into the row, ``None`` when nobody reported."""
    reported = [entry for entry in entries if entry.state is State.REPORTED and entry.status]
    if not reported:
        return None
    missing = list(dict.fromkeys(entry.unit for entry in entries if entry not in reported))
    counted = [entry for entry in reported if entry.status != words.NOT_CONCERNED]
    status = _status(entries, counted)
    if missing:
        label, names = asked.title or asked.requirement[:20], "、".join(missing[:8])
        findings.append(found.PARTLY_ROLLED_UP.at(task=asked.code, label=label, count=len(missing), units=names))
    answer: dict[str, str | date] = {"完成情况": status, "进展说明": _progress(reported, missing)}
    days = [entry.done_on for entry in counted if entry.done_on]
    if words.is_done(status) and days:
        answer["完成日期"] = max(days)
    return answer


def _status(entries: Sequence[Entry], counted: Sequence[Entry]) -> str:
    """The lowest status of the tasks that answer; one that nobody reported whole is under way at best."""
    told = []
    for code in dict.fromkeys(entry.task for entry in entries):
        own = [entry for entry in entries if entry.task == code]
        leads = [entry.status for entry in own if entry.role is Role.LEAD]
        told.append(words.task_status(leads, [entry.status for entry in own]))
    if words.UNREPORTED not in told:
        return min((word for word in told if word != words.NOT_CONCERNED), key=_rank, default=words.NOT_CONCERNED)
    lowest = min((entry.status or "" for entry in counted), key=_rank, default=words.NOT_CONCERNED)
    return words.ONGOING if words.is_done(lowest) or lowest == words.NOT_CONCERNED else lowest


def _rank(status: str) -> int:
    rank = words.rank(status)
    return rank if rank is not None else -1


def _progress(reported: Sequence[Entry], missing: Sequence[str]) -> str:
    """How many stand where, then every unit in a line as long as there is room."""
    counts = Counter(entry.status or "" for entry in reported)
    told = "、".join(f"{status}{count}项" for status, count in sorted(counts.items(), key=lambda item: -_rank(item[0])))
    units = len({entry.unit for entry in reported})
    text = f"{units}个单位共报{len(reported)}项：{told}" + (f"；{len(missing)}个单位未报" if missing else "") + "。"
    for entry in reported:
        line = f"\n{entry.unit}：{entry.status}，{' '.join(entry.progress.split())[:_LONGEST_UNIT]}"
        if len(text) + len(line) > _LONGEST:
            return text + "\n其余见下级明细。"
        text += line
    return text


# --- the sheet behind -------------------------------------------------------------------------


class _Links:
    """Links from the form's place to the rows of the summary's 明细."""

    def __init__(self, summary: Path, out: Path, collection: Collection) -> None:
        try:
            self._path = Path(os.path.relpath(summary.resolve(), out.resolve().parent)).as_posix()
        except ValueError:  # another drive
            self._path = ""
        review = summary_book.read_review(summary)
        self._rows = {(row.task, row.unit): "".join(filter(str.isdigit, row.cell)) for row in review.rows}

    def to(self, entry: Entry) -> str:
        """A relative link, empty when there is none."""
        row = self._rows.get((entry.task, entry.unit))
        return f"{quote(self._path)}#'明细'!A{row}" if self._path and row else ""


def _with_behind(data: bytes, lines: Sequence[tuple[str, Entry]], links: _Links, moment: datetime) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.styles import Alignment, Font

    book = load_workbook(io.BytesIO(data))
    if BEHIND_SHEET in book.sheetnames:
        del book[BEHIND_SHEET]
    sheet = book.create_sheet(BEHIND_SHEET)
    sheet.append(["下级填报明细：每行是一个单位自己的填报，“来源”可以点开本级汇总表的那一行"])
    for row in (_COLUMNS, *_rows(lines)):
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    for (cell,), (_, entry) in zip(sheet.iter_rows(min_row=3, min_col=11, max_col=11), lines, strict=True):
        if link := links.to(entry):
            cell.hyperlink = link
            cell.font = Font(color="FF0563C1", underline="single")
    for cell, width in zip(sheet[2], _WIDTHS, strict=True):
        cell.font = Font(name="黑体", bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = "A3"
    stream = io.BytesIO()
    book.save(stream)
    parts = opc.read_parts(restamped(stream.getvalue(), moment))
    return opc.write_parts(opc.sealed(parts, custom_properties(book)))


def _rows(lines: Sequence[tuple[str, Entry]]) -> Iterator[tuple[str | int, ...]]:
    for number, (upper, entry) in enumerate(lines, start=1):
        state = entry.status or ("未报" if entry.state is not State.REPORTED else "")
        place = entry.source("status") or entry.source("progress")
        source = " ".join(filter(None, (place.path, place.sheet, place.cell))) if place else ""
        yield (
            *(number, upper, entry.unit, entry.task, state, entry.status_text, entry.progress, entry.evidence),
            *(entry.done_on.isoformat() if entry.done_on else entry.done_on_text, entry.remark, source),
        )
