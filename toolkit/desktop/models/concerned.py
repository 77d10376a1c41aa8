"""The columns of the units that an amendment concerns."""

from __future__ import annotations

from PySide6.QtGui import QColor

from toolkit.concerned import Concerned
from toolkit.desktop import theme
from toolkit.desktop.models.table import Column


def _count(codes: tuple[str, ...]) -> str:
    return str(len(codes)) if codes else ""


CONCERNED: tuple[Column[Concerned], ...] = (
    Column("单位", 14, lambda unit: unit.unit),
    Column("新增", 4, lambda unit: _count(unit.added), lambda unit: len(unit.added), centred=True),
    Column("调整", 4, lambda unit: _count(unit.changed), lambda unit: len(unit.changed), centred=True),
    Column("减少", 4, lambda unit: _count(unit.dropped), lambda unit: len(unit.dropped), centred=True),
    Column(
        "怎么办",
        22,
        lambda unit: "要补发填报表" if unit.needs_form else "告知即可，手里的表继续有效",
        lambda unit: unit.needs_form,
        lambda unit: QColor(theme.colours().worry if unit.needs_form else theme.colours().faint),
    ),
)
