"""Reading the register of units back, tolerant of what clerks do to it.

Moved columns, other header words, rows above the header and blank rows are borne; a membership told in either sheet
counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.containers import reader
from toolkit.containers.content import Content, Sheet
from toolkit.desk import roster_of
from toolkit.findings import CannotDo
from toolkit.findings import plan as plan_found
from toolkit.findings import roster as found
from toolkit.language.text import essence, split_outside
from toolkit.language.units import split_names
from toolkit.model import Finding, Group, Roster, Unit

_OTHER_WORDS = {
    "序号": ("顺序", "排序", "编号", "单位序列"),
    "单位名称": ("单位", "名称", "部门名称", "单位全称", "部门"),
    "简称": ("曾用名", "简称曾用名", "简称或曾用名", "别名", "其他名称", "简称别名", "简称及曾用名"),
    "单位组": ("所属单位组", "组别", "分组", "所属组", "单位组名称", "组名", "单位组别"),
    "联系人": ("经办人", "联络员", "联络人", "填报人"),
    "电话": ("联系电话", "电话号码", "手机", "手机号", "联系方式", "办公电话"),
    "备注": ("说明",),
    "成员": ("成员单位", "组成员", "包含单位", "单位成员", "单位名单"),
    "依据": ("来源", "展开依据", "文件依据"),
}
_MEANING = {essence(name): word for word, names in _OTHER_WORDS.items() for name in (word, *names)}
_HEADER_WITHIN = 15
"""Rows that may stand above the header."""


def read(path: Path) -> Roster:
    """The register a workbook holds; raises :class:`CannotDo` when there is none in it."""
    return examine(path)[0]


def examine(path: Path) -> tuple[Roster, tuple[Finding, ...]]:
    """The register and what was noticed in it; raises :class:`CannotDo` when there is none in it."""
    return _examine(reader.read(path, path.name), path.name)


def examine_for(plan: Path, given: Path | None = None) -> tuple[Roster, tuple[Finding, ...]]:
    """The same as :func:`examine` for the register that goes with a plan; raises :class:`CannotDo` without one."""
    path = roster_of(plan, given)
    if not path.is_file():
        raise CannotDo(plan_found.NO_ROSTER.at(path=path.name))
    return examine(path)


def examine_bytes(data: bytes, name: str = "") -> tuple[Roster, tuple[Finding, ...]]:
    """The same as :func:`examine` for a workbook in memory."""
    return _examine(reader.read(data, name), name)


def _examine(content: Content, name: str) -> tuple[Roster, tuple[Finding, ...]]:
    if not content.sheets:
        raise CannotDo(*(content.findings or [found.NO_SHEET.at(path=name)]))
    tables = [table for sheet in content.sheets if (table := _table(sheet)) is not None]
    unit_table = next((table for table in tables if "单位名称" in table.columns), None)
    if unit_table is None:
        raise CannotDo(found.NO_SHEET.at(path=name))
    groups = [
        Group(group, split_names(row["成员"]), row["依据"])
        for table in tables
        if "成员" in table.columns
        for row in table.rows()
        if (group := row["单位组"])
    ]
    units, findings = _units(unit_table, {group.name for group in groups})
    if not units:
        raise CannotDo(found.NO_UNITS.at(path=name))
    findings += _shared_aliases(units)
    return Roster(units, _together(groups)).joined(), tuple(findings)


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of a unit's row; row and column count from 0."""

    sheet: str
    row: int
    column: int
    text: str


def unit_cells(content: Content, words: Sequence[str]) -> dict[tuple[str, str], UnitCell]:
    """Unit and column word → the cell, of the first row of each unit and of the columns that are there."""
    cells: dict[tuple[str, str], UnitCell] = {}
    table = next((t for sheet in content.sheets if (t := _table(sheet)) and "单位名称" in t.columns), None)
    if table is None:
        return cells
    for row in range(table.header + 1, len(table.sheet.rows)):
        name = table.sheet.text(row, table.columns["单位名称"])
        for word in words if name else ():
            if (column := table.columns.get(word)) is not None:
                cells.setdefault((name, word), UnitCell(table.sheet.name, row, column, table.sheet.text(row, column)))
    return cells


