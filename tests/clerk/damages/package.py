"""Parts of the zipped file as other programs write them (A11, A12, A16, A19, A20, A21)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from clerk.damages.answers import some
from clerk.parcel import Parcel, Stage, Unfit, damage
from toolkit.sample.habits import picture

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def sheet_part(parcel: Parcel) -> str:
    """The name of the part that holds the form's table."""
    with parcel.pen() as (form, _):
        return form.part


def _change(parcel: Parcel, part: str, change: Callable[[str], str]) -> None:
    with parcel.parts() as content:
        before = content.get(part, b"").decode()
        after = change(before)
        if after == before:
            raise Unfit(f"nothing to change in {part}")
        content[part] = after.encode()


# --- A19: strict readers ---------------------------------------------------------------------


@damage("A19-strict-ooxml", Stage.PACKAGE)
def strict_ooxml(parcel: Parcel) -> None:
    """Saved as 'Strict Open XML Workbook': other namespaces throughout."""
    with parcel.parts() as content:
        for name, part in content.items():
            if name.startswith(("xl/", "_rels/")) and name.endswith((".xml", ".rels")):
                text = part.decode().replace(_MAIN, _STRICT).replace(_OFFICE, _STRICT_OFFICE)
                content[name] = text.replace("<workbook ", '<workbook conformance="strict" ', 1).encode()


@damage("A19-prefixed-names", Stage.PACKAGE)
def prefixed_names(parcel: Parcel) -> None:
    """Elements with a namespace prefix, as some report servers write them."""
    from lxml import etree

    part = sheet_part(parcel)
    with parcel.parts() as content:
        root = etree.fromstring(content[part])
        renamed = etree.Element(root.tag, dict(root.attrib), nsmap={"x": _MAIN, "r": _OFFICE})
        renamed.extend(list(root))
        etree.cleanup_namespaces(renamed, top_nsmap={"x": _MAIN, "r": _OFFICE})
        content[part] = etree.tostring(renamed, xml_declaration=True, encoding="UTF-8", standalone=True)


@damage("A19-rich-text", Stage.PACKAGE)
def rich_text(parcel: Parcel) -> None:
    """Runs of several fonts in one cell: their texts joined are what a person sees."""

    def runs(match: re.Match[str]) -> str:
        text = match[1]
        half = len(text) // 2
        bold, plain = text[:half], text[half:]
        return (
            f'<is><r><rPr><b/></rPr><t xml:space="preserve">{bold}</t></r>'
            f'<r><t xml:space="preserve">{plain}</t></r></is>'
        )

    pattern = re.compile(r'<is><t xml:space="preserve">([^<&]{6,})</t></is>')
    _change(parcel, sheet_part(parcel), lambda text: pattern.sub(runs, text))


@damage("A19-phonetic-runs", Stage.PACKAGE)
def phonetic_runs(parcel: Parcel) -> None:
    """Phonetic hints above the characters are not part of the text."""
    pattern = re.compile(r'<is><t xml:space="preserve">([^<&]{6,})</t></is>')
    hint = '<rPh sb="0" eb="2"><t>hint-text</t></rPh><phoneticPr fontId="1"/>'
    _change(
        parcel,
        sheet_part(parcel),
        lambda text: pattern.sub(rf'<is><r><t xml:space="preserve">\1</t></r>{hint}</is>', text),
    )


@damage("A19-bad-style-part", Stage.PACKAGE)
def bad_style_part(parcel: Parcel) -> None:
    """A colour of five digits, which makes one common reader refuse the whole workbook."""
    _change(parcel, "xl/styles.xml", lambda text: re.sub(r'rgb="[0-9A-Fa-f]{8}"', 'rgb="FF12345"', text, count=1))


@damage("A19-missing-theme", Stage.PACKAGE)
def missing_theme(parcel: Parcel) -> None:
    with parcel.parts() as content:
        for name in [name for name in content if name.startswith("xl/theme/")]:
            del content[name]


@damage("A19-bad-document-properties", Stage.PACKAGE)
def bad_document_properties(parcel: Parcel) -> None:
    """A creation date that is no date; the saved time stays readable."""
    _change(
        parcel,
        "docProps/core.xml",
        lambda text: re.sub(r"(<dcterms:created[^>]*>)[^<]*", r"\g<1>0000-00-00T00:00:00Z", text),
    )


@damage("A19-byte-order-mark", Stage.PACKAGE)
def byte_order_mark(parcel: Parcel) -> None:
    with parcel.parts() as content:
        for name in content:
            if name.endswith(".xml") and name.startswith("xl/") and not content[name].startswith(b"\xef\xbb\xbf"):
                content[name] = b"\xef\xbb\xbf" + content[name]


