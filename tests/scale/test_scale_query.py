"""Beyond a sheet's rows the entries are Parquet; questions in SQL see them, or the workbook, and nothing else."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from factory import make_collection

from toolkit import cli
from toolkit.findings import CannotDo
from toolkit.housekeeping.query import query
from toolkit.model import Collection
from toolkit.workbooks import summary_book
from toolkit.workbooks.summary.limits import Limits

COUNT = "SELECT 单位, count(*) FROM 明细 GROUP BY 单位 ORDER BY 单位"


@pytest.fixture
def collection() -> Collection:
    made = make_collection(6, 5)
    first, *rest = made.entries
    return replace(made, entries=(replace(first, progress="=1+1", done_on=date(2025, 9, 1)), *rest))


@pytest.fixture(params=["workbook", "parquet"])
def summary(collection: Collection, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The same round, small enough for a sheet or not."""
    path = tmp_path / "汇总表.xlsx"
    limits = Limits() if request.param == "workbook" else Limits(rows=112)
    noticed = summary_book.write(collection, path, limits=limits)
    assert [finding.code for finding in noticed] == (["output.rows-to-parquet"] if request.param == "parquet" else [])
    return path


def codes(refused: pytest.ExceptionInfo[CannotDo]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_both_names_of_tables_and_columns_give_every_entry(collection: Collection, summary: Path) -> None:
    told = query("SELECT task, unit, status, progress, done_on FROM entries", summary)
    shown = query("SELECT 编码, 单位, 完成情况, 进展说明, 完成日期 FROM 明细", summary)
    assert told.rows == shown.rows
    assert shown.columns == ("编码", "单位", "完成情况", "进展说明", "完成日期")
    assert [row[:2] for row in told.rows] == [(entry.task, entry.unit) for entry in collection.entries]
    assert [row[3] for row in told.rows] == [entry.progress for entry in collection.entries]
    assert [row[4] for row in told.rows] == [entry.done_on for entry in collection.entries]


def test_findings_files_and_units_can_be_asked(collection: Collection, summary: Path) -> None:
    (counts,) = query(
        "SELECT (SELECT count(*) FROM findings), (SELECT count(*) FROM files), (SELECT count(*) FROM units)", summary
    ).rows
    assert counts == (len(collection.findings), len(collection.files), len(collection.units))
    worst = query("SELECT 问题 FROM 问题 WHERE 级别 = '错误'", summary).rows
    assert {text for (text,) in worst} == {f.message for f in collection.findings if f.severity.label == "错误"}


def test_the_one_summary_below_a_folder_is_found(summary: Path) -> None:
    assert query(COUNT, summary.parent).rows == query(COUNT, summary).rows
    (summary.parent / "二").mkdir()
    (summary.parent / "二" / "汇总表.xlsx").write_bytes(summary.read_bytes())
    with pytest.raises(CannotDo) as refused:
        query(COUNT, summary.parent)
    assert codes(refused) == ["command.query-which"]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT * FROM '{secret}'", "command.query-failed"),
        ("SELECT * FROM read_csv('{secret}')", "command.query-failed"),
        ("SELECT * FROM read_text('{secret}')", "command.query-failed"),
        ("SELECT * FROM glob('{folder}/*')", "command.query-failed"),
        ("COPY entries TO '{folder}/out.csv'", "command.query-not-select"),
        ("INSTALL httpfs", "command.query-not-select"),
        ("SET enable_external_access = true", "command.query-not-select"),
        ("DROP VIEW 明细", "command.query-not-select"),
        ("SELECT 1; SELECT 2", "command.query-not-select"),
        ("SELECT nothing FROM nowhere", "command.query-failed"),
        ("SELEC", "command.query-failed"),
        ("", "command.query-not-select"),
    ],
)
def test_nothing_else_is_read_and_nothing_is_changed(sql: str, code: str, summary: Path) -> None:
    secret = summary.with_name("秘密.csv")
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in summary.parent.iterdir()}
    with pytest.raises(CannotDo) as refused:
        query(sql.format(secret=secret, folder=summary.parent), summary)
    assert codes(refused) == [code]
    assert refused.value.findings[0].advice
    assert {path: path.read_bytes() for path in summary.parent.iterdir()} == before


def test_the_answer_becomes_a_workbook_or_csv_in_which_text_stays_text(summary: Path, tmp_path: Path) -> None:
    sql = "SELECT 进展说明, 完成日期, 1.5 AS 比 FROM 明细 WHERE 进展说明 LIKE '=%'"
    book = query(sql, summary, out=tmp_path / "结果.xlsx")
    assert book.files == (tmp_path / "结果.xlsx",)
    rows = list(openpyxl.load_workbook(tmp_path / "结果.xlsx").active.iter_rows(values_only=True))
    assert rows == [("进展说明", "完成日期", "比"), ("=1+1", "2025-09-01", 1.5)]
    query(sql, summary, out=tmp_path / "结果.csv")
    assert (tmp_path / "结果.csv").read_text("utf-8-sig").splitlines()[1].startswith("'=1+1,2025-09-01")
    with pytest.raises(CannotDo) as refused:
        query(sql, summary, out=tmp_path / "结果.docx")
    assert codes(refused) == ["command.query-ending"]


def test_without_duckdb_the_clerk_is_told_what_to_do(summary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(CannotDo) as refused:
        query(COUNT, summary)
    assert codes(refused) == ["command.no-duckdb"]
    assert "fengong[scale]" in refused.value.findings[0].advice


def test_the_command_prints_rows_and_counts(summary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", COUNT, str(summary)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("单位\t")
    assert lines[-1] == "共 6 行。"
    assert cli.run(["query", "SELECT 1", str(summary), "--json", "-"]) == 0
    assert '"columns"' in capsys.readouterr().out


def test_the_sheet_without_rows_says_where_they_are(collection: Collection, tmp_path: Path) -> None:
    path = tmp_path / "汇总表.xlsx"
    (noticed,) = summary_book.write(collection, path, limits=Limits(rows=112))
    names = [file.name for file in sorted(tmp_path.glob("*.parquet"))]
    assert names == sorted(f"汇总表_{word}.parquet" for word in ("明细", "问题", "来源", "单位"))
    assert all(name in noticed.message for name in names)
    sheet = openpyxl.load_workbook(path)["明细"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("共 30 行" in str(text) and "汇总表_明细.parquet" in str(text) for text in texts)
    assert not any(entry.progress and entry.progress in map(str, texts) for entry in collection.entries)
    with pytest.raises(CannotDo) as refused:
        summary_book.read(path)
    assert codes(refused) == ["output.summary-apart"]


def test_the_same_round_gives_the_same_parquet_bytes(collection: Collection, tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        summary_book.write(collection, tmp_path / name / "汇总表.xlsx", limits=Limits(rows=112))
    for file in (tmp_path / "甲").iterdir():
        assert file.read_bytes() == (tmp_path / "乙" / file.name).read_bytes()
