"""Codes of tasks and forms: made here, recognised here.

**Task code (编码)**: ``T`` + five characters + a check character, from an alphabet of 23 letters
and digits without look-alikes (no 0/O, 1/I/L, 2/Z, 5/S, 6/G, 8/B).  The letter T in front keeps Excel from
reading a code as a number (3E12) or a date (MAR3).  The five characters are a hash of what the
task says, so drafting the same notice again gives the same codes; the check character is a
weighted sum modulo the prime 23, which catches every single wrong character and every swap of two.

**Stamp**: which plan, revision, round and unit a form belongs to, as one line of text with a
checksum.  It travels in several places of the form at once (code column, very hidden sheet, custom
document property, defined name), so that losing some of them loses nothing (A2, A9).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from toolkit import model
from toolkit.model import Plan, Role, Task

ALPHABET = "3479ACDEFHJKMNPQRTUVWXY"
_BASE = len(ALPHABET)
_BODY = 5
_WEIGHTS = (1, 2, 3, 4, 5)
_SHORT = 40
"""Characters up to which a cell that may hold a code is remembered: every form has the same codes."""
_BETWEEN = re.compile(r"[\s\-_'’.。]")
_CODE = re.compile(rf"T[{ALPHABET}]{{{_BODY + 1}}}")
_CODE_ANYWHERE = re.compile(rf"(?<![0-9A-Z])T[{ALPHABET}]{{{_BODY + 1}}}(?![0-9A-Z])")


def _check_character(body: str) -> str:
    total = sum(weight * ALPHABET.index(char) for weight, char in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total * pow(_BODY + 1, -1, _BASE) % _BASE]


def _spell(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, _BASE)
        digits.append(ALPHABET[digit])
    return "".join(digits)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _essence(text: str | None) -> str:
    """Text without blanks and punctuation, widths folded: what stays when a notice is laid out anew."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isalnum())


def task_code(title: str | None, requirement: str, taken: Collection[str] = ()) -> str:
    """A code for a task that says this, different from every code ``taken``."""
    text = _essence(title) + "\n" + _essence(requirement)
    attempt = 0
    while True:
        body = _spell(_digest(f"{attempt}\n{text}"), _BODY)
        code = "T" + body + _check_character(body)
        if code not in taken:
            return code
        attempt += 1


def read_code(text: object) -> str | None:
    """The task code a cell holds, or ``None``: width, case and blanks do not matter, the check character does."""
    if not isinstance(text, str):
        return None
    return _read_code(text) if len(text) <= _SHORT else _read_code.__wrapped__(text)


@lru_cache(maxsize=16384)
def _read_code(text: str) -> str | None:
    folded = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if _CODE.fullmatch(folded) and _check_character(folded[1:-1]) == folded[-1]:
        return folded
    return None


def find_code(text: str) -> str | None:
    """The first task code anywhere in a text, or ``None``."""
    for match in _CODE_ANYWHERE.finditer(unicodedata.normalize("NFKC", text).upper()):
        if (code := read_code(match.group())) is not None:
            return code
    return None


def with_codes(tasks: Iterable[Task], retired: Collection[str] = ()) -> tuple[Task, ...]:
    """The tasks, each with a code of its own; codes already there are kept, retired ones never given again."""
    tasks = tuple(tasks)
    taken = set(retired) | {task.code for task in tasks if task.code}
    coded = []
    for task in tasks:
        if not task.code:
            task = replace(task, code=task_code(task.title, task.requirement, taken))
            taken.add(task.code)
        coded.append(task)
    return tuple(coded)


def plan_id(plan: Plan) -> str:
    """The id a plan gets when it is first drafted: a hash of its title, number and issuer."""
    body = _spell(_digest("\n".join(_essence(part) for part in (plan.title, plan.doc_number, plan.issuer))), 6)
    return "P" + body


def coded(plan: Plan) -> Plan:
    """The plan with an id and with a code on every task."""
    return replace(plan, plan_id=plan.plan_id or plan_id(plan), tasks=with_codes(plan.tasks, plan.retired))


# --- the stamp of a form ------------------------------------------------------------

