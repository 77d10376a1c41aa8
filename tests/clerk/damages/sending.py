"""How files are sent: names, archives, twice, with company, or not at all (A4, A5, A22, A24, A34)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from clerk.damages.answers import some
from clerk.parcel import Parcel, Stage, Unfit, damage
from toolkit.sample.answers import Answer
from toolkit.sample.habits import picture
from toolkit.sample.packages import gbk_zip, packed, parts, restamped


def beside(parcel: Parcel, words: str) -> str:
    """A name for another version of the form's file."""
    stem, dot, ending = parcel.name.rpartition(".")
    return f"{stem}{words}{dot}{ending}"


# --- A5: more than one file ------------------------------------------------------------------


def _version(parcel: Parcel, answers: dict[str, Answer], saved: datetime) -> bytes:
    """The issued form filled once more, apart from what happened to the other file."""
    return replace(parcel.desk, answers=answers, saved=saved).filled()


@damage("A5-identical-copy", Stage.SEND)
def identical_copy(parcel: Parcel) -> None:
    if parcel.inside:
        raise Unfit("a second archive")
    name = beside(parcel, "(1)")
    parcel.others[name] = parcel.data
    parcel.outcomes = {parcel.name: {"merged", "duplicate"}, name: {"merged", "duplicate"}}
    parcel.tell()


@damage("A5-same-answers-saved-twice", Stage.SEND)
def same_answers_saved_twice(parcel: Parcel) -> None:
    name = "再次报送.xlsx"
    parcel.others[name] = _version(parcel, parcel.answers, parcel.saved + timedelta(hours=3))
    parcel.tell()


@damage("A5-corrected-later", Stage.SEND)
def corrected_later(parcel: Parcel) -> None:
    """The later file by its own saved time wins; the finding shows both."""
    (code,) = some(parcel, 1)
    earlier = {**parcel.answers, code: replace(parcel.answers[code], progress="初稿：数据待核")}
    parcel.others["初稿.xlsx"] = _version(parcel, earlier, parcel.saved - timedelta(days=1))
    parcel.tell(code, "error")
    _only_if_timed(parcel)


@damage("A5-corrected-under-an-earlier-name", Stage.SEND)
def corrected_under_an_earlier_name(parcel: Parcel) -> None:
    """Names and places in the folder say nothing about which file is later."""
    (code,) = some(parcel, 1)
    earlier = {**parcel.answers, code: replace(parcel.answers[code], progress="初稿：数据待核")}
    parcel.others["最终版（以此为准）.xlsx"] = _version(parcel, earlier, parcel.saved - timedelta(days=1))
    parcel.tell(code, "error")
    _only_if_timed(parcel)


@damage("A5-halves", Stage.SEND)
def halves(parcel: Parcel) -> None:
    """Two departments, each with half: joined."""
    first = dict(list(parcel.answers.items())[::2])
    second = {code: answer for code, answer in parcel.answers.items() if code not in first}
    parcel.replace("科室甲.xlsx", _version(parcel, first, parcel.saved))
    parcel.others["科室乙.xlsx"] = _version(parcel, second, parcel.saved + timedelta(hours=1))
    parcel.outcomes = {"科室甲.xlsx": {"merged"}, "科室乙.xlsx": {"merged"}}


@damage("A5-fields-in-two-files", Stage.SEND)
def fields_in_two_files(parcel: Parcel) -> None:
    """One file holds 完成情况 and 进展说明, the other the rest."""
    first = {code: replace(answer, evidence="", done_on="", remark="") for code, answer in parcel.answers.items()}
    second = {code: replace(answer, status="", progress="") for code, answer in parcel.answers.items()}
    parcel.replace("主表.xlsx", _version(parcel, first, parcel.saved))
    parcel.others["佐证部分.xlsx"] = _version(parcel, second, parcel.saved + timedelta(hours=1))


@damage("A5-blank-form-later", Stage.SEND)
def blank_form_later(parcel: Parcel) -> None:
    """The blank form was sent back after the filled one: it takes nothing away."""
    parcel.others["空表.xlsx"] = restamped(parcel.blank, parcel.saved + timedelta(days=1))