@damage("A19-no-cell-names", Stage.PACKAGE)
def no_cell_names(parcel: Parcel) -> None:
    """Rows and cells without ``r``: their order says where they stand, so every cell must be written out."""
    from lxml import etree

    part = sheet_part(parcel)
    with parcel.parts() as content:
        root = etree.fromstring(content[part])
        data = root.find(f"{{{_MAIN}}}sheetData")
        assert data is not None
        expected = 1
        for row in data:
            number, column = int(row.get("r", "0")), 0
            for cell in list(row):
                wanted = _column(cell.get("r", ""))
                while column + 1 < wanted:
                    row.insert(column, etree.Element(f"{{{_MAIN}}}c"))
                    column += 1
                del cell.attrib["r"]
                column += 1
            while expected < number:
                row.addprevious(etree.Element(f"{{{_MAIN}}}row"))
                expected += 1
            del row.attrib["r"]
            row.attrib.pop("spans", "")
            expected += 1
        content[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _column(name: str) -> int:
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(name)[1]


# --- A12: a used range without end --------------------------------------------------------------


@damage("A12-false-dimension", Stage.PACKAGE)
def false_dimension(parcel: Parcel) -> None:
    """The sheet says that it holds one cell."""

    def one_cell(text: str) -> str:
        text = re.sub(r"<dimension[^>]*/>", "", text)
        return re.sub(r"(<sheetPr.*?(?:/>|</sheetPr>)|<worksheet[^>]*>)", r'\1<dimension ref="A1"/>', text, count=1)

    _change(parcel, sheet_part(parcel), one_cell)


@damage("A12-a-million-rows", Stage.PACKAGE)
def a_million_rows(parcel: Parcel) -> None:
    """Someone formatted whole columns: empty styled rows to the bottom of the sheet."""

    def to_the_bottom(text: str) -> str:
        rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(2000, 60_000))
        rows += '<row r="1048576" s="1" customFormat="1"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
        text = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)
        return text.replace("</sheetData>", f"{rows}</sheetData>")

    _change(parcel, sheet_part(parcel), to_the_bottom)


# --- A11: harmless company ------------------------------------------------------------------------


def _relate(content: dict[str, bytes], owner: str, kind: str, target: str) -> str:
    """Add a relationship to a part; gives its id."""
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    text = content.get(rels, empty).decode()
    identifier = f"rIdClerk{text.count('<Relationship ')}"
    entry = f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    content[rels] = re.sub(
        r"</Relationships>|(<Relationships[^>]*)/>",
        lambda m: (m[1] + ">" if m[1] else "") + entry + "</Relationships>",
        text,
    ).encode()
    return identifier


def _declare(content: dict[str, bytes], entry: str) -> None:
    name = "[Content_Types].xml"
    content[name] = content[name].replace(b"</Types>", entry.encode() + b"</Types>")


@damage("A11-external-link", Stage.PACKAGE)
def external_link(parcel: Parcel) -> None:
    with parcel.parts() as content:
        link = f'<externalLink xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><externalBook r:id="rId1"/></externalLink>'
        content["xl/externalLinks/externalLink1.xml"] = link.encode()
        content["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/externalLinkPath" Target="file:///D:/去年/台账.xlsx"'
            ' TargetMode="External"/></Relationships>'
        ).encode()
        identifier = _relate(content, "xl/workbook.xml", "externalLink", "externalLinks/externalLink1.xml")
        _declare(
            content,
            '<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"/>',
        )
        book = content["xl/workbook.xml"].decode()
        reference = (
            f'<externalReferences><externalReference xmlns:r="{_OFFICE}" r:id="{identifier}"/></externalReferences>'
        )
        content["xl/workbook.xml"] = book.replace("</sheets>", "</sheets>" + reference, 1).encode()


