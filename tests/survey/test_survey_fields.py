"""The sheet of fields: what a clerk may write in it, what is refused and how, and that any fields come back."""

from __future__ import annotations

import io
import string
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey_office import County, rows_of, sheet_of, told

from toolkit.containers import read
from toolkit.findings import CannotDo
from toolkit.housekeeping.form import bundled, fields, new
from toolkit.language.text import essence
from toolkit.model import Plan
from toolkit.survey import Field, FieldType, Survey, is_hint
from toolkit.workbooks import plan_book
from toolkit.workbooks.survey.fields_reader import read_fields

HEADER = ("字段", "类型", "必填", "选项", "说明", "示例")


def sheet(*rows: Sequence[object], above: Sequence[Sequence[object]] = (), header: Sequence[object] = HEADER) -> bytes:
    """A sheet of fields typed by hand."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (*above, header, *rows):
        page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plan_of(data: bytes, name: str = "字段.xlsx") -> Plan:
    return read_fields(read(data, name), name).plan


def survey_of(data: bytes) -> Survey:
    survey = plan_of(data).survey
    assert survey is not None
    return survey


def test_a_sheet_made_by_hand() -> None:
    data = sheet(
        ("姓名", "文字", "√"),
        ("方式", "", "", "线上、线下"),
        ("人数", "数值", "必填", "", "只算在编的", "12"),
        above=[("表名", "培训报名表"), ("每单位：多行",), ("附件", "报名审批单")],
    )
    survey = survey_of(data)
    assert survey.fields == (
        Field("姓名", FieldType.TEXT, True),
        Field("方式", FieldType.CHOICE, choices=("线上", "线下")),
        Field("人数", FieldType.NUMBER, True, note="只算在编的", example="12"),
    )
    assert survey.many and survey.beside == "报名审批单"
    assert plan_of(data).title == "培训报名表"


def test_a_title_without_a_label_and_none_at_all() -> None:
    assert plan_of(sheet(("姓名", "文本"), above=[("培训报名表",)])).title == "培训报名表"
    assert plan_of(sheet(("姓名", "文本")), "培训.xlsx").title == "培训"


@pytest.mark.parametrize("rows", ["多行", "每单位多行"])
def test_rows_told_beside_the_fields(rows: str) -> None:
    data = sheet(("姓名", "文本", rows), header=("字段", "类型", "每单位一行/多行"))
    assert survey_of(data).many


def test_choices_that_hold_a_comma_of_their_own() -> None:
    assert survey_of(sheet(("级别", "选项", "", "省、部级；市、厅级"))).fields[0].choices == ("省、部级", "市、厅级")


@pytest.mark.parametrize(
    ("rows", "code", "says"),
    [
        ([], "no-fields", "没有一个字段"),
        ([("姓名", "文本"), ("姓 名", "文本")], "field-twice", "第 2 行和第 3 行"),
        ([("姓名", "汉字")], "type-unknown", "“汉字”"),
        ([("方式", "选项")], "choices-missing", "没有写有哪些选项"),
        ([("方式", "选项", "", "线上、线上")], "choice-twice", "“线上”写了两次"),
        ([("姓名", "文本", "看情况")], "required-unclear", "“看情况”"),
        ([("编码", "文本")], "name-reserved", "“编码”"),
        ([("——", "文本")], "name-unfit", "没有文字"),
        ([("请填写本单位负责政务公开日常工作的全部人员的姓名和职务", "文本")] * 1, "", ""),
        ([("名" * 31, "文本")], "name-unfit", "超过 30 个字"),
        ([("", "文本", "是")], "field-nameless", "没有字段名称"),
        ([(f"字段{number}号", "文本") for number in range(61)], "too-many-fields", "61 个"),
    ],
)
def test_what_is_refused(rows: list[Sequence[object]], code: str, says: str) -> None:
    if not code:
        assert len(survey_of(sheet(*rows)).fields) == 1
        return
    with pytest.raises(CannotDo) as refused:
        plan_of(sheet(*rows))
    (finding,) = [f for f in refused.value.findings if f.code == f"survey.{code}"]
    assert says in finding.message and finding.advice
    assert finding.cell or code == "no-fields"


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(CannotDo) as refused:
        plan_of(sheet(("姓名", "汉字"), ("姓名", "选项"), above=[("每单位", "随便")]))
    assert {f.code for f in refused.value.findings} == {
        f"survey.{code}" for code in ("type-unknown", "field-twice", "choices-missing", "rows-unclear")
    }


def test_an_example_that_is_no_value_is_doubted() -> None:
    reading = read_fields(read(sheet(("手机", "手机", "", "", "", "见名片")), "x.xlsx"), "x.xlsx")
    assert [finding.code for finding in reading.findings] == ["survey.example-unfit"]


def test_codes_stay_with_the_workbook_when_it_is_renamed(tmp_path: Path) -> None:
    source = tmp_path / "字段.xlsx"
    source.write_bytes(sheet(("姓名", "文本"), above=[("表名", "报名表")]))
    made = new(tmp_path / "收集表.xlsx", fields=source)
    book = openpyxl.load_workbook(made.path)
    page = book.worksheets[0]
    (cell,) = [cell for row in page.iter_rows() for cell in row if cell.value == "报名表"]
    cell.value = "第二批报名表"
    book.save(made.path)
    again = plan_book.load(made.path).plan
    assert again.title == "第二批报名表"
    assert (again.plan_id, again.tasks[0].code) == (made.plan.plan_id, made.plan.tasks[0].code)


def test_the_same_sheet_gives_the_same_bytes_and_an_edited_one_is_kept(tmp_path: Path) -> None:
    first = fields(tmp_path / "字段.xlsx", template="机构信息表").path.read_bytes()
    assert fields(tmp_path / "字段.xlsx", template="机构信息表").path.read_bytes() == first
    book = openpyxl.load_workbook(tmp_path / "字段.xlsx")
    book.worksheets[0]["A20"] = "改过"
    book.save(tmp_path / "字段.xlsx")
    other = fields(tmp_path / "字段.xlsx", template="机构信息表")
    assert other.path.name != "字段.xlsx" and other.findings


def test_the_bundled_sheets_can_be_used_as_they_are(tmp_path: Path) -> None:
    for name in bundled():
        made = new(tmp_path / name, template=name)
        assert made.path.parent == tmp_path / name and not made.findings
    with pytest.raises(CannotDo) as refused:
        new(tmp_path / "x.xlsx", template="没有的表")
    assert "机构信息表" in refused.value.findings[0].advice


# --- any fields ---------------------------------------------------------------------------------

_LETTERS = st.sampled_from("政务公开单位姓名电话编号时间地点类别数量说明（）-/ABCxyz0129" + "丙丁戊")
_NAMES = st.text(_LETTERS, min_size=1, max_size=12).map(str.strip)
_WORDS = st.text(
    st.sampled_from(string.ascii_letters + "零一二三四五六七八九甲乙丙丁，。；、（）:-+=@'\"<&>% "), max_size=24
).map(lambda text: " ".join(text.split()))


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Any survey a sheet may ask for."""
    names = draw(st.lists(_NAMES, min_size=1, max_size=8, unique_by=essence))
    made = []
    for name in names:
        if not essence(name) or essence(name) in map(essence, ("编码", "序号", "问题")):
            continue
        kind = draw(st.sampled_from(FieldType))
        choices = draw(
            st.lists(
                st.text("红黄蓝绿甲乙丙丁abc12、", min_size=1, max_size=6), min_size=2, max_size=5, unique_by=essence
            )
        )
        kept = tuple(choice for choice in choices if essence(choice))
        if kind is FieldType.CHOICE and len(kept) < 2:
            kind = FieldType.TEXT
        offered = kept if kind is FieldType.CHOICE else ()
        made.append(Field(name, kind, draw(st.booleans()), offered, draw(_WORDS)))
    return Survey(tuple(made) or (Field("姓名"),), draw(st.booleans()), draw(_WORDS))


