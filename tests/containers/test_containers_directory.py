"""The directory of a zip is read in a quick way where it is as usual: it sees what Python's own reader sees."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from toolkit.containers import safezip
from toolkit.containers.limits import Damaged
from toolkit.containers.safezip import Entry, read_directory

_NAMES = st.text("ab/._\\1", min_size=1, max_size=8) | st.text("表a.", min_size=1, max_size=4)
_TIMES = st.tuples(*(st.integers(*pair) for pair in ((1980, 2107), (1, 12), (1, 28), (0, 23), (0, 59), (0, 59))))
_FILES = st.lists(
    st.tuples(_NAMES, st.binary(max_size=40), _TIMES, st.booleans(), st.booleans()),
    max_size=5,
    unique_by=lambda file: file[0],
)


def _zip(files: list[tuple[str, bytes, tuple[int, ...], bool, bool]], comment: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data, (year, month, day, hour, minute, second), deflated, extended in files:
            info = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
            info.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            info.extra = b"\x99\x99\x02\x00ok" if extended else b""
            archive.writestr(info, data)
        archive.comment = comment
    return stream.getvalue()


def _seen(data: bytes) -> tuple[Entry, ...] | None:
    try:
        return read_directory(data)
    except Damaged:
        return None


def _seen_by_python(data: bytes) -> tuple[Entry, ...] | None:
    try:
        return safezip._any_directory(data)
    except Damaged:
        return None


@given(_FILES, st.sampled_from([b"", b"", b"a comment"]), st.sampled_from([b"", b"", b"MZ before it"]))
def test_any_zip_has_the_entries_that_python_sees(
    files: list[tuple[str, bytes, tuple[int, ...], bool, bool]], comment: bytes, before: bytes
) -> None:
    data = before + _zip(files, comment)
    assert _seen(data) == _seen_by_python(data)
    assert [entry.inflated for entry in read_directory(data)] == [len(contents) for _, contents, *_ in files]


@given(_FILES, st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_directory_is_refused_or_read_as_python_does(
    files: list[tuple[str, bytes, tuple[int, ...], bool, bool]], place: int, value: int
) -> None:
    data = bytearray(_zip(files, b""))
    begin = max(data.find(b"PK\x01\x02"), 0)
    data[begin + place % (len(data) - begin)] = value
    assert _seen(bytes(data)) == _seen_by_python(bytes(data))


def test_a_directory_of_another_kind_is_not_taken_for_a_usual_one() -> None:
    data = _zip([("a" * 8 + "PK\x06\x07" + "b" * 16, b"text", (2025, 1, 1, 0, 0, 0), True, False)], b"")
    assert _seen(data) == _seen_by_python(data)