@damage("A11-macros", Stage.PACKAGE)
def macros(parcel: Parcel) -> None:
    """Saved as .xlsm with a macro part: read, never run."""
    with parcel.parts() as content:
        content["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
        _relate(content, "xl/workbook.xml", "vbaProject", "vbaProject.bin")
        name = "[Content_Types].xml"
        content[name] = content[name].replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
    parcel.rename(".xlsm")


# --- A20: pictures as evidence ------------------------------------------------------------------


@damage("A20-dispimg", Stage.PACKAGE)
def dispimg(parcel: Parcel) -> None:
    """A picture in a cell, as WPS writes it: a formula only WPS knows, and a part of its own."""
    (code,) = some(parcel, 1)
    with parcel.pen() as (form, rows):
        name = form.cell("佐证材料", rows[code])
        form.type(name, "DISPIMG-HERE")
        part = form.part
    formula = '<c r="{0}" t="str"><f>_xlfn.DISPIMG("ID_0A1B2C3D4E5F",1)</f><v>=DISPIMG("ID_0A1B2C3D4E5F",1)</v></c>'
    pattern = re.compile(rf'<c r="{name}"[^>]*><is>.*?</is></c>')
    with parcel.parts() as content:
        text, count = pattern.subn(formula.format(name), content[part].decode())
        if count != 1:
            raise Unfit("no such cell")
        content[part] = text.encode()
        content["xl/media/image9.png"] = picture(parcel.rng)
        content["xl/cellimages.xml"] = (
            '<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"'
            f' xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}"><etc:cellImage>'
            '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="ID_0A1B2C3D4E5F" descr="现场照片"/></xdr:nvPicPr>'
            '<xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>'
        ).encode()
        content["xl/_rels/cellimages.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/image" Target="media/image9.png"/></Relationships>'
        ).encode()
    parcel.pictured.add(code)


@damage("A20-floating-picture", Stage.PACKAGE)
def floating_picture(parcel: Parcel) -> None:
    """A picture that floats with its corner over the evidence cell."""
    (code,) = some(parcel, 1)
    with parcel.pen() as (form, rows):
        form.type(form.cell("佐证材料", rows[code]), "")
        column, row, part = _column(form.cell("佐证材料", 1)) - 1, rows[code] - 1, form.part
    with parcel.parts() as content:
        if "<drawing " in content[part].decode():
            raise Unfit("has a drawing already")
        content["xl/media/clerk.png"] = picture(parcel.rng)
        content["xl/drawings/drawing77.xml"] = (
            f'<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"><xdr:oneCellAnchor>'
            f"<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>{row}</xdr:row>"
            '<xdr:rowOff>9525</xdr:rowOff></xdr:from><xdr:ext cx="360000" cy="360000"/><xdr:pic><xdr:nvPicPr>'
            '<xdr:cNvPr id="2" name="现场照片"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill>'
            f'<a:blip xmlns:r="{_OFFICE}" r:embed="rId1"/></xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/>'
            "</xdr:oneCellAnchor></xdr:wsDr>"
        ).encode()
        content["xl/drawings/_rels/drawing77.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/image" Target="../media/clerk.png"/></Relationships>'
        ).encode()
        identifier = _relate(content, part, "drawing", "../drawings/drawing77.xml")
        _declare(
            content,
            '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing77.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/>',
        )
        drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="{identifier}"/>'
        text = content[part].decode()
        later = re.search(r"<legacyDrawing|<tableParts|<extLst|</worksheet>", text)
        assert later is not None
        content[part] = (text[: later.start()] + drawing + text[later.start() :]).encode()
    parcel.answers[code] = replace(parcel.answers[code], evidence="")
    parcel.pictured.add(code)


# --- A21: formulas ----------------------------------------------------------------------------------


def _formula(parcel: Parcel, code: str, label: str, formula: str, value: str | None) -> None:
    with parcel.pen() as (form, rows):
        name = form.cell(label, rows[code])
        form.type(name, "FORMULA-HERE")
        part = form.part
    cached = "" if value is None else f"<v>{value}</v>"
    cell = f'<c r="{name}" t="str"><f>{formula}</f>{cached}</c>'
    _change(parcel, part, lambda text: re.sub(rf'<c r="{name}"[^>]*><is>.*?</is></c>', lambda _: cell, text))


@damage("A21-formula-with-value", Stage.PACKAGE)
def formula_with_value(parcel: Parcel) -> None:
    """A formula typed by the unit: its value is the answer, the formula is never run."""
    (code,) = some(parcel, 1)
    parcel.answers[code] = replace(parcel.answers[code], progress="累计办理418件")
    _formula(parcel, code, "进展说明", "&quot;累计办理&quot;&amp;400+18&amp;&quot;件&quot;", "累计办理418件")


@damage("A21-formula-without-value", Stage.PACKAGE)
def formula_without_value(parcel: Parcel) -> None:
    """A formula that was never calculated: there is no value, and that is said."""
    (code,) = some(parcel, 1)
    _formula(parcel, code, "进展说明", "A1&amp;A2", None)
    parcel.bound = True
    parcel.lost.add((code, "progress"))
    parcel.tell(code, "warning")


@damage("A21-error-value", Stage.PACKAGE)
def error_value(parcel: Parcel) -> None:
    """A formula whose value is an error."""
    (code,) = some(parcel, 1)
    with parcel.pen() as (form, rows):
        name = form.cell("佐证材料", rows[code])
        form.type(name, "ERROR-HERE")
        part = form.part
    cell = f'<c r="{name}" t="e"><f>VLOOKUP(1,[1]Sheet1!A:B,2,0)</f><v>#N/A</v></c>'
    _change(parcel, part, lambda text: re.sub(rf'<c r="{name}"[^>]*><is>.*?</is></c>', lambda _: cell, text))
    parcel.lost.add((code, "evidence"))
    parcel.tell(code, "warning")
