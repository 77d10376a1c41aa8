"""看板: the figures of a round as one HTML file for a meeting, which needs no network and no program but a browser.

The look comes from ``templates/看板.html``; this room only gives the words and numbers: :mod:`toolkit.board.tasks`
those of a plan, :mod:`toolkit.board.fields` those of a survey.  Everything on the board may be shown on a wall, so
personal numbers in texts are masked (A32).
"""

from __future__ import annotations

from pathlib import Path

from toolkit import outputs, resources
from toolkit.board import fields, tasks
from toolkit.findings import CannotDo
from toolkit.findings import output as found
from toolkit.model import Collection
from toolkit.settings import DEFAULT, Settings

TEMPLATE = "看板.html"


def write(collection: Collection, path: Path, *, template: Path | None = None, settings: Settings = DEFAULT) -> None:
    """Write the board of a collection.  Raises :class:`CannotDo` when the template cannot be used."""
    outputs.write_bytes(path, render(collection, template=template, settings=settings).encode())


def render(collection: Collection, *, template: Path | None = None, settings: Settings = DEFAULT) -> str:
    """The HTML of the board."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    source = template or resources.template(TEMPLATE)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    words = fields.words(collection, settings) if collection.plan.survey else tasks.words(collection, settings)
    try:
        return environment.from_string(source.read_text("utf-8")).render(words)
    except (OSError, UnicodeDecodeError) as fault:
        raise CannotDo(found.TEMPLATE_BROKEN.at(name=source.name, why="打不开，或不是 UTF-8 文字")) from fault
    except TemplateError as fault:
        raise CannotDo(found.TEMPLATE_BROKEN.at(name=source.name, why=f"标记写得不对（{fault.message}）")) from fault
