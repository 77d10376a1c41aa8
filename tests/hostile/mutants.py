"""Honest files with a few bytes changed: what a bad disk, a broken transfer or a fuzzer makes of them."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from judge import Verdict, judge

from toolkit.containers.pool import Outcome, Trouble, run

HONEST = Path(__file__).parent / "honest"
GOOD = ("read", "told", "stopped")
FORMS = ("form.xls", "form.xlsx", "form.ods", "form.docx")


@dataclass(frozen=True)
class Mutant:
    """One changed file, made anew from its seed wherever it is needed."""

    form: str
    seed: int

    def data(self) -> bytes:
        """The bytes of the file."""
        dice = random.Random(f"{self.form} {self.seed}")
        whole = (HONEST / self.form).read_bytes()
        if zipfile.is_zipfile(io.BytesIO(whole)) and dice.random() < 0.7:
            return _inside(whole, dice)
        return _changed(whole, dice)


def _changed(data: bytes, dice: random.Random) -> bytes:
    """Some bytes flipped, set to an extreme, cut off, doubled or left out."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        place = dice.randrange(len(changed))
        damage = dice.random()
        if damage < 0.45:
            changed[place] ^= 1 << dice.randrange(8)
        elif damage < 0.8:
            changed[place] = dice.choice((0x00, 0xFF, 0x7F, 0x80, dice.randrange(256)))
        elif damage < 0.9:
            changed[place : place + 4] = dice.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4)))
        elif damage < 0.95:
            changed[place:place] = changed[place : place + dice.randrange(1, 64)]
        elif damage < 0.98:
            del changed[place + 1 : place + dice.randrange(2, 64)]
        else:
            del changed[place + 8 :]
    return bytes(changed)


def _inside(data: bytes, dice: random.Random) -> bytes:
    """One part of a zip changed, its checksum made to fit, so that the damage reaches the reader of the part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = [info.filename for info in old.infolist() if info.file_size]
        chosen = dice.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            content = old.read(name)
            new.writestr(name, _changed(content, dice) if name == chosen else content)
    return buffer.getvalue()


def judge_mutant(mutant: Mutant) -> Verdict:
    """Read a mutant, in a worker process."""
    return judge((mutant.form, mutant.data()))


def tally(seeds: Iterable[int]) -> tuple[Counter[str], list[Outcome[Mutant, Verdict]]]:
    """How the readings of the mutants with these seeds ended, and those that ended badly.

    ``stopped``: the second reader took its worker process down, which is what worker processes are for; the
    mutant has its finding and the batch went on.
    """
    mutants = [Mutant(form, seed) for seed in seeds for form in FORMS]
    endings: Counter[str] = Counter()
    bad = []
    for outcome in run(judge_mutant, mutants, jobs=2):
        if outcome.trouble is Trouble.CRASH and outcome.finding is not None:
            ending = "stopped"
        elif outcome.value is None:
            ending = str(outcome.trouble)
        elif not outcome.value.clear:
            ending = "silent"
        else:
            ending = "told" if outcome.value.findings else "read"
        endings[ending] += 1
        if ending not in GOOD:
            bad.append(outcome)
    return endings, bad
