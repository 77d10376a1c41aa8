"""What a worker process does with one file where many come back: it reads the answers and judges each by itself.

Most rules need no more than an answer and its task, and they are most of the work
(:class:`~toolkit.rules.case.AnswerRule`).  What they say goes along with the row; whoever puts the round together
judges anew only what did not stay as it was read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from toolkit.containers.walk import Met
from toolkit.file_readers import FileReader
from toolkit.intake.entries import entry_of_row
from toolkit.intake.reading import Form, Reading, Row
from toolkit.model import Judgement, State, Task
from toolkit.rules import judge
from toolkit.rules.case import Reported
from toolkit.settings import Settings


@dataclass(frozen=True)
class AnswerJudge:
    """Judges the answers of one file."""

    tasks: Mapping[str, Task]
    settings: Settings

    def __call__(self, reading: Reading) -> Reading:
        """What a file says, each row with what the rules say of it."""
        return replace(reading, forms=tuple(self._judged(form, reading.path) for form in reading.forms))

    def _judged(self, form: Form, path: str) -> Form:
        if form.unit is None or form.refusal is not None:
            return form
        unit = form.unit
        return replace(form, rows=tuple(row._replace(judged=self._said_of(unit, path, row)) for row in form.rows))

    def _said_of(self, unit: str, path: str, row: Row) -> Judgement | None:
        entry = entry_of_row(unit, task, path, row) if (task := self.tasks.get(row.code)) else None
        if task is None or entry is None or entry.state is not State.REPORTED:
            return None
        return judge(Reported(entry, task, self.settings))


@dataclass(frozen=True)
class JudgingReader:
    """Reads one file against the plan and judges its answers; sent to a worker once."""

    reader: FileReader
    judge: AnswerJudge

    def __call__(self, met: Met) -> Reading:
        """What the file says, judged."""
        return self.judge(self.reader(met))
