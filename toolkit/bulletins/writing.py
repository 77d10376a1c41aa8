"""Writes bulletins: folders by unit, each document whole or not at all, never over a clerk's own edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from toolkit import figures as figuring
from toolkit import keeping, opc, outputs, resources
from toolkit.bulletins import circular, dunning, returns, survey_circular, tips
from toolkit.bulletins.document import DocumentTemplate
from toolkit.bulletins.words import Material
from toolkit.model import Collection, Progress, no_progress
from toolkit.settings import DEFAULT, Settings

MAKERS: tuple[ModuleType, ...] = (tips, dunning, returns, circular)
"""One module a kind: ``KIND``, ``for_unit(material, unit)`` and ``for_all(material)``."""
KINDS: tuple[str, ...] = tuple(maker.KIND for maker in MAKERS)
SURVEY_MAKERS: tuple[ModuleType, ...] = (dunning, returns, survey_circular)
"""A survey has no tasks to hint at."""
SURVEY_KINDS: tuple[str, ...] = tuple(maker.KIND for maker in SURVEY_MAKERS)
SURVEY_TEMPLATES = {kind: f"{kind}（收集表）" for kind in (dunning.KIND, circular.KIND)}
"""Kinds that say something else of a survey → the template that says it."""
FOR_ALL = "各单位"
"""The folder of what goes to everyone."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """One document that was written."""

    kind: str
    unit: str | None
    """``None`` for a document to everyone."""
    path: Path
    kept: Path | None = None
    """An older document that somebody edited and that was therefore kept under its own name."""


def write(
    collection: Collection,
    folder: Path,
    kinds: Sequence[str] = (),
    *,
    settings: Settings = DEFAULT,
    beside: Path | None = None,
    accepted_only: bool = False,
    progress: Progress = no_progress,
) -> list[Bulletin]:
    """Write the bulletins of these kinds, all when none is named, below ``folder``.

    ``beside`` is the working folder, in which 模板 may hold the office's own templates.  With
    ``accepted_only`` the rates count only what the office accepted (已核).  Raises
    :class:`~toolkit.findings.CannotDo` for a broken template, before anything is written.
    """
    survey = collection.plan.survey is not None
    chosen = [maker for maker in (SURVEY_MAKERS if survey else MAKERS) if not kinds or maker.KIND in kinds]
    names = {maker.KIND: SURVEY_TEMPLATES.get(maker.KIND, maker.KIND) if survey else maker.KIND for maker in chosen}
    loaded = [(maker, DocumentTemplate(resources.template(f"{names[maker.KIND]}.docx", beside))) for maker in chosen]
    figures = figuring.compute(collection, settings, accepted_only=accepted_only)
    material = Material(collection, figures, settings, accepted_only)
    units: list[str | None] = [None, *(figures.unit for figures in material.figures.units)]
    orders = {unit.name: unit.order for unit in collection.roster.units}
    written: list[Bulletin] = []
    for done, unit in enumerate(units):
        progress(done, len(units), unit or FOR_ALL)
        where = folder / (outputs.safe_name(f"{orders.get(unit, done):03d}_{unit}") if unit else FOR_ALL)
        for maker, template in loaded:
            words = maker.for_unit(material, unit) if unit else maker.for_all(material)
            if words is None:
                continue
            name = outputs.safe_name(f"{maker.KIND}_{unit or FOR_ALL}_{collection.round.name}")
            data = opc.write_parts(opc.sealed(template.fill(words, collection.as_of)))
            placed = keeping.put(where / f"{name}.docx", data)
            written.append(Bulletin(maker.KIND, unit, placed.path, placed.kept))
    progress(len(units), len(units), "")
    return written
