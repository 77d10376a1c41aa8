"""The worksheet functions as plain Python: what ``FG_…`` computes in a cell.

Every function takes what a cell or range holds and gives a value or a table (a list of rows).  A problem is
a :class:`CannotDo`, whose sentence each host shows in the cell.  The registry of names, arguments and help texts is
:data:`toolkit.registry.functions.FUNCTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toolkit import vocabulary
from toolkit.desk import ROSTER_NAME
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.findings import roster as roster_found
from toolkit.language.dates import read_date
from toolkit.language.deadlines import read_deadlines
from toolkit.language.text import essence
from toolkit.language.units import read_units, split_names
from toolkit.model import (
    Collection,
    Duty,
    Entry,
    Plan,
    Role,
    Roster,
    Round,
    State,
    Task,
    UnitState,
)

Cell = object
Table = list[list[object]]

_SERIAL_ZERO = date(1899, 12, 30)
_PLAN_HEADER: list[object] = ["编码", "序号", "工作任务", "具体要求", "牵头单位", "责任单位", "配合单位", "完成时限"]
_ENTRY_HEADER: list[object] = ["编码", "单位", "完成情况", "进展说明", "佐证材料", "完成日期", "备注", "来源"]


# --- drafting -------------------------------------------------------------------------------


def draft_table(notice: Cell) -> Table:
    """The tasks of a notice, a row each under a header."""
    from toolkit.containers import read
    from toolkit.identity import coded
    from toolkit.notice import read_notice

    path = _existing(notice)
    plan = coded(read_notice(read(path, path.name), path.name)[0])
    return [_PLAN_HEADER, *[_task_row(task) for task in plan.tasks]]


def _task_row(task: Task) -> list[object]:
    units = {role: "；".join(a.name for a in task.assignments if a.role is role) for role in Role}
    limits = [deadline.date.isoformat() for deadline in task.deadlines] + list(task.recurrence)
    return [
        task.code,
        task.number or "",
        task.title or (task.headings[-1] if task.headings else ""),
        task.requirement,
        units[Role.LEAD],
        units[Role.RESPONSIBLE],
        units[Role.SUPPORT],
        "；".join(limits),
    ]


def units(text: Cell, role: Cell = None) -> Table:
    """The units of a clause, one a row; ``role`` is 牵头, 责任 or 配合."""
    wanted = _role(_text(role))
    names = [a.name for a in read_units(_text(text)).assignments if wanted in (None, a.role)]
    return [[name] for name in dict.fromkeys(names)] or [[""]]


def _role(word: str) -> Role | None:
    if not word:
        return None
    for role in Role:
        if word.startswith(role.label) or word == role.value:
            return role
    raise CannotDo(found.BAD_VALUE.at(name="角色", value=word, wanted="可以写：牵头、责任、配合。"))


def deadlines(text: Cell, year: Cell = None) -> Table:
    """The deadlines of a text as ISO dates, one a row."""
    given = int(float(str(year))) if _text(year) else None
    return [[deadline.date.isoformat()] for deadline in read_deadlines(_text(text), given).deadlines] or [[""]]


# --- checking -------------------------------------------------------------------------------


def status(text: Cell) -> str:
    """The status word a text means, empty when it is not understood."""
    return vocabulary.DEFAULT.read(_text(text)) or ""


def standard_name(name: Cell, roster: Cell = None) -> str:
    """A unit's name as the register has it; a suggestion begins with ？."""
    path = Path(_text(roster) or ROSTER_NAME)
    if not path.is_file():
        raise CannotDo(roster_found.NO_REGISTER.at(path=str(path)))
    names = _names(path, path.stat().st_mtime_ns)
    answers = []
    for written in split_names(_text(name)):
        match = names.find(written)
        answers.append(match.name or (f"？{match.suggestion}" if match.suggestion else f"？{written}"))
    return "；".join(answers)


@lru_cache(maxsize=4)
def _names(path: Path, _saved: int) -> Any:
    from toolkit.roster import Names
    from toolkit.workbooks import roster_book

    return Names(roster_book.read(path))


def check_row(status_text: Cell, progress: Cell, due: Cell = None, today: Cell = None) -> str:
    """What the rules find in one row, joined; evidence and copies are not looked at, for a row does not tell them."""
    from toolkit import rules
    from toolkit.findings import rules as rules_found
    from toolkit.findings.intake import UNKNOWN_STATUS

    as_of = _day(today) or date.today()
    text = _text(status_text)
    word = vocabulary.DEFAULT.read(text)
    task = Task(seq=1, code="T", requirement="")
    entry = Entry(
        "T", "本单位", Role.RESPONSIBLE, State.REPORTED, status=word, status_text=text, progress=_text(progress)
    )
    collection = Collection(
        plan=Plan("", (task,)),
        roster=Roster(),
        round=Round(""),
        as_of=as_of,
        entries=(entry,),
        duties=(Duty("T", "本单位", Role.RESPONSIBLE, due=_day(due)),),
    )
    messages = [f.message for f in rules.run(collection) if f.code != rules_found.NO_EVIDENCE.code]
    if text and word is None:
        messages.insert(0, UNKNOWN_STATUS.at(text=text, task="").message)
    return "；".join(message.rstrip("。") for message in messages)


