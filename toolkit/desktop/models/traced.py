"""The columns of 溯源: who said what at every level, and the cells it stands in from the nearest level down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor

from toolkit.containers.walk import INSIDE
from toolkit.desktop import theme
from toolkit.desktop.models.table import Column
from toolkit.workbooks.below_sheet import Line
from toolkit.workbooks.summary.details import PLACE_SEPARATOR

_DEEPER = "　　"


def columns(labels: Mapping[str, str]) -> tuple[Column[Line], ...]:
    """The lines; ``labels`` are the names of the tasks by code."""
    return (
        Column("单位", 15, lambda line: _DEEPER * (len(line.path) - 1) + line.unit, tip=_path),
        Column("工作任务", 15, lambda line: labels.get(line.upper, line.upper)),
        Column("完成情况", 7, lambda line: line.status, centred=True),
        Column("进展说明", 30, lambda line: " ".join(line.progress.split()), tip=lambda line: line.progress),
        Column("审核", 4, lambda line: line.verdict, centred=True),
    )


def _path(line: Line) -> str:
    return PLACE_SEPARATOR.join(line.path)


@dataclass(frozen=True, slots=True)
class Stop:
    """One cell of a chain."""

    level: int
    """1 is the file at hand."""
    last: bool
    """Whether this is where the unit itself wrote it."""
    path: str
    sheet: str
    cell: str
    file: Path | None
    """The file at hand, the archive for one inside an archive; ``None`` for what lies with a unit further down."""

    @property
    def inside(self) -> str:
        """The file as a reader of ``file`` meets it."""
        file = self.file.name if self.file else ""
        return file + "".join(self.path.partition(INSIDE)[1:])


def chain(line: Line, returns: Mapping[str, Path]) -> list[Stop]:
    """The cells a line stands in, from the file at hand down to where it was written."""
    stops = []
    for level, place in enumerate(line.trail, 1):
        path, sheet, cell = _parts(place)
        file = returns.get(path) if level == 1 else None
        stops.append(Stop(level, level == len(line.trail), path, sheet, cell, file and file.resolve()))
    return stops


def _parts(place: str) -> Sequence[str]:
    """File, sheet and cell; the names of files may hold the separator too."""
    parts = place.split(PLACE_SEPARATOR)
    if len(parts) < 3:
        return (*parts, "", "")[:3]
    return (PLACE_SEPARATOR.join(parts[:-2]), *parts[-2:])


def _whose(stop: Stop) -> str:
    if stop.last:
        return "填报单位"
    return "收到的表" if stop.level == 1 else f"往下第 {stop.level - 1} 级"


STOPS: tuple[Column[Stop], ...] = (
    Column("哪一级", 9, _whose),
    Column("文件", 26, lambda stop: stop.path),
    Column("工作表", 12, lambda stop: stop.sheet),
    Column("单元格", 5, lambda stop: stop.cell, centred=True),
    Column(
        "在哪里",
        14,
        lambda stop: "本机" if stop.file else "在下级单位那里" if stop.level > 1 else "找不到这份文件",
        colour=lambda stop: QColor(theme.colours().text if stop.file else theme.colours().faint),
    ),
)
