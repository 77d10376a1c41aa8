"""Whatever the file: content or a clear finding, within the limits of time and memory, the process alive."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

import attacks
import compound
import parts
import pytest
from judge import Verdict, judge

from toolkit.containers import limits, read, walk
from toolkit.containers.pool import Outcome, run
from toolkit.model import Severity

Judged = Outcome[tuple[str, bytes], Verdict]


@pytest.fixture(scope="module")
def judged() -> dict[str, Judged]:
    """Every attack read by one pool, as a batch is; one bad file after another must not wear a worker out."""
    makers = attacks.READ | attacks.REFUSED
    items = [(name, make()) for name, make in makers.items()]
    outcomes = run(judge, items, jobs=2, seconds=limits.SECONDS, megabytes=limits.MEGABYTES)
    return {outcome.item[0]: outcome for outcome in outcomes}


@pytest.mark.parametrize("name", attacks.READ)
def test_what_is_honest_in_a_strange_file_is_read(judged: dict[str, Judged], name: str) -> None:
    outcome = judged[name]
    assert outcome.trouble is None
    assert outcome.value is not None
    assert outcome.value.cells >= 2


@pytest.mark.parametrize("name", attacks.REFUSED)
def test_an_attack_ends_in_a_finding_that_says_what_to_do(judged: dict[str, Judged], name: str) -> None:
    outcome = judged[name]
    assert outcome.trouble is None, outcome.finding
    assert outcome.value is not None
    assert outcome.value.cells == 0
    finding = outcome.value.findings[0]
    assert finding.severity in (Severity.ERROR, Severity.WARNING)
    assert finding.advice
    assert finding.path == name


def test_nothing_of_an_external_entity_is_shown(judged: dict[str, Judged]) -> None:
    verdict = judged["external entity"].value
    assert verdict is not None
    assert not any("root:" in finding.message for finding in verdict.findings)


def test_strict_workbooks_are_read_like_others() -> None:
    strict, usual = read(attacks.READ["strict"]()), read(parts.workbook())
    assert strict.sheets[0].rows == usual.sheets[0].rows == [["编码", "完成情况"], ["甲一", "已完成"]]


def test_a_long_text_is_kept_whole() -> None:
    assert read(attacks.READ["40,000 characters"]()).sheets[0].rows[2][0] == "长" * 40_000


def test_characters_that_cannot_be_written_do_not_come_through() -> None:
    text = read(attacks.READ["control characters"]()).sheets[0].rows[2][0]
    assert isinstance(text, str)
    text.encode()
    assert text.replace("\ufffd", "") == "abcde"


def test_a_merge_over_the_whole_sheet_covers_only_what_is_there() -> None:
    (span,) = read(attacks.READ["one giant merge"]()).sheets[0].spans
    assert (span.bottom, span.right) == (1, 1)


def test_a_far_cell_is_named() -> None:
    (finding,) = read(attacks.REFUSED["cells at both far corners"]()).findings
    assert "XFD" in finding.message


def test_a_listed_sheet_without_content_is_told_and_the_others_are_read() -> None:
    listed = '<sheet name="填报表" sheetId="1" r:id="rId1"/><sheet name="附表" sheetId="2" r:id="rId9"/>'
    content = read(parts.workbook(listed=listed))
    assert [sheet.name for sheet in content.sheets] == ["填报表"]
    assert "附表" in content.findings[0].message


@pytest.mark.parametrize("cut", range(5, 100, 5))
def test_a_file_cut_anywhere_is_told(cut: int) -> None:
    whole = parts.workbook()
    content = read(whole[: len(whole) * cut // 100], "断了.xlsx")
    assert not content.sheets
    assert content.findings


def test_things_that_are_no_files_are_met_and_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a管道.xlsx")
    (tmp_path / "b链接.xlsx").symlink_to("/etc/passwd")
    (tmp_path / "c环.xlsx").symlink_to("c环.xlsx")
    (tmp_path / "d文件夹.xlsx").symlink_to(tmp_path)
    (tmp_path / "e空.xlsx").touch()
    with socket.socket(socket.AF_UNIX) as listener:
        os.chdir(tmp_path)  # the name of a socket may be no longer than 108 characters
        listener.bind("f套接字.xlsx")
        met = list(walk([tmp_path]))
    assert [file.path for file in met] == sorted(path.name for path in tmp_path.iterdir())
    assert all(file.findings and file.findings[0].advice for file in met)
    for file in met:
        assert read(file.file).findings


def test_a_device_is_not_read() -> None:
    assert read(Path("/dev/zero")).findings[0].code == "files.not-regular"


def test_names_in_archives_never_leave_the_archive(tmp_path: Path) -> None:
    climbing = ["../../../tmp/x.xlsx", "/etc/x.xlsx", "..\\..\\x.xlsx", "C:\\x.xlsx", "市教育局/../../x.xlsx"]
    form = parts.workbook()
    (tmp_path / "a.zip").write_bytes(parts.raw_zip([(name.encode("gbk"), form) for name in climbing]))
    met = list(walk([tmp_path]))
    assert len(met) == 1 + len(climbing)
    for file in met[1:]:
        assert file.path.startswith("a.zip!/")
        assert ".." not in file.path.split("/")
        assert "//" not in file.path
        assert file.read_bytes() == form


def test_an_archive_of_overlapping_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(attacks.REFUSED["overlapping entries"]().replace(b"xl/workbook", b"xl/werkbuch"))
    (met,) = walk([tmp_path])
    assert met.findings[0].code == "files.zip-limit"
    assert not met.container


def test_archives_are_opened_twice_deep_and_no_deeper(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(parts.packed({"b.zip": attacks.REFUSED["archive in archive in archive"]()}))
    met = list(walk([tmp_path]))
    assert [file.container for file in met] == [True, True, False]
    assert met[-1].findings[0].code == "files.archive-nested"


def test_a_false_string_count_asks_for_no_memory() -> None:
    content = read(compound.compound(compound.biff(strings=struct.pack("<LL", 1, 0x10000000))))
    assert content.findings[0].severity is Severity.ERROR
