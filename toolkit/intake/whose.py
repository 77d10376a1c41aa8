"""Whose form it is: by its stamp, else by 填报单位, else by the names of sheet, file and folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from toolkit.containers.content import Content, Sheet
from toolkit.findings import intake as found
from toolkit.identity import BELOW_TITLE, STAMP_NAME, STAMP_PROPERTY, STAMP_SHEET, Stamp
from toolkit.intake.labels import find_round
from toolkit.intake.reference import Reference
from toolkit.language.text import essence
from toolkit.marks import MARKS_CELL, MARKS_PROPERTY, UNMARKED, Marks
from toolkit.model import Finding

_FILE_WORDS = re.compile(
    r"填报表|反馈表|报送表|统计表|任务分工|工作任务|完成情况|进展情况|汇总表?|台账|报表|回收|上报|报送|反馈|填报|"
    r"最终版?|终稿|定稿|修改后?|更正|补报|重报|副本|新建|盖章版?|电子版|扫描件|佐证材料?|附件|审批单|正式版?|"
    r"\.[A-Za-z0-9]{1,5}$|[vV]\d+"
)
SUMMARY = "汇总表"
"""What :func:`made_by_us` says of a summary."""
FINDINGS = "问题清单"
"""And of a list of findings."""
FORM = "填报表"
"""What a workbook is that carries the stamp of a form; :func:`made_by_us` leaves forms to their readers."""
_OFFICE_BOOKS = {
    "fengong-summary": SUMMARY,
    "FGP": "任务分工表",
    "FGS": "收集表",
    "fengong-list": "下发清单",
    "fengong-findings": FINDINGS,
    "fengong-trace": "逐级明细",
}
"""How A1 of the very hidden sheet begins in workbooks that are no forms."""
_SEPARATORS = re.compile(r"[\s_\-—–+,，、.。·()（）\[\]【】《》<>#&=!！~～\d]+")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose form it is, or why that is not sure."""

    unit: str | None
    findings: tuple[Finding, ...] = ()
    refusal: Finding | None = None
    claimed: tuple[str, ...] = ()


def is_stamp_sheet(sheet: Sheet) -> bool:
    """Whether a sheet carries nothing but the stamp of a form, or what units further down said to a unit that rolled
    their answers up into the form; whatever it is called now."""
    if sheet.name.startswith(STAMP_SHEET) or sheet.text(0, 0).startswith(BELOW_TITLE):
        return True
    return Stamp.decode(sheet.value(0, 0)) is not None


def made_by_us(content: Content) -> str:
    """What the program itself wrote for the office, by its very hidden sheet: 汇总表, 任务分工表; else empty."""
    for sheet in content.sheets:
        mark = sheet.value(0, 0)
        if sheet.name == STAMP_SHEET and isinstance(mark, str):
            return next((what for head, what in _OFFICE_BOOKS.items() if mark.startswith(head)), "")
    return ""


def find_stamps(content: Content, reference: Reference) -> dict[str, Stamp]:
    """The stamps of a file by unit, wherever they survived; one that tells the duties is preferred.

    A unit that was renamed since is known by its present name.
    """
    stamps: dict[str, Stamp] = {}
    for stamp in _all_stamps(content):
        unit = stamp.unit if stamp.unit in reference.duties else reference.finder.find(stamp.unit).name or stamp.unit
        if unit not in stamps or len(stamp.duties) > len(stamps[unit].duties):
            stamps[unit] = stamp
    return stamps


def first_stamp(content: Content) -> Stamp | None:
    """The stamp of a file that tells the most duties, the first of equals."""
    return max(_all_stamps(content), key=lambda stamp: len(stamp.duties), default=None)


def _all_stamps(content: Content) -> Iterator[Stamp]:
    texts: list[object] = [sheet.value(0, 0) for sheet in content.sheets if is_stamp_sheet(sheet)]
    texts.append(content.properties.get(STAMP_PROPERTY))
    texts.extend(text for name, text in content.names.items() if name.rpartition("!")[2].startswith(STAMP_NAME))
    for text in texts:
        if (stamp := Stamp.decode(text)) is not None:
            yield stamp


def find_marks(content: Content) -> Marks:
    """The marks the office left in a workbook that it sent back, wherever they survived."""
    texts = [sheet.value(*MARKS_CELL) for sheet in content.sheets if is_stamp_sheet(sheet)]
    found_marks = map(Marks.decode, (*texts, content.properties.get(MARKS_PROPERTY)))
    return max(filter(None, found_marks), key=lambda marks: marks.generation, default=UNMARKED)


def unit_of_file(path: str, reference: Reference) -> tuple[str, str] | None:
    """The unit that a file or folder name tells and the words that tell it; file name first, then folders upwards."""
    parts = [part for part in PurePosixPath(path.replace("!/", "/")).parts if part not in ("/", "..")]
    for part in reversed(parts):
        if named := unit_of_text(part, reference):
            return named, part
    return None


