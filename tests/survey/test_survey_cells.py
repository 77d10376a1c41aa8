"""What the office mends in a survey's summary stays with its row, whatever order the unit sends its rows in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from toolkit.entry_cells import SurveyCells, applied
from toolkit.language.typed import read_typed
from toolkit.model import Correction, Entry, Role, State
from toolkit.rounds.office import corrected
from toolkit.survey import Field, FieldType, Filled, FilledRow, Survey

SURVEY = Survey(
    (
        Field("备注"),
        Field("姓名", required=True),
        Field("岗位", FieldType.CHOICE, choices=("专职", "兼职")),
        Field("年限", FieldType.NUMBER),
    ),
    many=True,
)
CELLS = SurveyCells(SURVEY)
Texts = dict[str, str]
_NAMES = ("安明", "柏·清", "陈清（2）", "邓 远", "范")
_ROW = st.fixed_dictionaries(
    {
        "备注": st.sampled_from(["", "借调", "姓名"]),
        "岗位": st.sampled_from(["", "专职", "兼职"]),
        "年限": st.sampled_from(["", "3", "12年"]),
    }
)
_PEOPLE = st.lists(_ROW, min_size=1, max_size=5).map(
    lambda rows: [{"姓名": name, **row} for name, row in zip(_NAMES, rows, strict=False)]
)
_EDITS = st.dictionaries(
    st.tuples(st.integers(1, 6), st.sampled_from(["备注", "姓名", "岗位", "年限"])),
    st.sampled_from(["", "专职", "7", "高远"]),
    max_size=4,
)


def row_of(texts: Mapping[str, str]) -> FilledRow:
    return tuple(
        Filled(field.name, text, read_typed(field, text)) for field in SURVEY.fields if (text := texts.get(field.name))
    )


def entry_of(rows: Sequence[Texts]) -> Entry:
    filled = tuple(row for texts in rows if (row := row_of(texts)))
    return Entry("T1", "甲镇", Role.RESPONSIBLE, State.REPORTED, rows=filled)


def texts_of(entry: Entry) -> list[Texts]:
    return [{cell.field: cell.text for cell in row} for row in entry.rows]


def mended(entry: Entry, shown: Mapping[int, Mapping[str, str]]) -> list[Correction]:
    """The corrections that a clerk's edits come to, as the review reads them."""
    made = []
    for name, text in CELLS.named(entry, {}, shown):
        old = CELLS.shown(entry, name) or ""
        if not CELLS.same(name, old, text) and CELLS.value(name, text) is not None:
            made.append(Correction(entry.task, entry.unit, name, old, text))
    return made


@given(_PEOPLE, _EDITS, st.randoms(use_true_random=False))
def test_a_correction_follows_its_row(people: list[Texts], edits: dict[tuple[int, str], str], chance: object) -> None:
    shown = {number: dict(texts) for number, texts in enumerate(people, 1)}
    for (number, field), text in edits.items():
        # A name is not typed twice: which of two rows of one name is meant nobody can tell.
        taken = field == "姓名" and any(row.get("姓名") == text for row in shown.values())
        if not taken and number <= len(people):
            shown[number][field] = text
    chain = mended(entry_of(people), shown)
    wanted = []
    for number, texts in shown.items():
        kept = {f.name: texts[f.name] if _fits(f, texts[f.name]) else people[number - 1][f.name] for f in SURVEY.fields}
        wanted.append({name: text for name, text in kept.items() if text})
    assert _sorted(texts_of(applied(entry_of(people), chain, CELLS))) == _sorted(wanted)
    turned = list(people)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    again, _, findings = corrected(entry_of(turned), chain, CELLS)
    assert _sorted(texts_of(again)) == _sorted(wanted)
    assert len(findings) == len(chain)


def test_a_new_row_typed_by_the_office_stays_until_the_unit_sends_it_itself() -> None:
    chain = mended(entry_of([{"姓名": "安明"}]), {1: {"姓名": "安明"}, 2: {"姓名": "高远", "岗位": "专职"}})
    again, _, _ = corrected(entry_of([{"姓名": "安明"}]), chain, CELLS)
    assert texts_of(again) == [{"姓名": "安明"}, {"姓名": "高远", "岗位": "专职"}]
    sent, _, findings = corrected(entry_of([{"姓名": "高远", "岗位": "专职"}, {"姓名": "安明"}]), chain, CELLS)
    assert texts_of(sent) == [{"姓名": "高远", "岗位": "专职"}, {"姓名": "安明"}] and findings == []


def test_a_row_mended_twice_is_found_under_its_new_name() -> None:
    people = [{"姓名": "安明", "岗位": "专职"}, {"姓名": "范", "岗位": "专职"}]
    first = mended(entry_of(people), {1: {"姓名": "安明远", "岗位": "专职"}})
    shown = applied(entry_of(people), first, CELLS)
    second = mended(shown, {1: {"姓名": "安明远", "岗位": "兼职"}})
    again, _, _ = corrected(entry_of(people[::-1]), [*first, *second], CELLS)
    assert _sorted(texts_of(again)) == _sorted([{"姓名": "安明远", "岗位": "兼职"}, people[1]])


def _fits(field: Field, text: str) -> bool:
    return not text or read_typed(field, text) is not None


def _sorted(rows: Sequence[Texts]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)