@damage("A5-contradiction-without-times", Stage.SEND)
def contradiction_without_times(parcel: Parcel) -> None:
    """Neither file says when it was saved: the office decides."""
    (code,) = some(parcel, 1)
    other = {**parcel.answers, code: replace(parcel.answers[code], progress="另一稿：数据待核")}
    parcel.others["另一稿.xlsx"] = _timeless(_version(parcel, other, parcel.saved))
    if not parcel.data.startswith(b"PK"):
        raise Unfit("no package any more")
    parcel.data = _timeless(parcel.data)
    parcel.lost.add((code, "progress"))
    parcel.tell(code, "error")


def _timeless(data: bytes) -> bytes:
    content = parts(data)
    if core := content.get("docProps/core.xml"):
        content["docProps/core.xml"] = re.sub(rb"<dcterms:(modified|created)[^>]*>[^<]*</dcterms:\1>", b"", core)
    return packed(content, datetime(1980, 1, 1))


def _only_if_timed(parcel: Parcel) -> None:
    """A form in a format without a saved time leaves the choice to the office."""
    if not parcel.data.startswith(b"PK"):
        raise Unfit("the file states no time")


# --- A4: other files -----------------------------------------------------------------------------


def spreadsheet(rows: Iterable[Iterable[object]], saved: datetime) -> bytes:
    """A workbook with these rows."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), saved)


_SCHEDULE = (["日期", "带班领导", "值班人员"], ["10月1日", "甲", "乙、丙"], ["10月2日", "丁", "戊、己"])
_OTHER_FORM = (
    ["序号", "工作任务", "完成情况", "进展说明", "备注"],
    [1, "机关食堂改造", "已完成", "已开餐", ""],
    [2, "办公楼消防演练", "推进中", "方案已定", ""],
)


@damage("A4-another-file-beside", Stage.SEND)
def another_file_beside(parcel: Parcel) -> None:
    parcel.others["国庆值班表.xlsx"] = spreadsheet(_SCHEDULE, parcel.saved)
    parcel.outcomes["国庆值班表.xlsx"] = {"rejected", "ignored"}
    parcel.tell()


@damage("A4-another-form-beside", Stage.SEND)
def another_form_beside(parcel: Parcel) -> None:
    """A table with the same header words and other tasks is not a form of this plan."""
    parcel.others["机关事务填报表.xlsx"] = spreadsheet(_OTHER_FORM, parcel.saved)
    parcel.outcomes["机关事务填报表.xlsx"] = {"rejected"}
    parcel.tell()


@damage("A4-wrong-file-instead", Stage.SEND)
def wrong_file_instead(parcel: Parcel) -> None:
    parcel.replace("国庆值班表.xlsx", spreadsheet(_SCHEDULE, parcel.saved))
    parcel.outcomes = {parcel.name: {"rejected"}}
    parcel.refused = True
    parcel.tell(None, "error")


@damage("A4-empty-file", Stage.SEND)
def empty_file(parcel: Parcel) -> None:
    parcel.others["未命名.xlsx"] = spreadsheet([], parcel.saved)
    parcel.outcomes["未命名.xlsx"] = {"rejected", "ignored"}
    parcel.tell()


@damage("A4-cut-off-file", Stage.SEND)
def cut_off_file(parcel: Parcel) -> None:
    """The transfer broke off half way."""
    parcel.replace(parcel.name, parcel.data[: len(parcel.data) // 3])
    if not parcel.data.startswith(b"PK"):
        raise Unfit("text may stay readable")
    parcel.outcomes = {parcel.name: {"rejected"}}
    parcel.refused = True
    parcel.tell(None, "error")


# --- A22: archives and folders ----------------------------------------------------------------------


def _pack(parcel: Parcel, name: str, data: bytes, *inside: str) -> None:
    """Let an archive take the form's place; what was inside an archive before is now one level deeper."""
    if any("!/" in inner for inner in parcel.inside) or (parcel.inside and len(inside) > 1):
        raise Unfit("an archive in an archive in an archive")
    parcel.inside = [*inside, *(f"{inside[-1]}!/{inner}" for inner in parcel.inside)]
    parcel.name, parcel.data = name, data
    parcel.outcomes[name] = {"container"}