def unit_of_text(text: str, reference: Reference) -> str | None:
    """The one unit that a file, folder or sheet name means, or ``None``."""
    for piece in _pieces(text):
        match = reference.finder.find(piece)
        if match.name is not None:
            return match.name
    hits: list[tuple[str, str]] = []
    for key, unit in reference.names_in(essence(text)):
        if not any(key in longer for longer, _ in hits):
            hits.append((key, unit))
    units = {unit for _, unit in hits}
    return units.pop() if len(units) == 1 else None


def _pieces(text: str) -> Iterator[str]:
    """The parts of a name that may be a unit: without rounds, numbers and the usual words of file names."""
    bare = _FILE_WORDS.sub(" ", text.replace(find_round(text) or "\0", " "))
    pieces = [piece for piece in _SEPARATORS.split(bare) if len(piece) >= 2]
    yield from pieces
    whole = _SEPARATORS.sub("", bare)
    if len(pieces) > 1:
        yield whole


def owner(
    typed: str,
    sheet: str,
    stamps: dict[str, Stamp],
    path: str,
    reference: Reference,
    *,
    alone: bool,
    several: bool,
) -> Owner:
    """Whose table it is.

    ``typed`` is the text of 填报单位, ``alone`` whether the tables of the file name one unit at most, ``several``
    whether they stand on several sheets.  The stamp decides; a known other unit typed into a stamped form is
    refused when the form stands alone, because nobody can tell whose answers these are.  A table beside others,
    or without a stamp, belongs to the unit it names.
    """
    match = reference.finder.find(typed) if typed else None
    if typed in stamps or (match is not None and match.name in stamps):
        return _confirmed(match.name if match and match.name else typed, typed, sheet, path, reference)
    if len(stamps) == 1 and (alone or match is None or match.name is None):
        return _stamped(next(iter(stamps)), typed, sheet, path, reference)
    if match is not None:
        return _typed(typed, sheet, path, reference)
    return _named(sheet, path, reference, several=several)


def _stamped(unit: str, typed: str, sheet: str, path: str, reference: Reference) -> Owner:
    """A form whose stamp names one unit and whose 填报单位 is empty or another text."""
    if not typed:
        return _confirmed(unit, "", sheet, path, reference)
    match = reference.finder.find(typed)
    if match.name is not None:
        refusal = found.UNIT_CONFLICT.at(unit=unit, path=path, sheet=sheet, stamped=unit, text=typed)
        return Owner(None, refusal=refusal, claimed=(unit, match.name))
    misspelt = found.UNIT_MISSPELT.at(unit=unit, path=path, sheet=sheet, text=typed)
    return Owner(unit, (misspelt,))


def _confirmed(unit: str, typed: str, sheet: str, path: str, reference: Reference) -> Owner:
    """A form whose unit is sure; a file name that tells another unit is said."""
    findings = []
    if typed and essence(typed) != essence(unit):
        findings.append(found.UNIT_ALIAS.at(unit=unit, path=path, sheet=sheet, text=typed))
    named = unit_of_text(PurePosixPath(path.rpartition("!/")[2]).name, reference)
    if named is not None and named != unit:
        findings.append(found.FILE_NAME_DIFFERS.at(unit=unit, path=path, named=named))
    return Owner(unit, tuple(findings))


def _typed(typed: str, sheet: str, path: str, reference: Reference) -> Owner:
    """A form known only by what stands in 填报单位."""
    match = reference.finder.find(typed)
    if match.name is not None:
        return _confirmed(match.name, typed, sheet, path, reference)
    if match.suggestion is None:
        return Owner(None, refusal=found.UNIT_UNKNOWN.at(path=path, sheet=sheet, text=typed))
    named = unit_of_file(path, reference)
    if named is not None and named[0] == match.suggestion:
        return Owner(match.suggestion, (found.UNIT_MISSPELT.at(unit=named[0], path=path, sheet=sheet, text=typed),))
    refusal = found.UNIT_SUGGESTED.at(
        path=path, sheet=sheet, text=typed, suggestion=match.suggestion, likeness=round(match.likeness * 100)
    )
    return Owner(None, refusal=refusal)


def _named(sheet: str, path: str, reference: Reference, *, several: bool) -> Owner:
    """A form without stamp and without 填报单位: by the name of its sheet, its file or its folder."""
    by_sheet = unit_of_text(sheet, reference) if sheet else None
    by_file = unit_of_file(path, reference)
    if by_sheet is not None and (several or by_file is None or by_file[0] == by_sheet):
        finding = found.UNIT_BY_SHEET_NAME.at(unit=by_sheet, path=path, sheet=sheet, text=sheet)
        return Owner(by_sheet, (finding,))
    if by_file is not None:
        finding = found.UNIT_BY_FILE_NAME.at(unit=by_file[0], path=path, sheet=sheet, text=by_file[1])
        return Owner(by_file[0], (finding,))
    text = PurePosixPath(path.rpartition("!/")[2]).name
    return Owner(None, refusal=found.UNIT_UNKNOWN.at(path=path, sheet=sheet, text=text))
