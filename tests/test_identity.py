"""Codes and stamps survive what clerks and office programs do to them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import identity
from toolkit.identity import ALPHABET, Stamp, StampedDuty
from toolkit.model import Plan, Role, Task

texts = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)
codes = texts.map(lambda text: identity.task_code(None, text))


@given(codes)
def test_code_is_short_ascii_and_reads_back(code: str) -> None:
    assert code.isascii() and len(code) == 7 and code[0] == "T"
    assert identity.read_code(code) == code


@given(codes)
def test_code_survives_case_width_blanks_and_hyphens(code: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    for written in (code.lower(), wide, f" {code[:3]} {code[3:]} ", f"{code[:4]}-{code[4:]}", f"'{code}"):
        assert identity.read_code(written) == code


@given(codes, st.integers(1, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, place: int, wrong: str) -> None:
    damaged = code[:place] + wrong + code[place + 1 :]
    assert damaged == code or identity.read_code(damaged) is None


@given(codes, st.integers(1, 5), st.integers(1, 6))
def test_two_swapped_characters_are_always_noticed(code: str, one: int, other: int) -> None:
    letters = list(code)
    letters[one], letters[other] = letters[other], letters[one]
    damaged = "".join(letters)
    assert damaged == code or identity.read_code(damaged) is None


@pytest.mark.parametrize("cell", [None, 3, 3.0, "", "1", "MAR3", "3E12", "TRUE", "T", "任务一", "T1234567"])
def test_what_is_no_code_is_not_read_as_one(cell: object) -> None:
    assert identity.read_code(cell) is None


def test_same_notice_drafted_again_gives_the_same_codes_despite_layout() -> None:
    once = Task(seq=1, title="推进 政务公开", requirement="年底前，完成目录编制。")
    again = Task(seq=7, title="推进政务公开", requirement="年底前,完成目录编制")
    assert identity.with_codes([once])[0].code == identity.with_codes([again])[0].code


def test_same_text_twice_gets_two_codes_and_retired_ones_never_return() -> None:
    task = Task(seq=1, requirement="按要求公开")
    first, second = identity.with_codes([task, task])
    assert first.code != second.code
    (later,) = identity.with_codes([task], retired=(first.code,))
    assert later.code not in (first.code,)


def test_a_code_is_found_inside_other_text() -> None:
    code = identity.task_code("", "编制目录")
    assert identity.find_code(f"编码：{code}（勿改）") == code
    assert identity.find_code("没有编码") is None


def test_plan_gets_an_id_once() -> None:
    plan = identity.coded(Plan(title="云岭市工作要点", tasks=(Task(seq=1, requirement="做事"),)))
    assert plan.plan_id and identity.coded(plan) == plan


stamps = st.builds(
    Stamp,
    plan_id=st.just("PABCDEF"),
    revision=st.integers(1, 99),
    round=texts,
    unit=texts,
    due=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    duties=st.lists(
        st.builds(
            StampedDuty,
            codes,
            st.sampled_from(list(Role)),
            st.just("") | texts,
            st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        ),
        max_size=5,
    ).map(tuple),
)


@given(stamps)
def test_stamp_round_trip(stamp: Stamp) -> None:
    assert Stamp.decode(stamp.encode()) == stamp
    short = Stamp.decode(stamp.encode(duties=False))
    assert short is not None and (short.plan_id, short.round, short.unit) == (stamp.plan_id, stamp.round, stamp.unit)


@given(stamps, st.data())
def test_a_damaged_stamp_is_no_stamp(stamp: Stamp, data: st.DataObject) -> None:
    text = stamp.encode()
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
    assert Stamp.decode(damaged) is None


def test_short_stamp_fits_a_defined_name() -> None:
    stamp = Stamp("PABCDEF", 12, "2022年第四季度", "云岭市住房和城乡建设局（市人民防空办公室）", date(2022, 12, 31))
    assert len(stamp.encode(duties=False)) <= 255