@damage("A22-zip-gbk", Stage.SEND)
def zip_gbk(parcel: Parcel) -> None:
    inner = f"{parcel.unit}报送/{parcel.name}"
    _pack(parcel, f"{parcel.unit}.zip", gbk_zip({inner: parcel.data}, parcel.saved), inner)


@damage("A22-zip-utf8", Stage.SEND)
def zip_utf8(parcel: Parcel) -> None:
    inner = parcel.name
    _pack(parcel, f"{parcel.unit}.zip", packed({inner: parcel.data}, parcel.saved), inner)


@damage("A22-zip-in-zip", Stage.SEND)
def zip_in_zip(parcel: Parcel) -> None:
    inside = gbk_zip({parcel.name: parcel.data}, parcel.saved)
    outer = packed({"内层.zip": inside}, parcel.saved)
    _pack(parcel, f"{parcel.unit}（打包）.zip", outer, "内层.zip", f"内层.zip!/{parcel.name}")


@damage("A22-zip-named-xlsx", Stage.SEND)
def zip_named_xlsx(parcel: Parcel) -> None:
    """An archive of forms that bears a form's name."""
    inner = parcel.name
    _pack(parcel, "报送.xlsx", packed({inner: parcel.data}, parcel.saved), inner)


@damage("A22-seven-zip", Stage.SEND)
def seven_zip(parcel: Parcel) -> None:
    import py7zr

    inner, stream = parcel.name, io.BytesIO()
    with py7zr.SevenZipFile(stream, "w") as archive:
        archive.writestr(parcel.data, inner)
    _pack(parcel, f"{parcel.unit}.7z", stream.getvalue(), inner)


@damage("A22-attachment-of-mail", Stage.SEND)
def attachment_of_mail(parcel: Parcel) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = f"{parcel.unit}三季度报送", "unit@example.org", "office@example.org"
    mail.set_content("附件请查收。")
    mail.add_attachment(parcel.data, maintype="application", subtype="octet-stream", filename=parcel.name)
    inner = parcel.name
    _pack(parcel, f"{parcel.unit}报送.eml", mail.as_bytes(), inner)


@damage("A22-lock-and-thumbnails", Stage.SEND)
def lock_and_thumbnails(parcel: Parcel) -> None:
    litter = {
        f"~${parcel.name}": bytes(165),
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + bytes(508),
        ".DS_Store": b"\0\0\0\1Bud1",
    }
    parcel.others |= litter
    parcel.outcomes |= {name: {"ignored"} for name in litter}


@damage("A22-deep-folder", Stage.SEND)
def deep_folder(parcel: Parcel) -> None:
    parcel.name = f"一级/二级/三级 目录/{parcel.name}"


@damage("A22-plain-name", Stage.SEND)
def plain_name(parcel: Parcel) -> None:
    """Every unit calls its file the same; the folders tell them apart."""
    parcel.name = f"填报表.{parcel.name.rpartition('.')[2]}"


@damage("A22-odd-name", Stage.SEND)
def odd_name(parcel: Parcel) -> None:
    parcel.name = f"=报送 ‘{parcel.unit}’ （终稿） 100%.{parcel.name.rpartition('.')[2]}"


# --- A24, A34 -----------------------------------------------------------------------------------------


@damage("A24-nothing", Stage.SEND)
def nothing(parcel: Parcel) -> None:
    parcel.replace(parcel.name, b"")
    parcel.others, parcel.answers = {}, {}
    parcel.silent = True
    parcel.tell(None, "warning")


@damage("A34-picture-beside", Stage.SEND)
def picture_beside(parcel: Parcel) -> None:
    name = f"{parcel.unit}审批单.png"
    parcel.others[name] = picture(parcel.rng)
    parcel.outcomes[name] = {"evidence"}


@damage("A34-pdf-beside", Stage.SEND)
def pdf_beside(parcel: Parcel) -> None:
    name = f"{parcel.unit}盖章扫描件.pdf"
    parcel.others[name] = _PDF
    parcel.outcomes[name] = {"evidence"}


_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n164\n%%EOF\n"
)
