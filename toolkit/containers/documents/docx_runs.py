"""The visible text of a Word paragraph, tracked changes read as accepted."""

from __future__ import annotations

import re

from lxml import etree

from toolkit.containers.documents.docx_parts import W, flag
from toolkit.containers.documents.ticks import tick

_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = frozenset(_M_TEXT[:-1] + name for name in ("oMath", "oMathPara"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RUN, _TEXT, _SYMBOL, _BREAK, _CONTROL = (W + name for name in ("r", "t", "sym", "br", "sdt"))
_PROMPT = re.compile(r"(?:单击|点击|点按|选择一项|请输入|请选择|Click|Choose|Enter|Tap)", re.IGNORECASE)
_PAGE = W + "lastRenderedPageBreak"
_WRAPPERS = frozenset(
    W + name
    for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "dir", "bdo")
)
"""Elements that only wrap runs; what a change deleted or moved away (``del``, ``moveFrom``) is not among them."""
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}


class RunText:
    """What the runs of one paragraph show."""

    def __init__(self, paragraph: etree._Element, bold_style: bool) -> None:
        """Reads the runs; ``bold_style`` is what holds for a run that says nothing of itself."""
        self.breaks_before = 0
        """Page breaks before the first character."""
        self.breaks_after = 0
        """Page breaks behind it."""
        self._pieces: list[str] = []
        self._bold_style = bold_style
        self._bold: bool | None = None
        self._walk(paragraph)

    @property
    def text(self) -> str:
        """The characters, line breaks as newlines."""
        return "".join(self._pieces)

    @property
    def bold(self) -> bool:
        """Whether every visible character is bold."""
        return bool(self._bold)

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == _RUN:
                self._run(child)
            elif child.tag in _WRAPPERS or (child.tag == _CONTROL and not is_placeholder(child)):
                self._walk(child)
            elif child.tag in _MATH:
                self._pieces += (text.text or "" for text in child.iter(_M_TEXT))
            elif child.tag == _ALTERNATIVES:
                for fallback in child.iterchildren(_FALLBACK):
                    self._walk(fallback)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        if flag(properties, "vanish"):
            return
        length = len(self._pieces)
        self._characters(run)
        if any(piece.strip() for piece in self._pieces[length:]):
            stated = flag(properties, "b")
            bold = self._bold_style if stated is None else stated
            self._bold = bold if self._bold is None else self._bold and bold

    def _characters(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _TEXT:
                self._pieces.append(child.text or "")
            elif tag in _SIGNS:
                self._pieces.append(_SIGNS[tag])
            elif tag == _BREAK:
                if child.get(W + "type", "textWrapping") == "textWrapping":
                    self._pieces.append("\n")
            elif tag == _PAGE:
                self._break()
            elif tag == _SYMBOL:
                self._pieces.append(_symbol(child))
            elif tag == W + "ruby":  # the base without the small reading above it
                for base in child.iterchildren(W + "rubyBase"):
                    self._walk(base)
            elif tag == _ALTERNATIVES:
                for fallback in child.iterchildren(_FALLBACK):
                    self._characters(fallback)

    def _break(self) -> None:
        if any(piece.strip() for piece in self._pieces):
            self.breaks_after += 1
        else:
            self.breaks_before += 1


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control shows only its prompt (单击此处输入文字), which nobody wrote.

    The mark alone is not believed: some programs leave it when the control is filled in.
    """
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
        return False
    return bool(_PROMPT.search("".join(text.text or "" for text in control.iter(_TEXT))))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(str(element.get(W + "char")), 16)
    except ValueError:
        return ""
    if str(element.get(W + "font", "")).startswith("Wingdings"):
        return tick(code)
    return chr(code) if 0x20 <= code < 0xD800 else ""