def value_of(draw: st.DrawFn, field: Field) -> Any:
    """Something a unit may write into a field, as it is meant."""
    match field.type:
        case FieldType.CHOICE | FieldType.FLAG:
            return draw(st.sampled_from(field.offered))
        case FieldType.NUMBER:
            return draw(st.integers(-(10**9), 10**9))
        case FieldType.DATE:
            return draw(st.dates(date(1950, 1, 1), date(2090, 1, 1)))
        case FieldType.PHONE:
            return f"010-6{draw(st.integers(1000000, 9999999))}"
        case FieldType.MOBILE:
            return f"139{draw(st.integers(10000000, 99999999))}"
        case FieldType.IDENTITY:
            return "11010519491231002X"
        case FieldType.EMAIL:
            return f"n{draw(st.integers(0, 999))}@example.gov.cn"
        case FieldType.URL:
            return f"www.example.gov.cn/{draw(st.integers(0, 999))}"
    return draw(
        st.text("红黄蓝绿甲乙丙丁abcXYZ 12，。（）", min_size=1, max_size=20).filter(lambda t: bool(essence(t)))
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(surveys())
def test_any_fields_are_written_and_read_back(survey: Survey) -> None:
    assert survey_of(sheet_of(survey)) == survey
    assert Survey.of_lines(survey.lines()) == survey
    assert all(is_hint(field.hint) for field in survey.fields)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(surveys(), st.data())
def test_any_fields_go_out_and_their_values_come_back(survey: Survey, data: st.DataObject) -> None:
    @st.composite
    def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
        count = draw(st.integers(1, 4)) if survey.many else 1
        return [{field.name: value_of(draw, field) for field in survey.fields} for _ in range(count)]

    typed = data.draw(rows())
    with TemporaryDirectory() as folder:
        county = County.make(Path(folder) / "县", 1, survey=survey)
        (unit,) = county.forms
        result = county.merge(county.send(county.parcel(unit, typed).files))
    shown = [{name: shown_as(value) for name, value in row.items()} for row in typed]
    assert rows_of(result, unit) == shown, told(result, unit)
    values = next(entry for entry in result["entries"] if entry["unit"] == unit)["rows"]
    assert all(value is not None for row in values for value in row["values"].values())


def shown_as(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()