def copies(cells: Cell) -> Table:
    """For each cell of a range the cell it copies and how alike, empty where its words are its own."""
    from toolkit.rules.copies import near_copies
    from toolkit.settings import DEFAULT

    grid = _grid(cells)
    places = [(r, c) for r, row in enumerate(grid) for c, _ in enumerate(row)]
    texts = {place: essence(_text(grid[place[0]][place[1]])) for place in places}
    kept = [place for place in places if len(texts[place]) >= DEFAULT.copy_length]
    answer: Table = [["" for _ in row] for row in grid]
    for pair in near_copies([texts[place] for place in kept], DEFAULT.copy_likeness):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            row, column = kept[one]
            if not answer[row][column]:
                partner = kept[other]
                answer[row][column] = f"与第{partner[0] + 1}行第{partner[1] + 1}列雷同 {pair.likeness:.0%}"
    return answer


# --- merging --------------------------------------------------------------------------------


def merged_entries(folder: Cell, plan: Cell) -> Table:
    """Every entry of the returned forms under a folder, with the cell it came from."""
    collection = _collect(folder, plan)
    rows: Table = [_ENTRY_HEADER]
    for entry in collection.entries:
        place = entry.source("status") or entry.source("progress")
        source = f"{place.path} {place.sheet}!{place.cell}" if place else ""
        word = entry.status_text or ("未报" if entry.state is State.MISSING else "")
        done_on = entry.done_on.isoformat() if entry.done_on else entry.done_on_text
        rows.append([entry.task, entry.unit, word, entry.progress, entry.evidence, done_on, entry.remark, source])
    return rows


def missing_units(folder: Cell, plan: Cell) -> Table:
    """The units that sent nothing, in the fixed unit order."""
    reports = _collect(folder, plan).units
    return [[report.unit] for report in reports if report.state is UnitState.MISSING] or [[""]]


def completion_rate(cells: Cell) -> float:
    """Share of done among a range of statuses; blank cells and 不涉及 are not counted, 未报 counts as not done."""
    texts = [_text(cell) for row in _grid(cells) for cell in row]
    words = [vocabulary.DEFAULT.read(text) for text in texts if text]
    counted = [word for word in words if word != vocabulary.NOT_CONCERNED]
    return sum(map(vocabulary.is_done, counted)) / len(counted) if counted else 0.0


def _collect(folder: Cell, plan: Cell) -> Collection:
    from toolkit.merge import merge

    source, reference = _existing(folder), _existing(plan)
    with TemporaryDirectory(prefix="fengong-") as scratch:
        return merge([source], reference, Path(scratch) / "汇总表.xlsx", as_of=date.today()).collection


# --- cells ------------------------------------------------------------------------------------


def _text(cell: Cell) -> str:
    """A cell's value as text, whole numbers without ``.0``."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _day(cell: Cell) -> date | None:
    """A date cell: a date, a serial number, or text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 < cell < 80_000:
        return _SERIAL_ZERO + timedelta(days=int(cell))
    return read_date(_text(cell)) if _text(cell) else None


def _grid(cells: Cell) -> list[list[object]]:
    """A range as rows: hosts hand over one value, one row, or a table."""
    if not isinstance(cells, list | tuple):
        return [[cells]]
    if cells and all(isinstance(row, list | tuple) for row in cells):
        return [list(row) for row in cells]
    return [[cell] for cell in cells]


def _existing(cell: Cell) -> Path:
    path = Path(_text(cell).strip('"'))
    if not _text(cell) or not path.exists():
        raise CannotDo(found.NOT_FOUND.at(path=_text(cell)))
    return path


def call(name: str, arguments: Iterable[Cell]) -> object:
    """Call a worksheet function by either of its names; a refusal comes back as its sentence."""
    from toolkit.registry.functions import FUNCTIONS

    entry = next((f for f in FUNCTIONS if name in (f.name, f.twin)), None)
    if entry is None:
        return found.NO_SUCH_COMMAND.at(name=name).message
    function: Callable[..., object] = globals()[entry.function]
    try:
        return function(*arguments)
    except CannotDo as refusal:
        return f"#分工：{refusal.findings[0].message}"
    except (TypeError, ValueError) as problem:
        return f"#分工：参数不对（{problem}）"