@dataclass(frozen=True, slots=True)
class _Table:
    sheet: Sheet
    header: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[dict[str, str]]:
        """The rows below the header by column word; words without a column are empty."""
        for number in range(self.header + 1, len(self.sheet.rows)):
            row = {word: self.sheet.text(number, column) for word, column in self.columns.items()}
            if any(row.values()):
                yield {word: row.get(word, "") for word in _OTHER_WORDS}


def _table(sheet: Sheet) -> _Table | None:
    """The table of a sheet: the first row whose words name units or members."""
    for number in range(min(_HEADER_WITHIN, len(sheet.rows))):
        columns: dict[str, int] = {}
        for column in range(sheet.width):
            word = _MEANING.get(essence(sheet.text(number, column)))
            if word:
                columns.setdefault(word, column)
        if "成员" in columns and "单位组" not in columns and "单位名称" in columns:
            columns["单位组"] = columns.pop("单位名称")
        if len(columns) >= 2 and ("单位名称" in columns or {"单位组", "成员"} <= columns.keys()):
            return _Table(sheet, number, columns)
    return None


def _units(table: _Table, group_names: set[str]) -> tuple[tuple[Unit, ...], list[Finding]]:
    """The units in their fixed order: by 序号 where it is a number, else after the row above."""
    placed: list[tuple[float, Unit]] = []
    place = 0.0
    for row in table.rows():
        if not (name := row["单位名称"]):
            continue
        place = _number(row["序号"], place)
        aliases = tuple(alias for alias in _pieces(row["简称"]) if alias != name)
        groups = (row["单位组"],) if row["单位组"] in group_names else split_names(row["单位组"])
        placed.append((place, Unit(name, 0, aliases, groups, row["联系人"], row["电话"], row["备注"])))
    placed.sort(key=lambda item: item[0])
    counts = Counter(unit.name for _, unit in placed)
    findings = [found.DUPLICATE_UNIT.at(unit=name, count=count) for name, count in counts.items() if count > 1]
    merged: dict[str, Unit] = {}
    for _, unit in placed:
        before = merged.get(unit.name)
        merged[unit.name] = unit if before is None else _merged(before, unit)
    units = tuple(
        Unit(u.name, order, u.aliases, u.groups, u.contact, u.phone, u.remark)
        for order, u in enumerate(merged.values(), start=1)
    )
    return units, findings


def _number(text: str, before: float) -> float:
    try:
        return float(text)
    except ValueError:
        return before


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for line in text.splitlines() for piece in split_outside(line, "；;、，,")]
    return list(dict.fromkeys(piece for piece in pieces if piece))


def _merged(first: Unit, second: Unit) -> Unit:
    return Unit(
        first.name,
        first.order,
        tuple(dict.fromkeys(first.aliases + second.aliases)),
        tuple(dict.fromkeys(first.groups + second.groups)),
        first.contact or second.contact,
        first.phone or second.phone,
        first.remark or second.remark,
    )


def _together(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Groups told in several rows joined into one."""
    together: dict[str, Group] = {}
    for group in groups:
        before = together.get(group.name)
        members = dict.fromkeys((before.members if before else ()) + group.members)
        basis = before.basis if before and before.basis else group.basis
        together[group.name] = Group(group.name, tuple(members), basis)
    return tuple(together.values())


def _shared_aliases(units: Sequence[Unit]) -> list[Finding]:
    owners: dict[str, list[str]] = {}
    for unit in units:
        for alias in unit.aliases:
            owners.setdefault(alias, []).append(unit.name)
    return [
        found.SHARED_ALIAS.at(alias=alias, units="、".join(f"“{name}”" for name in names))
        for alias, names in owners.items()
        if len(names) > 1
    ]
