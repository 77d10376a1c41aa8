"""Folders and archives: every file met once, told apart, in one order (A22)."""

from __future__ import annotations

import hashlib
import zipfile
from email.message import EmailMessage
from pathlib import Path
from random import Random

import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.containers import Met, read, walk
from toolkit.containers.content import FileKind
from toolkit.containers.safezip import open_zip
from toolkit.containers.walk import INSIDE, _distinct, _inner_name


def book(text: str = "已完成") -> bytes:
    """A small workbook."""
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.add_worksheet().write(0, 0, text)
    return buffer.getvalue()


class GbkName(zipfile.ZipInfo):
    """An entry whose name is written as Chinese Windows does: GBK, without a flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zip_of(path: Path, files: dict[str, bytes], *, gbk: bool = False) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(GbkName(name) if gbk else name, data)
    return path


def paths(met: list[Met]) -> list[str]:
    return [file.path for file in met]


def test_a_folder_is_walked_in_one_order(tmp_path: Path) -> None:
    names = ["市教育局/报表.xlsx", "市教育局/附件/a.png", "a.xlsx", "市水务局/报表.xlsx", "b/c/d/e.txt"]
    for name in Random(7).sample(names, len(names)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert paths(list(walk([tmp_path]))) == sorted(names, key=lambda name: name.split("/"))


def test_lock_files_and_the_like_are_listed_but_not_read(tmp_path: Path) -> None:
    junk = ["~$报表.xlsx", ".~报表.xlsx", ".~lock.报表.xlsx#", "._报表.xlsx", "Thumbs.db", ".DS_Store", "desktop.ini"]
    for name in [*junk, "报表.xlsx"]:
        (tmp_path / name).write_bytes(book())
    met = {file.path: file for file in walk([tmp_path])}
    assert sorted(met) == sorted([*junk, "报表.xlsx"])
    assert {path for path, file in met.items() if file.skipped} == set(junk)
    assert all(met[path].findings for path in junk)
    assert not met["报表.xlsx"].findings


def test_every_file_tells_size_hash_and_kind(tmp_path: Path) -> None:
    data = book()
    (tmp_path / "没有扩展名").write_bytes(data)
    (met,) = walk([tmp_path])
    assert (met.size, met.sha256, met.kind) == (len(data), hashlib.sha256(data).hexdigest(), FileKind.XLSX)


def test_a_single_file_is_known_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_bytes(book())
    assert paths(list(walk([tmp_path / "报表.xlsx"]))) == ["报表.xlsx"]


def test_files_of_one_name_in_several_folders_are_told_apart(tmp_path: Path) -> None:
    for folder in ("甲/回收", "乙/回收"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "报表.xlsx").write_bytes(book(folder))
    folders = [tmp_path / "甲" / "回收", tmp_path / "乙" / "回收"]
    assert paths(list(walk(folders))) == ["甲/回收/报表.xlsx", "乙/回收/报表.xlsx"]
    files = [folder / "报表.xlsx" for folder in folders]
    assert paths(list(walk(files))) == ["甲/回收/报表.xlsx", "乙/回收/报表.xlsx"]


def test_a_file_reached_twice_is_met_once(tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_bytes(book())
    assert len(list(walk([tmp_path, tmp_path, tmp_path / "报表.xlsx"]))) == 1


def test_a_path_that_is_gone_is_told(tmp_path: Path) -> None:
    (met,) = walk([tmp_path / "没有.xlsx"])
    assert met.findings[0].code == "files.missing"


def test_gbk_names_in_a_zip_are_decoded(tmp_path: Path) -> None:
    archive = zip_of(tmp_path / "报送.zip", {"市教育局/填报表.xlsx": book(), "~$填报表.xlsx": b"x"}, gbk=True)
    met = list(walk([archive]))
    assert paths(met) == ["报送.zip", "报送.zip!/~$填报表.xlsx", "报送.zip!/市教育局/填报表.xlsx"]
    assert met[0].container
    assert met[1].skipped
    assert read(met[2].read_bytes()).sheets[0].rows == [["已完成"]]


def test_names_in_utf8_without_the_flag_are_decoded_too(tmp_path: Path) -> None:
    class Unflagged(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:
            return self.filename.encode(), 0

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(Unflagged("市水务局填报表.txt"), "x")
    assert paths(list(walk([tmp_path])))[1] == "a.zip!/市水务局填报表.txt"


def test_archives_in_archives_are_opened(tmp_path: Path) -> None:
    inner = zip_of(tmp_path / "inner.zip", {"报表.xlsx": book("里面")}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    zip_of(tmp_path / "outer.zip", {"县区/inner.zip": inner, "报表.xlsx": book("外面")})
    met = {file.path: file for file in walk([tmp_path])}
    assert list(met) == [
        "outer.zip",
        "outer.zip!/县区/inner.zip",
        "outer.zip!/县区/inner.zip!/报表.xlsx",
        "outer.zip!/报表.xlsx",
    ]
    assert read(met["outer.zip!/县区/inner.zip!/报表.xlsx"].read_bytes()).sheets[0].rows == [["里面"]]
    assert met["outer.zip!/报表.xlsx"].name == "报表.xlsx"


def test_two_entries_of_one_name_are_both_met(tmp_path: Path) -> None:
    with pytest.warns(UserWarning), zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("报表.txt", "一")
        archive.writestr("报表.txt", "二")
    met = list(walk([tmp_path]))[1:]
    assert paths(met) == ["a.zip!/报表(2).txt", "a.zip!/报表.txt"]
    assert [file.read_bytes().decode() for file in met] == ["二", "一"]


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    zip_of(tmp_path / "空.zip", {})
    (met,) = walk([tmp_path])
    assert met.findings[0].code == "files.archive-empty"


def test_7z_archives_are_opened(tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_bytes(book())
    with py7zr.SevenZipFile(tmp_path / "报送.7z", "w") as archive:
        archive.write(tmp_path / "报表.xlsx", "市教育局/报表.xlsx")
    met = list(walk([tmp_path / "报送.7z"]))
    assert paths(met) == ["报送.7z", "报送.7z!/市教育局/报表.xlsx"]
    assert met[1].read_bytes() == (tmp_path / "报表.xlsx").read_bytes()


def test_a_7z_with_a_password(tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_bytes(book())
    with py7zr.SevenZipFile(tmp_path / "密.7z", "w", password="12345") as archive:
        archive.write(tmp_path / "报表.xlsx", "报表.xlsx")
    (closed,) = walk([tmp_path / "密.7z"])
    assert closed.findings[0].code == "files.archive-encrypted"
    assert not closed.container
    opened = list(walk([tmp_path / "密.7z"], password="12345"))
    assert opened[1].read_bytes() == (tmp_path / "报表.xlsx").read_bytes()


def test_a_damaged_7z_is_told(tmp_path: Path) -> None:
    (tmp_path / "坏.7z").write_bytes(b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(range(200)))
    (met,) = walk([tmp_path])
    assert met.findings[0].code == "files.archive-damaged"


def test_attachments_of_a_mail_are_met(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.cn", "c@d.cn", "报送"
    mail.set_content("请查收")
    mail.add_attachment(book(), maintype="application", subtype="octet-stream", filename="市教育局填报表.xlsx")
    (tmp_path / "报送.eml").write_bytes(bytes(mail))
    met = list(walk([tmp_path]))
    assert paths(met) == ["报送.eml", "报送.eml!/市教育局填报表.xlsx"]
    assert met[1].kind is FileKind.XLSX


def test_a_mail_without_attachment_is_told(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.cn", "c@d.cn", "报送"
    mail.set_content("已完成")
    (tmp_path / "报送.eml").write_bytes(bytes(mail))
    (met,) = walk([tmp_path])
    assert met.findings[0].code == "files.mail-empty"


def test_rar_says_to_unpack(tmp_path: Path) -> None:
    (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(50))
    (met,) = walk([tmp_path])
    assert "解压" in met.findings[0].advice


def test_a_zip_with_a_password(tmp_path: Path) -> None:
    # zipfile reads the old encryption but does not write it: this archive was made with "zip -P 12345".
    (tmp_path / "密.zip").write_bytes((Path(__file__).parent / "data" / "encrypted.zip").read_bytes())
    closed = list(walk([tmp_path]))
    assert [file.findings[0].code for file in closed[1:]] == ["files.archive-encrypted"]
    opened = list(walk([tmp_path], password="12345"))
    assert opened[1].read_bytes() == "已完成".encode()
    wrong = list(walk([tmp_path], password="54321"))
    assert wrong[1].findings[0].code == "files.archive-encrypted"


@given(st.lists(st.text(alphabet="ab/.\\市(2)", max_size=8), max_size=12))
def test_names_in_archives_stay_apart_and_inside(names: list[str]) -> None:
    shown = _distinct([_inner_name(name) for name in names])
    assert len(set(shown)) == len(names)
    for name in shown:
        assert name
        assert not name.startswith("/")
        assert ".." not in name.split("/")
        assert INSIDE not in name


@given(st.dictionaries(st.text("abc市/", min_size=1, max_size=5), st.binary(max_size=300), max_size=8))
def test_what_zipfile_writes_is_read_back(files: dict[str, bytes]) -> None:
    import io

    files = {name.strip("/") or "x": data for name, data in files.items()}
    folded = {name.lower() for name in files}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert len(folded) == len(files)
    package = open_zip(buffer.getvalue())
    assert {name: package.read(name) for name in package.names()} == files


def test_a_file_too_large_to_read_is_still_hashed_and_told(tmp_path: Path) -> None:
    with (tmp_path / "现场视频.mp4").open("wb") as stream:
        stream.truncate(65 << 20)
    (met,) = walk([tmp_path])
    assert met.findings[0].code == "files.too-large"
    assert "65" in met.findings[0].message
    assert met.sha256 == hashlib.sha256(bytes(65 << 20)).hexdigest()
    assert not read(met.file).sheets


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    assert read(tmp_path).findings[0].code == "files.folder-unreadable"
