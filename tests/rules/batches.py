"""Batches of answers as units word them, each in a style of its own, with the faults and the clean ones told apart.

A batch is a text file in ``batches/``: sections ``== name status``, one answer a line, ``⏎`` for a line break and
``requirement => answer`` where the requirement matters.  A batch is written before anyone knows what the rules make
of it; how it went that first time stands in ``FIRST_RUNS`` of ``test_rules_batches.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit import rules
from toolkit.findings import rules as found
from toolkit.model import Collection, Entry, Place, Plan, Role, Roster, Round, State, Task, Unit

FOLDER = Path(__file__).parent / "batches"
UNIT = "云岭市某局"
PLAIN_REQUIREMENT = "健全工作制度，面向社会公开，接受群众监督。"

FAULTS = {
    "contradiction": found.CONTRADICTION.code,
    "hollow": found.EMPTY_WORDS.code,
    "number-missing": found.NUMBER_MISSING.code,
    "postpone-missing": found.POSTPONE_INCOMPLETE.code,
    "personal": found.PERSONAL_DATA.code,
    "no-evidence": found.NO_EVIDENCE.code,
    "unreadable-date": found.DONE_ON_UNREADABLE.code,
    "formula": found.FORMULA_LIKE.code,
    "copied-requirement": found.COPY_REQUIREMENT.code,
    "copied": found.COPY_WITHIN.code,
}
"""Section → the code that must be found in each of its answers."""

ALARMS = {
    "clean": (
        found.CONTRADICTION.code,
        found.EMPTY_WORDS.code,
        found.PERSONAL_DATA.code,
        found.UNPUBLISHED_WORDS.code,
        found.FORMULA_LIKE.code,
        found.COPY_WITHIN.code,
        found.TOO_LONG.code,
        found.COPY_REQUIREMENT.code,
    ),
    "saying": (found.EMPTY_WORDS.code, found.CONTRADICTION.code),
    "number-given": (found.NUMBER_MISSING.code, found.CONTRADICTION.code),
    "postpone-complete": (found.POSTPONE_INCOMPLETE.code, found.CONTRADICTION.code),
    "not-personal": (found.PERSONAL_DATA.code,),
    "evidence": (found.NO_EVIDENCE.code,),
    "readable-date": (found.DONE_ON_UNREADABLE.code,),
    "no-formula": (found.FORMULA_LIKE.code,),
    "own-words": (found.COPY_REQUIREMENT.code,),
}
"""Section → the codes that no answer of it may carry."""

_STATUS_OF = {"postpone-missing": "申请延期", "postpone-complete": "申请延期"}


@dataclass(frozen=True)
class Answer:
    """One line of a batch."""

    section: str
    status: str
    text: str
    requirement: str = PLAIN_REQUIREMENT


@dataclass(frozen=True)
class Tally:
    """How a rule did on a section: how many of its answers it marks, and the answers that went wrong."""

    section: str
    code: str
    marked: int
    total: int
    wrong: tuple[str, ...]

    @property
    def figure(self) -> str:
        return f"{self.marked}/{self.total}"


def read(path: Path) -> list[Answer]:
    """The answers of a batch."""
    answers: list[Answer] = []
    section = status = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            section, _, status = line[3:].partition(" ")
            status = status or _STATUS_OF.get(section, "已完成")
        elif line.strip() and not line.startswith("# "):
            requirement, arrow, text = line.rpartition(" => ")
            answers.append(
                Answer(section, status, text.replace("⏎", "\n"), requirement if arrow else PLAIN_REQUIREMENT)
            )
    return answers


def tallies(answers: list[Answer]) -> Iterator[Tally]:
    """For every section its rule, for every clean one each rule that could raise a false alarm."""
    for section in dict.fromkeys(answer.section for answer in answers):
        chosen = [answer for answer in answers if answer.section == section]
        marked = _marked(chosen)
        for code in (FAULTS[section],) if section in FAULTS else ALARMS[section]:
            hit = marked.get(code, set())
            wrong = [a for place, a in enumerate(chosen) if (place in hit) is not (section in FAULTS)]
            yield Tally(section, code, len(hit), len(chosen), tuple(f"{a.status}: {a.text}" for a in wrong))


def _marked(answers: list[Answer]) -> dict[str, set[int]]:
    places: dict[str, set[int]] = {}
    for finding in rules.run(collection(answers)):
        places.setdefault(finding.code, set()).add(int((finding.task or "T0")[1:]))
    return places


def collection(answers: list[Answer]) -> Collection:
    """A round in which one unit gave these answers, a task each."""
    tasks = tuple(
        Task(seq=place + 1, code=f"T{place}", title=f"第{place + 1}项", requirement=answer.requirement)
        for place, answer in enumerate(answers)
    )
    return Collection(
        plan=Plan("云岭市工作要点", tasks, "P1", issued_on=date(2026, 2, 1)),
        roster=Roster((Unit(UNIT, 1),)),
        round=Round("2026年第三季度", date(2026, 10, 10)),
        as_of=date(2026, 10, 12),
        entries=tuple(_entry(f"T{place}", answer) for place, answer in enumerate(answers)),
    )


def _entry(code: str, answer: Answer) -> Entry:
    place = Place("某局.xlsx", "填报表", "I7")
    entry = Entry(
        task=code,
        unit=UNIT,
        role=Role.RESPONSIBLE,
        state=State.REPORTED,
        status=answer.status,
        status_text=answer.status,
        progress=answer.text,
        evidence="会议纪要第3期",
        sources=tuple((name, place) for name in ("status", "progress", "evidence", "done_on", "remark")),
    )
    if answer.section in ("no-evidence", "evidence"):
        return replace(entry, progress="修订制度2项", evidence=answer.text)
    if answer.section in ("unreadable-date", "readable-date"):
        from toolkit.language.dates import read_date

        return replace(
            entry, progress="修订制度2项", done_on=read_date(answer.text, year=2026), done_on_text=answer.text
        )
    return entry


if __name__ == "__main__":
    import sys

    for name in sys.argv[1:]:
        for tally in tallies(read(FOLDER / name)):
            print(f"{name} {tally.section} {tally.code}: {tally.figure}")
            for line in tally.wrong:
                print("      ", line)
