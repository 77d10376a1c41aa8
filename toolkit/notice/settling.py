"""The words of a header weighed against what stands below them, and against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from toolkit.language.text import unspaced
from toolkit.model import Role
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.likeness import is_figure, is_measure, likeness
from toolkit.notice.numbering import is_number
from toolkit.notice.spread import Grid, own

Header = list[Column | None]

_COUNTED = 0.5
"""Share of numbers from which on a column counts the rows."""
_FIGURES = 0.7
"""Share of figures from which on a column holds amounts, whatever its label."""
_ALIKE = 0.7
"""Share of dates, or of names of units, from which on a column is told by them."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SPOKEN = 8
"""Chinese characters from which on, on average, the texts of a column nobody foresaw say something of the work."""
_LONGER = 1.5
"""By how much longer the texts of the contents are than those of the names beside them."""
_PART_OF_UNIT = re.compile("处室|科室|股室|属地")
"""Labels of columns that tell a part of the unit, or the place, where another column tells the unit."""
_WHOLE: dict[Role | None, set[Role | None]] = {
    Role.LEAD: {Role.LEAD, Role.RESPONSIBLE},
    Role.SUPPORT: {Role.SUPPORT},
}
"""For each role of such a part the roles in which a column names the whole unit: beside 配合单位, 牵头科室 is one."""


def settle(header: Header, grid: Grid, body: int) -> list[Column]:
    """The header's words weighed against what stands below them."""
    columns = [column or Column(Meaning.ASIDE, _label(grid, body, n), guessed=True) for n, column in enumerate(header)]
    numbered = any(column.meaning is Meaning.NUMBER for column in columns)
    for number, column in enumerate(columns):
        below = [
            row[number].text
            for r, row in enumerate(grid[body:], body)
            if own(row[number], r, number) and row[number].text
        ]
        if not below:
            continue
        counts = column.unnamed or (column.meaning in (Meaning.CONTENT, Meaning.TASK) and not numbered)
        if counts and _share(below, is_number) > _COUNTED:
            columns[number] = replace(column, meaning=Meaning.NUMBER)
        elif numbered and column.meaning in (Meaning.CONTENT, Meaning.TASK) and _share(below, is_figure) > _FIGURES:
            columns[number] = Column(Meaning.ASIDE, column.label)
        elif column.meaning is Meaning.ASIDE and column.guessed and _heads_rows(grid, body, columns, number):
            columns[number] = replace(column, meaning=Meaning.LEVEL)
        elif column.meaning is Meaning.ASIDE and column.guessed and column.label:
            told = any(other.meaning is Meaning.UNITS for other in columns)
            columns[number] = _by_content(column, below, units=not told)
        elif column.meaning is Meaning.UNITS and unspaced(column.label) == "单位" and _share(below, is_measure) > 0.5:
            columns[number] = Column(Meaning.ASIDE, column.label)
    return settled(_exchanged(columns, grid[body:]))


def _exchanged(columns: list[Column], below: Grid) -> list[Column]:
    """Columns of contents and tasks by what is longer: 测评内容 农贸市场 | 整改任务 规范摊位经营，设置公平秤."""
    contents = [n for n, column in enumerate(columns) if column.meaning is Meaning.CONTENT]
    tasks = [n for n, column in enumerate(columns) if column.meaning is Meaning.TASK]
    if len(contents) == len(tasks) == 1 and contents[0] + 1 == tasks[0]:
        first, second = contents[0], tasks[0]
        if _LONGER * _length(below, first) < _length(below, second):
            columns[first] = replace(columns[first], meaning=Meaning.TASK)
            columns[second] = replace(columns[second], meaning=Meaning.CONTENT)
    return columns


def _length(below: Grid, column: int) -> float:
    """How long the texts of a column are on average."""
    texts = [row[column].text for row in below if row[column].text]
    return sum(map(len, texts)) / max(len(texts), 1)


def _heads_rows(grid: Grid, body: int, columns: Sequence[Column], number: int) -> bool:
    """Whether the cells of a column whose label nobody foresaw stand left of the tasks and hold for several of them."""
    texts = next((n for n, c in enumerate(columns) if c.meaning in (Meaning.TASK, Meaning.CONTENT)), 0)
    below = [row[number] for row in grid[body:]]
    return number < texts and any(not cell.text or cell.bottom > cell.row for cell in below[1:])


def _by_content(column: Column, texts: Sequence[str], *, units: bool) -> Column:
    """What a column whose label nobody foresaw holds, by what stands in it; ``units`` says that it may be units."""
    if _share(texts, lambda text: likeness(text)[Meaning.DEADLINE] >= _ALIKE) >= _ALIKE:
        return Column(Meaning.DEADLINE, column.label, guessed=True)
    if units and _share(texts, lambda text: likeness(text)[Meaning.UNITS] >= _ALIKE) >= _ALIKE:
        return Column(Meaning.UNITS, column.label, Role.RESPONSIBLE, guessed=True)
    return Column(Meaning.REMARK, column.label, quoted=True) if _is_spoken(texts) else column


def _label(grid: Grid, body: int, column: int) -> str:
    """The words above a column that no pattern knows, empty when none are printed."""
    return unspaced(grid[body - 1][column].text) if body else ""


def _is_spoken(texts: Sequence[str]) -> bool:
    """Whether texts say something, rather than name a person or a place or give a figure."""
    return sum(len(_CHINESE.findall(text)) for text in texts) >= _SPOKEN * len(texts)


def _share(texts: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for text in texts if test(text)) / len(texts)


def settled(columns: list[Column]) -> list[Column]:
    """Columns whose meaning depends on their neighbours: of two contents without a task the first is the task."""
    meanings = [column.meaning for column in columns]
    contents = [n for n, meaning in enumerate(meanings) if meaning is Meaning.CONTENT]
    tasks = [n for n, meaning in enumerate(meanings) if meaning is Meaning.TASK]
    if tasks and len(contents) > 1 and contents[0] < tasks[0] < contents[-1]:
        for number in [n for n in contents if n < tasks[0]]:
            columns[number] = replace(columns[number], meaning=Meaning.LEVEL)
            contents.remove(number)
    if len(contents) > 1 and not tasks and columns[contents[0]].label != columns[contents[1]].label:
        columns[contents[0]] = replace(columns[contents[0]], meaning=Meaning.TASK)
        contents = contents[1:]
    elif not contents and tasks:
        columns[tasks[-1]] = replace(columns[tasks[-1]], meaning=Meaning.CONTENT)
        tasks = tasks[:-1]
    elif not contents and not tasks and Meaning.LEVEL in meanings:
        last = max(n for n, meaning in enumerate(meanings) if meaning is Meaning.LEVEL)
        columns[last] = replace(columns[last], meaning=Meaning.CONTENT)
        contents = [last]
    for number, column in enumerate(columns):
        if column.meaning is Meaning.TASK and contents and number > contents[-1]:
            told = any(other.meaning is Meaning.UNITS for other in columns[:number])
            columns[number] = replace(column, meaning=Meaning.REMARK if told else Meaning.CONTENT, quoted=told)
    whole = {c.role for c in columns if c.meaning is Meaning.UNITS and not _PART_OF_UNIT.search(c.label)}
    for number, column in enumerate(columns):
        if (column.meaning is Meaning.LEVEL and contents and number > contents[-1]) or (
            column.meaning is Meaning.UNITS
            and whole & _WHOLE.get(column.role, _WHOLE[Role.LEAD])
            and _PART_OF_UNIT.search(column.label)
        ):
            columns[number] = replace(column, meaning=Meaning.ASIDE)
    return columns
