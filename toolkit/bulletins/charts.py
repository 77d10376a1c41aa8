"""Bar charts in a .docx: native ones, which Word and WPS draw and a clerk may restyle, without any picture.

A template shows where a chart goes by a mark in a paragraph of its own.  The mark is filled with a
placeholder, which :func:`with_charts` exchanges for the drawing and its chart part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_DRAWING_MAIN = "http://schemas.openxmlformats.org/drawingml/2006"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DOCUMENT = "word/document.xml"
_DOCUMENT_RELATIONS = "word/_rels/document.xml.rels"
_PLACEHOLDER = re.compile(r"<w:t(?: [^>]*)?>\[\[图(\d+)\]\]</w:t>")
_EMU_A_MM = 36_000
_WIDTH = 150 * _EMU_A_MM
_BAR_MM, _MARGIN_MM = 6.0, 26.0
_COLOUR = "2E75B6"
_FONT = "仿宋_GB2312"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, the first at the top, each with its value."""

    title: str
    bars: Sequence[tuple[str, float]]
    percent: bool

    def xml(self) -> bytes:
        """The chart part; it needs no workbook, its values are its own."""
        shape = "0.0%" if self.percent else "0"
        scale = '<c:max val="1.12"/>' if self.percent else ""
        names = "".join(f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, (name, _) in enumerate(self.bars))
        values = "".join(f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, (_, value) in enumerate(self.bars))
        count = f'<c:ptCount val="{len(self.bars)}"/>'
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<c:chartSpace xmlns:c="{_DRAWING_MAIN}/chart" xmlns:a="{_DRAWING_MAIN}/main" xmlns:r="{_RELATIONS}">'
            '<c:roundedCorners val="0"/><c:chart>'
            f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_words(1200, bold=True)}</a:pPr>"
            f'<a:r><a:rPr lang="zh-CN" sz="1200" b="1">{_fonts()}</a:rPr><a:t>{escape(self.title)}</a:t></a:r></a:p>'
            '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
            '<c:plotArea><c:layout/><c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/>'
            '<c:varyColors val="0"/><c:ser><c:idx val="0"/><c:order val="0"/>'
            f'<c:spPr><a:solidFill><a:srgbClr val="{_COLOUR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
            f'<c:dLbls><c:numFmt formatCode="{shape}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_body(900)}'
            '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
            '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
            f"<c:cat><c:strLit>{count}{names}</c:strLit></c:cat>"
            f"<c:val><c:numLit><c:formatCode>{shape}</c:formatCode>{count}{values}</c:numLit></c:val></c:ser>"
            '<c:gapWidth val="40"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
            '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
            '<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
            f'{_body(900)}<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="1"/>'
            '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="0"/></c:catAx>'
            f'<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>{scale}<c:min val="0"/></c:scaling>'
            '<c:delete val="1"/><c:axPos val="t"/><c:numFmt formatCode="General" sourceLinked="0"/>'
            '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
            '<c:crossAx val="1001"/><c:crosses val="autoZero"/></c:valAx>'
            '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
        ).encode()

    @property
    def height(self) -> int:
        """Height of the drawing in EMU: every bar gets its own room."""
        return int((_MARGIN_MM + _BAR_MM * max(len(self.bars), 1)) * _EMU_A_MM)


def _fonts() -> str:
    return f'<a:latin typeface="{_FONT}"/><a:ea typeface="{_FONT}"/>'


def _words(size: int, *, bold: bool = False) -> str:
    return f'<a:defRPr sz="{size}" b="{int(bold)}">{_fonts()}</a:defRPr>'


def _body(size: int) -> str:
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr>{_words(size)}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def placeholder(number: int) -> str:
    """The text that stands for a chart until :func:`with_charts`."""
    return f"[[图{number}]]"


def with_charts(parts: Mapping[str, bytes], charts: Sequence[BarChart]) -> dict[str, bytes]:
    """The parts of a document with every placeholder exchanged for its chart."""
    out = dict(parts)
    shown: set[int] = set()

    def draw(match: re.Match[str]) -> str:
        number = int(match.group(1))
        shown.add(number)
        return _drawing(number, charts[number])

    out[_DOCUMENT] = _PLACEHOLDER.sub(draw, out[_DOCUMENT].decode()).encode()
    types, relations = "", ""
    for number in sorted(shown):
        name = f"charts/fengong{number}.xml"
        out[f"word/{name}"] = charts[number].xml()
        types += f'<Override PartName="/word/{name}" ContentType="{_TYPE}"/>'
        relations += f'<Relationship Id="rIdChart{number}" Type="{_RELATIONS}/chart" Target="{name}"/>'
    out["[Content_Types].xml"] = out["[Content_Types].xml"].replace(b"</Types>", f"{types}</Types>".encode())
    end = b"</Relationships>"
    out[_DOCUMENT_RELATIONS] = out[_DOCUMENT_RELATIONS].replace(end, relations.encode() + end)
    return out


def _drawing(number: int, chart: BarChart) -> str:
    return (
        f'<w:drawing><wp:inline xmlns:wp="{_DRAWING_MAIN}/wordprocessingDrawing" distT="0" distB="0" distL="0" '
        'distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{chart.height}"/>'
        f'<wp:docPr id="{9000 + number}" name="{escape(chart.title)}" descr="{escape(chart.title)}"/>'
        f'<a:graphic xmlns:a="{_DRAWING_MAIN}/main"><a:graphicData uri="{_DRAWING_MAIN}/chart">'
        f'<c:chart xmlns:c="{_DRAWING_MAIN}/chart" xmlns:r="{_RELATIONS}" r:id="rIdChart{number}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
