"""What a worker process does with one file.

A worker imports this module and what it needs, nothing of what judges and writes: that is half the time in which one
file is checked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from toolkit import containers
from toolkit.containers.content import Content
from toolkit.containers.walk import Met
from toolkit.identity import Stamp
from toolkit.intake.reading import Reading
from toolkit.intake.reference import Reference
from toolkit.intake.returns import read_return
from toolkit.intake.stamped import own_reference
from toolkit.intake.whose import first_stamp, made_by_us
from toolkit.model import Finding


@dataclass(frozen=True)
class FileReader:
    """Reads one file against the plan; sent to a worker once, with the reference."""

    reference: Reference
    password: str | None

    def __call__(self, met: Met) -> Reading:
        """What the file says."""
        content = containers.read(met.read_bytes(), met.name, password=self.password)
        return read_return(content, met.path, self.reference)


@dataclass(frozen=True, slots=True)
class Alone:
    """A file read without a plan: by its own stamp, or only looked at because it has none."""

    reading: Reading | None = None
    reference: Reference | None = None
    stamp: Stamp | None = None
    findings: tuple[Finding, ...] = ()
    has_tables: bool = False
    has_fields: bool = False
    """Whether it is a sheet of fields, which has its own words for what is wrong with it."""
    modified: datetime | None = None


@dataclass(frozen=True)
class AloneReader:
    """Reads one file by its own stamp."""

    password: str | None
    printed: tuple[str, ...]

    def __call__(self, met: Met) -> Alone:
        """What the file says, or what can be told of it without a stamp."""
        content = containers.read(met.read_bytes(), met.name, password=self.password)
        stamp = first_stamp(content)
        if stamp is None:
            return _unstamped(content, met)
        reference = own_reference(content, stamp, self.printed)
        return Alone(read_return(content, met.path, reference), reference, stamp)


def _unstamped(content: Content, met: Met) -> Alone:
    from toolkit.workbooks import plan_book  # seldom needed, and costly to load
    from toolkit.workbooks.survey.fields_reader import holds_fields

    if (made := made_by_us(content)) and not plan_book.holds_plan(content):
        return Alone(Reading(met.path, modified=content.modified, made_by_us=made))
    return Alone(
        findings=tuple(replace(finding, path=met.path) for finding in content.findings),
        has_tables=bool(content.tables()),
        has_fields=holds_fields(content),
        modified=content.modified,
    )