STAMP_SHEET = "_fengong"
"""Very hidden sheet: A1 the stamp, below it one line a duty (see ``Stamp.rows``)."""
BELOW_SHEET = f"{STAMP_SHEET}_下级明细"
"""Sheet of a rolled-up form: what the units further down said (see :mod:`toolkit.workbooks.below_sheet`)."""
BELOW_TITLE = "下级填报明细"
"""How A1 of that sheet begins, whatever the sheet is called by now."""
STAMP_PROPERTY = "fengong"
"""Custom document property that holds the stamp."""
STAMP_NAME = "_fengong_stamp"
"""Defined name whose value is the stamp as a text constant."""
_STAMP_HEAD = "FG1."
_ROLES = {role.value[0]: role for role in Role}


class StampedDuty(NamedTuple):
    """What the form of a unit was asked to answer, frozen at issue."""

    task: str
    role: Role
    via: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which plan, revision, round and unit a form belongs to."""

    plan_id: str
    revision: int
    round: str
    unit: str
    due: date | None = None
    duties: tuple[StampedDuty, ...] = field(default=())

    @property
    def tasks(self) -> tuple[str, ...]:
        """The codes the form asks, in its order."""
        return tuple(duty.task for duty in self.duties)

    def encode(self, *, duties: bool = True) -> str:
        """The stamp as one line of ASCII: compressed JSON in base64 with a checksum in front.

        Without its duties it stays under the 255 characters that a defined name's text constant may have.
        """
        data = {
            "p": self.plan_id,
            "v": self.revision,
            "r": self.round,
            "u": self.unit,
            "d": self.due.isoformat() if self.due else "",
            "t": [[d.task, d.role.value[0], d.via, d.due.isoformat() if d.due else ""] for d in self.duties]
            if duties
            else [],
        }
        raw = zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9)
        text = base64.urlsafe_b64encode(raw).decode()
        return f"{_STAMP_HEAD}{zlib.crc32(text.encode()):08x}.{text}"

    @staticmethod
    def decode(text: object) -> Stamp | None:
        """The stamp a text holds, or ``None`` when there is none or it is damaged."""
        if not isinstance(text, str):
            return None
        text = text.strip().strip('"').removeprefix('="')
        head, _, rest = text.partition(".")
        checksum, _, body = rest.partition(".")
        if head + "." != _STAMP_HEAD or len(body) > 100_000 or checksum != f"{zlib.crc32(body.encode()):08x}":
            return None
        try:
            inflater = zlib.decompressobj()
            raw = inflater.decompress(base64.urlsafe_b64decode(body), 1_000_000)
            data = json.loads(raw)
            return Stamp(
                plan_id=data["p"],
                revision=int(data["v"]),
                round=data["r"],
                unit=data["u"],
                due=_iso(data["d"]),
                duties=tuple(_duty(t[0], _ROLES[t[1]], t[2], t[3]) for t in data["t"]),
            )
        except (ValueError, KeyError, IndexError, TypeError, zlib.error):
            return None


@lru_cache(maxsize=4096)
def _duty(task: str, role: Role, via: str, due: str) -> StampedDuty:
    """A duty of a stamp; the forms of one plan share most of theirs."""
    return StampedDuty(task, role, via, _iso(due))


@lru_cache(maxsize=4096)
def _iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# --- what a summary shows ---------------------------------------------------------------

_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
_AT_ONCE = 256
"""Items of a long list that are written at once."""


def json_pieces(items: Iterable[object]) -> Iterator[str]:
    """What stands between the brackets of a JSON list that may be very long, in pieces."""
    rest = iter(items)
    comma = ""
    while some := list(islice(rest, _AT_ONCE)):
        yield comma + _JSON.encode(some)[1:-1]
        comma = ","


def summary_mark(collection: model.Collection) -> str:
    """A mark of everything in a summary that the office may mend by hand or decide about.

    The summary carries it, so that later the edits of a person can be told from what has come in meanwhile.
    """
    written = _JSON.encode
    mark = hashlib.sha256(f"[{written(collection.round.name)},[".encode())
    for piece in json_pieces(map(_shown, collection.entries)):
        mark.update(piece.encode())
    decided = [[d.task, d.unit, d.verdict, d.opinion] for d in collection.decisions]
    mark.update(f"],{written(decided)}]".encode())
    return mark.hexdigest()[:32]


def _shown(entry: model.Entry) -> list[object]:
    """What the office may mend of an entry."""
    return [
        *(entry.task, entry.unit, entry.state, entry.status, entry.status_text, entry.progress),
        *(entry.evidence, str(entry.done_on or ""), entry.done_on_text, entry.remark, entry.carried),
        *([cell.field, cell.text] for row in entry.rows for cell in row),
    ]
