"""Cells that lost their table: the most likely column and row of each, by what it says and by its neighbours.

A flattened table is a row of cells in reading order.  Each cell belongs to a column further right than the one
before it, or begins a new row; what a cell looks like (:mod:`toolkit.notice.likeness`), the sequence of the
numbers and the cost of leaving columns blank make one reading the best.  The best reading that puts a cell
elsewhere tells how sure its place is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.model import Role
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.counting import usual_style
from toolkit.notice.fitting import IMPOSSIBLE, OPENING, Fitting
from toolkit.notice.habits import Habits
from toolkit.notice.likeness import is_blank
from toolkit.notice.numbering import is_number, number_style

CHAPTER = -1
OUTSIDE = -2
"""Cells behind the end of the table: notes, contacts, page furniture."""

_NEW_ROW = 0.2
_CHAPTER_ROW = 1.5
"""Cost of a row that prints only number and name: a chapter."""
_AGAIN = {Meaning.CONTENT: 2.5, Meaning.LEVEL: 1.2, Meaning.TASK: 2.5, Meaning.UNITS: 2.5, Meaning.REMARK: 2.5}
"""Cost of one more paragraph in a cell, before the table's habits are known."""
_AGAIN_LOOSE = 1.8
"""The same where blanks parted the cells."""
_PASSES = 2
"""Readings: the second knows how the rows of this table usually are."""
_SURE = 1.0
"""Lead over the second best reading from which on a cell's place is sure."""
_SURE_OF_VAGUE = 2.0
"""The same where the words of the cell say nothing of either column."""
_SURE_OF_ROW = 4.0
"""The same where such a cell may end one row or begin the next: a remark, or a heading?"""


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of a flattened table."""

    text: str
    row_start: bool | None = None
    """Whether the source tells that a row begins here (or does not); ``None`` when it tells nothing."""
    at: int = 0
    """Index of the block or line it was read from."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a cell belongs."""

    column: int
    """Index of the column, or :data:`CHAPTER`, :data:`OUTSIDE`."""
    new_row: bool
    sure: bool
    rival: int
    """The column of the second best reading."""


@dataclass(slots=True)
class _Step:
    score: float
    before: int
    new_row: bool


def align(
    tokens: Sequence[Token], columns: Sequence[Column], *, loose: bool = False, task_rows: bool = False
) -> tuple[list[Placed], float]:
    """The place of each cell, and the score of the whole reading.

    ``loose``: blanks parted the cells, so that a cell with blanks inside may have come apart.
    ``task_rows``: the cells are known to be those of tasks, so that none is a chapter or outside the table.
    """
    habits = None
    for _ in range(1 if task_rows else _PASSES):
        model = _Model(tokens, columns, loose, task_rows, habits)
        forward = model.forward()
        path = model.path(forward)
        habits = Habits.of(path, [token.text for token in tokens], len(columns))
    backward = model.backward()
    placed = []
    for index, (state, new_row) in enumerate(path):
        marginals = [forward[index][s].score + backward[index][s] for s in range(model.size)]
        own = marginals[state]
        rival = max((s for s in range(model.size) if s != state), key=lambda s: marginals[s])
        lead = model.lead_wanted(index, state, rival, path[index - 1][0] if index else -1)
        placed.append(Placed(model.name(state), new_row, own - marginals[rival] >= lead, model.name(rival)))
    return placed, max(step.score for step in forward[-1]) if forward else 0.0


