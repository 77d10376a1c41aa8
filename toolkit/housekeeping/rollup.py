"""上报: a level's merged round becomes its return to the level above, file to file.

The upper office's form is filled in from the summary: each of its tasks from the tasks that name it as 上级编码 (or
that say the same).  What every unit said, down to the lowest level, stands in a sheet behind it
(:mod:`toolkit.workbooks.below_sheet`), with the cell it was written in at each level and a link to its row in the
summary: so the upper summary can be opened down to the village's cell.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from lxml import etree

from toolkit import bookkeeping, keeping, opc, settings
from toolkit import vocabulary as words
from toolkit.desk import Desk
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as found
from toolkit.housekeeping.below import look_below, rows_told
from toolkit.identity import BELOW_SHEET
from toolkit.intake.reading import row_of
from toolkit.language.text import essence
from toolkit.model import Collection, Entry, Finding, Json, Progress, Role, State, Task, Verdict, no_progress
from toolkit.roster import expand
from toolkit.sample.form import Asked, IssuedForm
from toolkit.sample.packages import restamped
from toolkit.workbooks import below_sheet, summary_book
from toolkit.workbooks.below_sheet import Line
from toolkit.workbooks.marked_book import custom_properties
from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.summary import details
from toolkit.workbooks.summary.links import relative_target
from toolkit.workbooks.summary.table import Link

_LONGEST = 1_500
"""Characters of 进展说明; the rest is told by the sheet behind."""
_LONGEST_UNIT = 80
_SIZE = 11
"""Points of what is typed into a form."""
_SHOWN = 8
"""Names that a message lists."""
_UNREPORTED, _SENT_BACK, _UNREVIEWED, _UNCLEAR = "未报", "退回未重报", "未审核", "完成情况不明"
"""Why an entry does not count."""


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


def rollup(
    summary: Path,
    form: Path,
    out: Path,
    *,
    accepted_only: bool = False,
    lies_at: Path | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> RollupResult:
    """Fill the upper office's ``form`` from the ``summary`` of the own round and write it to ``out``.

    A task takes the lowest status among the units that were asked; one that some unit has not reported is not done.
    What the office sent back (退回) does not count, nor with ``accepted_only`` what it has not accepted; it is shown
    all the same.  ``lies_at`` is where the summary lies when ``summary`` is a copy of it taken elsewhere.  In a working
    folder (``desk``) the ledger tells of it.  Raises :class:`CannotDo` when the summary or the form cannot be read, or
    nothing in them fits.
    """
    place = lies_at or summary
    if out.resolve() in (form.resolve(), summary.resolve(), place.resolve()):
        raise CannotDo(found.OUT_IS_INPUT.at(path=out.name))
    collection = summary_book.read(summary)
    pen = _opened(form)
    below = look_below(place, collection)
    own = _OwnRound(collection, accepted_only)
    answered: list[Asked] = []
    behind: list[Line] = []
    for done, asked in enumerate(pen.tasks):
        progress(done, len(pen.tasks), asked.title)
        entries = own.entries_for(asked)
        answer = own.answer(asked, entries)
        if answer is None:
            continue
        answered.append(asked)
        first = len(behind) + below_sheet.FIRST_ROW
        behind += [replace(line, upper=asked.code) for line in below.tree(collection, entries)]
        answer["佐证材料"] = rows_told(first, len(behind) + below_sheet.FIRST_ROW - 1)
        for label, value in answer.items():
            pen.type(pen.cell(label, asked.row), value)
    if not answered:
        raise CannotDo(found.NOTHING_ROLLED_UP.at())
    findings = [*below.findings, *own.findings()]
    left = [asked.title or asked.requirement[:20] for asked in pen.tasks if asked not in answered]
    if left:
        findings.append(found.NOT_ROLLED_UP.at(count=len(left), labels="、".join(left[:_SHOWN])))
    moment = datetime.combine(collection.as_of, time(12), UTC).replace(tzinfo=None)
    data = _with_behind(pen, behind, _links(behind, summary, place, out), moment)
    chosen = settings.load(desk.folder) if desk else settings.DEFAULT
    with bookkeeping.opened(desk, chosen, progress) as books:
        placed = keeping.put(out, data)
        books.noted("上报", f"填好上级填报表 {len(answered)} 项任务：{placed.path.name}", round=collection.round.name)
    if placed.kept is not None:
        findings.append(found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    return RollupResult(placed.path, tuple(asked.code for asked in answered), tuple(worst_first(findings)))


def _opened(form: Path) -> IssuedForm:
    try:
        return IssuedForm(form.read_bytes())
    except BadZipFile as problem:
        raise CannotDo(found.NO_UPPER_FORM.at(path=form.name, why="不是 .xlsx 工作簿")) from problem
    except (ValueError, KeyError, etree.XMLSyntaxError) as problem:
        raise CannotDo(found.NO_UPPER_FORM.at(path=form.name, why="找不到填报表的表头")) from problem


# --- what an upper task is answered with ------------------------------------------------------


class _OwnRound:
    """The round of this level, as it answers the tasks of the level above."""

    def __init__(self, collection: Collection, accepted_only: bool) -> None:
        self._plan = collection.plan
        self._accepted_only = accepted_only
        self._verdicts = {(decision.task, decision.unit): decision.verdict for decision in collection.decisions}
        shown = {entry.unit for entry in collection.entries}
        self._absent = [report.unit for report in collection.units if report.unit not in shown]
        owed = expand(collection.plan, collection.roster).duties if self._absent else ()
        absent = [Entry(duty.task, duty.unit, duty.role) for duty in owed if duty.unit in self._absent]
        self._entries = (*collection.entries, *absent)
        self._partly: list[Finding] = []
        self._unreviewed: dict[str, int] = {}
        """Unit → how many of its answers count and were never decided about."""

    def entries_for(self, asked: Asked) -> list[Entry]:
        """The entries of the own tasks that answer an upper one: by 上级编码, else by the same words."""
        tasks = [task for task in self._plan.tasks if task.upper == asked.code]
        if not tasks:
            said = essence(asked.title) + essence(asked.requirement)
            tasks = [task for task in self._plan.tasks if not task.upper and _said(task) == said]
        codes = {task.code for task in tasks}
        return [entry for entry in self._entries if entry.task in codes]

    def answer(self, asked: Asked, entries: Sequence[Entry]) -> dict[str, str | date] | None:
        """What is typed into the row, ``None`` when nothing that counts was reported."""
        lacking = {(entry.task, entry.unit): why for entry in entries if (why := self._why_not(entry))}
        reported = [entry for entry in entries if (entry.task, entry.unit) not in lacking]
        if not reported:
            return None
        for entry in reported:
            if (entry.task, entry.unit) not in self._verdicts:
                self._unreviewed[entry.unit] = self._unreviewed.get(entry.unit, 0) + 1
        by_unit = {unit: why for (_, unit), why in lacking.items()}
        if by_unit:
            label = asked.title or asked.requirement[:20]
            names = "、".join(f"{unit}（{why}）" for unit, why in list(by_unit.items())[:_SHOWN])
            told = found.PARTLY_ROLLED_UP.at(task=asked.code, label=label, count=len(by_unit), units=names)
            self._partly.append(told)
        counted = [entry for entry in reported if entry.status != words.NOT_CONCERNED]
        status = _status([_standing(entry, lacking) for entry in entries], counted)
        answer: dict[str, str | date] = {"完成情况": status, "进展说明": _progress(reported, Counter(by_unit.values()))}
        days = [entry.done_on for entry in counted if entry.done_on]
        if words.is_done(status) and days:
            answer["完成日期"] = max(days)
        return answer

    def findings(self) -> Iterator[Finding]:
        """What the clerk should know before the form is sent up."""
        if self._absent:
            yield found.UNITS_ABSENT.at(count=len(self._absent), units="、".join(self._absent[:_SHOWN]))
        yield from self._partly
        if self._verdicts and self._unreviewed:
            names, count = "、".join(list(self._unreviewed)[:_SHOWN]), sum(self._unreviewed.values())
            yield found.ROLLED_UP_UNREVIEWED.at(count=count, units=names)

    def _why_not(self, entry: Entry) -> str:
        """Why an entry does not count, empty when it does."""
        verdict = self._verdicts.get((entry.task, entry.unit))
        if entry.state is not State.REPORTED:
            return _UNREPORTED
        if verdict is Verdict.RETURNED:
            return _SENT_BACK
        if self._accepted_only and verdict is None:
            return _UNREVIEWED
        return "" if entry.status else _UNCLEAR


def _said(task: Task) -> str:
    return essence(task.title or "") + essence(task.requirement)


def _standing(entry: Entry, lacking: dict[tuple[str, str], str]) -> Entry:
    """The entry as it counts."""
    return replace(entry, status=None) if (entry.task, entry.unit) in lacking else entry


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


def _progress(reported: Sequence[Entry], lacking: Counter[str]) -> str:
    """How many stand where, then every unit in a line as long as there is room."""
    counts = Counter(entry.status or "" for entry in reported)
    told = "、".join(f"{status}{count}项" for status, count in sorted(counts.items(), key=lambda item: -_rank(item[0])))
    units = len({entry.unit for entry in reported})
    text = f"{units}个单位共报{len(reported)}项：{told}"
    text += "".join(f"；{count}个单位{why}" for why, count in lacking.items()) + "。"
    for entry in reported:
        line = f"\n{entry.unit}：{entry.status}，{' '.join(entry.progress.split())[:_LONGEST_UNIT]}"
        if len(text) + len(line) > _LONGEST:
            return text + "\n其余见下级明细。"
        text += line
    return text


# --- the sheet behind -------------------------------------------------------------------------


def _links(lines: Sequence[Line], summary: Path, place: Path, out: Path) -> list[Link | None]:
    """For each line the row of 明细, in the summary at ``place``, that shows what the unit of this level said."""
    target = relative_target(place, out.parent)
    rows = {(row.task, row.unit): row_of(row.cell) for row in summary_book.read_review(summary).rows}
    links: list[Link | None] = []
    key = ("", "")
    for line in lines:
        if len(line.path) == 1:
            key = line.code, line.unit
        row = rows.get(key)
        links.append(Link(target, f"'{details.SHEET}'!A{row}") if target and row else None)
    return links


def _with_behind(pen: IssuedForm, lines: Sequence[Line], links: Sequence[Link | None], moment: datetime) -> bytes:
    """The form with the units' own answers behind it, and a link to them from each answer made of them.

    Rows of the form are as high as what was typed into them.
    """
    from openpyxl import load_workbook
    from openpyxl.worksheet.hyperlink import Hyperlink

    book = load_workbook(io.BytesIO(pen.saved(moment)))
    below_sheet.write(book, lines, links)
    first = {line.upper: row for row, line in reversed(list(enumerate(lines, below_sheet.FIRST_ROW)))}
    sheet = book[pen.sheet]
    width = sheet.column_dimensions[pen.columns["进展说明"]].width
    for asked in pen.tasks:
        if asked.code in first:
            place = pen.cell("佐证材料", asked.row)
            sheet[place].hyperlink = Hyperlink(ref=place, location=f"'{BELOW_SHEET}'!A{first[asked.code]}")
            text = pen.text(pen.cell("进展说明", asked.row))
            row = sheet.row_dimensions[asked.row]
            row.height = max(row.height or 0.0, row_height(line_count(text, width, _SIZE), _SIZE))
    stream = io.BytesIO()
    book.save(stream)
    parts = opc.read_parts(restamped(stream.getvalue(), moment))
    return opc.write_parts(opc.sealed(parts, custom_properties(book)))
