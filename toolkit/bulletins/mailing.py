"""What a clerk needs to mail the bulletins: one archive a unit, and a sheet for mail merge.

Nothing is sent by the program.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from toolkit import keeping, opc, outputs
from toolkit.bulletins.words import chinese_day
from toolkit.bulletins.writing import Bulletin
from toolkit.model import Collection

ARCHIVE = "打包"
SHEET = "邮件合并"
_COLUMNS = (("单位", 28), ("联系人", 12), ("电话", 18), ("附件", 44), ("正文", 70))


def prepare(collection: Collection, bulletins: Sequence[Bulletin], folder: Path) -> list[Bulletin]:
    """Pack the bulletins by unit and write the sheet; nothing when no bulletin goes to a single unit."""
    by_unit: dict[str, list[Bulletin]] = {}
    for bulletin in bulletins:
        if bulletin.unit is not None:
            by_unit.setdefault(bulletin.unit, []).append(bulletin)
    if not by_unit:
        return []
    archives = {unit: _pack(folder, own) for unit, own in by_unit.items()}
    placed = keeping.put(folder / f"{SHEET}.xlsx", _sheet(collection, by_unit, archives, folder))
    packed = [Bulletin(ARCHIVE, unit, path) for unit, path in archives.items()]
    return [*packed, Bulletin(SHEET, None, placed.path, placed.kept)]


def _pack(folder: Path, bulletins: Sequence[Bulletin]) -> Path:
    path = folder / ARCHIVE / f"{bulletins[0].path.parent.name}.zip"
    outputs.write_bytes(path, opc.write_parts({b.path.name: b.path.read_bytes() for b in bulletins}))
    return path


def _sheet(
    collection: Collection, by_unit: Mapping[str, Sequence[Bulletin]], archives: Mapping[str, Path], folder: Path
) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = collection.as_of
    book.set_properties({"title": SHEET, "author": "fengong", "created": datetime(day.year, day.month, day.day)})
    looks = {"font_name": "仿宋_GB2312", "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
    header = book.add_format(looks | {"font_name": "黑体", "align": "center", "bg_color": "#DCE6F1"})
    body = book.add_format(looks | {"num_format": "@"})
    sheet = book.add_worksheet(SHEET)
    for column, (word, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word, header)
    known = {unit.name: unit for unit in collection.roster.units}
    for row, (unit, bulletins) in enumerate(by_unit.items(), 1):
        who = known.get(unit)
        attachment = archives[unit].relative_to(folder).as_posix()
        texts = (unit, who.contact if who else "", who.phone if who else "", attachment, _letter(collection, bulletins))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, opc.holdable(text), body)
        sheet.set_row(row, 84)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return opc.write_parts(opc.sealed(opc.read_parts(stream.getvalue())))


def _letter(collection: Collection, bulletins: Sequence[Bulletin]) -> str:
    kinds = "、".join(bulletin.kind for bulletin in bulletins)
    return (
        f"{bulletins[0].unit}：\n现将{collection.round.name}{kinds}发给你单位，请查收附件并按要求办理。\n"
        f"{collection.plan.issuer or '（发文单位）'}\n{chinese_day(collection.as_of)}"
    )