class _Model:
    def __init__(
        self,
        tokens: Sequence[Token],
        columns: Sequence[Column],
        loose: bool,
        task_rows: bool,
        habits: Habits | None,
    ) -> None:
        self._tokens = tokens
        self._columns = columns
        self._loose = loose
        self._task_rows = task_rows
        self._habits = habits
        self._width = len(columns)
        self.size = self._width + 2
        self._chapter = self._width
        self._outside = self._width + 1
        texts = [token.text for token in tokens]
        self._fitting = Fitting(texts, columns, habits, loose=loose, task_rows=task_rows)
        self._skip = [self._skip_cost(column, n) for n, column in enumerate(columns)]
        self._between = [[sum(self._skip[a + 1 : b]) for b in range(self._width + 1)] for a in range(-1, self._width)]
        self._emission = [self._fitting.scores(index) for index in range(len(tokens))]
        self._follow = {
            (starts, chapter_row): [
                [self._transition(a, b, starts, chapter_row) for b in range(self.size)] for a in range(self.size)
            ]
            for starts in (None, True, False)
            for chapter_row in (False, True)
        }
        self._style = usual_style(texts)

    def name(self, state: int) -> int:
        """The column a state stands for."""
        return CHAPTER if state == self._chapter else OUTSIDE if state == self._outside else state

    def lead_wanted(self, index: int, state: int, rival: int, before: int) -> float:
        """The lead over the second best reading from which on the place of this cell is sure."""
        if not all(self._fitting.is_vague(index, s) for s in (state, rival)):
            return _SURE
        opening = [s == self._chapter or self._columns[s].meaning in OPENING for s in (state, rival)]
        free = all(opens or s > before for s, opens in zip((state, rival), opening, strict=True))
        return _SURE_OF_ROW if free and not all(opening) else _SURE_OF_VAGUE

    # --- how cells follow each other --------------------------------------------------

    def _skip_cost(self, column: Column, number: int) -> float:
        if self._habits is not None and column.meaning is not Meaning.CONTENT:
            return -math.log(self._habits.blank[number])
        contents = any(c.meaning is Meaning.CONTENT for c in self._columns)
        costs = {
            Meaning.NUMBER: 2.5,
            Meaning.LEVEL: 0.1,
            Meaning.TASK: 0.4 if contents else 6.0,
            Meaning.CONTENT: 6.0,
            Meaning.UNITS: 0.7 if column.role is Role.SUPPORT else 1.2,
            Meaning.DEADLINE: 1.0,
            Meaning.STATUS: 0.8,
            Meaning.REMARK: 0.2,
            Meaning.ASIDE: 0.9,
        }
        return costs[column.meaning]

    def _ends_chapter_row(self, index: int) -> bool:
        """Whether this cell stands behind a number of another style than the tasks have: it names a chapter."""
        if index < 1 or self._task_rows:
            return False
        number = self._tokens[index - 1].text
        return is_blank(number) or (is_number(number) and number_style(number) != self._style)

    def _ending(self, state: int, chapter_row: bool = False) -> float:
        """Cost of a row that ends behind this column."""
        if state >= self._width:
            return 0.0
        cost = self._between[state + 1][self._width]
        if chapter_row and self._columns[state].meaning in (Meaning.TASK, Meaning.LEVEL):
            return min(cost, _CHAPTER_ROW)
        return cost

    def _opening(self, state: int) -> float:
        """Cost of a row that begins with this column."""
        return 0.0 if state >= self._width else self._between[0][state]

    def _transition(self, before: int, after: int, starts: bool | None, chapter_row: bool) -> tuple[float, bool]:
        """Score of one cell behind another, and whether the second begins a row."""
        if before == self._outside:
            return (0.0, True) if after == self._outside else (IMPOSSIBLE, True)
        anew = -self._ending(before, chapter_row) - self._opening(after) - (_NEW_ROW if after < self._width else 0.0)
        if after == self._outside:
            anew -= 3.0
        if after == self._chapter and before == self._chapter:
            if self._loose:
                return ((0.8 if self._fitting.leads else -0.8) - self._fitting.rare, False)
            anew = -0.3
        if starts is True or before >= self._width or after >= self._width:
            return (anew, True) if starts is not False or after >= self._width else (IMPOSSIBLE, True)
        same = IMPOSSIBLE
        if after > before:
            same = -self._between[before + 1][after]
        elif after == before:
            same = -self._continuation(after)
        if starts is False or same >= anew:
            return same, False
        return anew, True

    def _continuation(self, column: int) -> float:
        """Cost of one more paragraph in the same cell."""
        meaning = self._columns[column].meaning
        if self._habits is not None:
            return -math.log(self._habits.again[column]) + (0.3 if self._columns[column].role is Role.LEAD else 0.0)
        if self._loose and meaning in (Meaning.CONTENT, Meaning.TASK, Meaning.REMARK, Meaning.STATUS):
            return _AGAIN_LOOSE
        return _AGAIN.get(meaning, 4.0) + (0.3 if self._columns[column].role is Role.LEAD else 0.0)

    # --- the best reading -------------------------------------------------------------

    def forward(self) -> list[list[_Step]]:
        """For each cell and state the best score of a reading up to it."""
        steps: list[list[_Step]] = []
        for index, token in enumerate(self._tokens):
            row = []
            for state in range(self.size):
                if index == 0:
                    best = _Step(-self._opening(state), -1, True)
                else:
                    best = _Step(IMPOSSIBLE * 10, 0, True)
                    follow = self._follow[token.row_start, self._ends_chapter_row(index - 1)]
                    for before in range(self.size):
                        gain, new_row = follow[before][state]
                        score = steps[-1][before].score + gain
                        if score > best.score:
                            best = _Step(score, before, new_row)
                best.score += self._emission[index][state]
                row.append(best)
            steps.append(row)
        for state, step in enumerate(steps[-1] if steps else ()):
            step.score -= self._ending(state)
        return steps

    def backward(self) -> list[list[float]]:
        """For each cell and state the best score of what follows."""
        last = len(self._tokens) - 1
        scores = [[0.0] * self.size for _ in self._tokens]
        for index in range(last - 1, -1, -1):
            follow = self._follow[self._tokens[index + 1].row_start, self._ends_chapter_row(index)]
            ahead = [
                self._emission[index + 1][after]
                + (scores[index + 1][after] if index + 1 < last else -self._ending(after))
                for after in range(self.size)
            ]
            for state in range(self.size):
                scores[index][state] = max(step[0] + rest for step, rest in zip(follow[state], ahead, strict=True))
        return scores

    def path(self, steps: list[list[_Step]]) -> list[tuple[int, bool]]:
        """State and row start of each cell in the best reading."""
        if not steps:
            return []
        state = max(range(self.size), key=lambda s: steps[-1][s].score)
        path = []
        for row in reversed(steps):
            path.append((state, row[state].new_row))
            state = row[state].before
        return path[::-1]
