"""A .docx template of a bulletin, filled in: jinja marks in Word's own text, read by docxtpl.

A template is compiled once and filled hundreds of times; only the parts with marks differ between two
bulletins of one kind, the others are copied.  The same words give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from toolkit import opc
from toolkit.bulletins.charts import BarChart, placeholder, with_charts
from toolkit.findings import CannotDo
from toolkit.findings import output as found

_MARKED = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
"""The parts in which a clerk may write marks."""
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


class DocumentTemplate:
    """One template.  Raises :class:`CannotDo` when it is damaged or its marks cannot be understood."""

    def __init__(self, path: Path) -> None:
        from docxtpl import DocxTemplate
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import SandboxedEnvironment

        self._name = path.name
        try:
            data = path.read_bytes()
            self._parts = opc.read_parts(data)
            self._reader = DocxTemplate(io.BytesIO(data))
            self._reader.init_docx()
            environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
            self._compiled = {
                name: environment.from_string(self._reader.patch_xml(xml.decode()))
                for name, xml in self._parts.items()
                if _MARKED.fullmatch(name)
            }
        except TemplateError as fault:
            raise self._broken(f"标记写得不对（{fault.message}）") from fault
        except Exception as fault:  # python-docx raises whatever a damaged part provokes
            raise self._broken("不是完好的 .docx 文件") from fault

    def fill(self, words: Mapping[str, Any], day: date) -> dict[str, bytes]:
        """The parts of a document with these words; ``day`` stands as its date in its properties."""
        from jinja2 import TemplateError

        charts = [word for word in words.values() if isinstance(word, BarChart)]
        places = iter(range(len(charts)))
        safe = _holdable({n: placeholder(next(places)) if isinstance(w, BarChart) else w for n, w in words.items()})
        try:
            filled = {
                name: self._reader.resolve_listing(template.render(safe)).encode()
                for name, template in self._compiled.items()
            }
        except TemplateError as fault:
            raise self._broken(f"标记写得不对（{fault.message}）") from fault
        stamp = f"{day.isoformat()}T00:00:00Z".encode()
        parts = self._parts | filled
        if _CORE in parts:
            parts[_CORE] = _TIMES.sub(rb"\g<1>" + stamp + rb"\g<2>", parts[_CORE])
        return with_charts(parts, charts) if charts else parts

    def _broken(self, why: str) -> CannotDo:
        return CannotDo(found.TEMPLATE_BROKEN.at(name=self._name, why=why))


def _holdable(words: Any) -> Any:
    """The words without characters that XML refuses, however deep they lie."""
    if isinstance(words, str):
        return opc.holdable(words)
    if isinstance(words, Mapping):
        return {name: _holdable(value) for name, value in words.items()}
    if isinstance(words, list | tuple):
        return [_holdable(value) for value in words]
    return words
