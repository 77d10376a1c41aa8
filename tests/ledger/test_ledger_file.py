"""The ledger as a file: append-only, brought up to date, refused when damaged or too new."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from factory import make_collection

from toolkit import ledger as ledgers
from toolkit import plain
from toolkit.findings import CannotDo
from toolkit.ledger import book, schema
from toolkit.model import Correction, Decision, Entry, Plan, Roster, Round, Verdict
from toolkit.survey import Filled

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert ledgers.create(tmp_path)
    return tmp_path


def keep(folder: Path, collection: object) -> tuple[int, int]:
    with (
        ledgers.writing(folder, "甲", NOW, seconds=1) as ledger,
        ledger.event(NOW, "甲", "汇总", "2025年第四季度") as record,
    ):
        changed: tuple[int, int] = record.collected(collection)  # type: ignore[arg-type]
        record.what = "汇总"
    return changed


def test_what_is_kept_comes_back_whole(folder: Path) -> None:
    collection = make_collection(12, 8)
    with ledgers.writing(folder, "甲", NOW, seconds=1) as ledger, ledger.event(NOW, "甲", "下发") as record:
        assert record.plan(collection.plan) and record.roster(collection.roster)
        assert record.round_opened(collection.round) and not record.round_opened(collection.round)
    keep(folder, collection)
    with ledgers.reading(folder) as ledger:
        assert ledger.plan() == collection.plan and ledger.roster() == collection.roster
        assert ledger.rounds() == [collection.round]
        assert tuple(ledger.entries(collection.round.name).values()) == collection.entries
        assert set(ledger.findings(collection.round.name)) == set(collection.findings)
        assert [record.path for record in ledger.files(collection.round.name)] == [f.path for f in collection.files]


def test_only_what_differs_is_added(folder: Path) -> None:
    collection = make_collection(12, 8)
    assert keep(folder, collection) == (len(collection.files), len(collection.entries))
    size = (folder / "台账.db").stat().st_size
    assert keep(folder, collection) == (0, 0)
    assert (folder / "台账.db").stat().st_size == size


def test_nothing_can_be_changed_or_deleted(folder: Path) -> None:
    keep(folder, make_collection(3, 3))
    for table in schema.KEPT:
        connection = sqlite3.connect(folder / "台账.db")
        rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
            if rows:
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    connection.execute(statement)
        connection.close()


def test_an_event_that_fails_leaves_nothing(folder: Path) -> None:
    with (
        ledgers.writing(folder, "甲", NOW, seconds=1) as ledger,
        pytest.raises(ZeroDivisionError),
        ledger.event(NOW, "甲", "审核", "某期") as record,
    ):
        record.decision(Decision("T1", "甲局", Verdict.ACCEPTED))
        raise ZeroDivisionError
    with ledgers.reading(folder) as ledger:
        assert ledger.events() == [] and ledger.decided("某期") == {}


def test_the_last_decision_and_every_correction_count(folder: Path) -> None:
    with ledgers.writing(folder, "甲", NOW, seconds=1) as ledger:
        for verdict in (Verdict.CLOSED, None):
            with ledger.event(NOW, "甲", "审核", "某期") as record:
                record.decision(Decision("T1", "甲局", verdict))
                record.correction(Correction("T1", "甲局", "status", "推进中", str(verdict), "电话"))
    with ledgers.reading(folder) as ledger:
        assert ledger.decided("某期") == {} and set(ledger.decided("某期", until=1)) == {("T1", "甲局")}
        assert ledger.closed(["某期"]) == {}
        assert [c.on for c in ledger.corrections("某期")] == [date(2026, 1, 5)] * 2


def test_rounds_stand_in_the_order_of_time(folder: Path) -> None:
    with ledgers.writing(folder, "甲", NOW, seconds=1) as ledger:
        for name in ("2026年第二季度", "2025年12月", "2026年1月", "专项第1期"):
            with ledger.event(NOW, "甲", "下发", name) as record:
                record.round_opened(Round(name, date(2026, 2, 1) if name.startswith("专项") else None))
    with ledgers.reading(folder) as ledger:
        assert [r.name for r in ledger.rounds()] == ["2025年12月", "2026年1月", "专项第1期", "2026年第二季度"]
        assert [r.name for r in ledger.rounds_before("2026年1月")] == ["2025年12月"]
        assert [r.name for r in ledger.rounds_before("2026年2月")] == ["专项第1期", "2026年1月", "2025年12月"]


def test_an_older_ledger_is_brought_up_to_date_after_a_copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, make_collection(3, 3))
    copy = f"第{len(schema.MIGRATIONS)}版备份"
    later = "ALTER TABLE event ADD COLUMN why TEXT NOT NULL DEFAULT '';"
    monkeypatch.setattr(book, "MIGRATIONS", (*schema.MIGRATIONS, later))
    with ledgers.reading(folder) as ledger:
        assert ledger.upgraded is not None and copy in ledger.upgraded.message
        assert len(ledger.events()) == 1
    assert (folder / f"台账（{copy}）.db").is_file()
    with ledgers.reading(folder) as ledger:
        assert ledger.upgraded is None
    monkeypatch.undo()
    with pytest.raises(CannotDo) as refusal, ledgers.reading(folder):
        pass
    assert [finding.code for finding in refusal.value.findings] == ["ledger.too-new"]


def test_a_ledger_from_before_surveys_keeps_its_entries_and_takes_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "MIGRATIONS", schema.MIGRATIONS[:1])
    ledgers.create(tmp_path)
    with closing(sqlite3.connect(tmp_path / "台账.db")) as old, old:
        old.execute("INSERT INTO event VALUES (1, '2026-01-05T09:00:00', '甲', '汇总', '2026年1月', '')")
        texts = ("T1", "甲局", 1, "lead", "1", "reported", "推进中", "推进中", "办理3件。", "", "", "", "", "[]")
        marks = ", ".join("?" * len(texts))
        old.execute(f"INSERT INTO entry VALUES (1, 1, '2026年1月', {marks})", texts)
    monkeypatch.undo()
    with ledgers.writing(tmp_path, "甲", NOW, seconds=1) as ledger:
        (before,) = ledger.entries("2026年1月").values()
        assert (before.status, before.progress, before.rows) == ("推进中", "办理3件。", ())
        filled = replace(before, rows=((Filled("联系人", "安明远", "安明远", "a.xlsx", "表", "C6"),),))
        with ledger.event(NOW, "甲", "汇总", "2026年1月") as record:
            record.entries([filled])
        assert list(ledger.entries("2026年1月").values()) == [filled]


def test_a_migration_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, make_collection(3, 3))
    monkeypatch.setattr(book, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (id INTEGER); SELECT broken;"))
    with pytest.raises(CannotDo), ledgers.reading(folder):
        pass
    monkeypatch.undo()
    with ledgers.reading(folder) as ledger:
        assert len(ledger.events()) == 1


@pytest.mark.parametrize("data", [b"", b"not a database at all, but long enough to be read as one" * 20])
def test_a_damaged_ledger_is_told(folder: Path, data: bytes) -> None:
    (folder / "台账.db").write_bytes(data)
    with pytest.raises(CannotDo) as refusal, ledgers.reading(folder):
        pass
    assert [finding.code for finding in refusal.value.findings] == ["ledger.damaged"]


def test_a_folder_without_a_ledger_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotDo) as refusal, ledgers.reading(tmp_path):
        pass
    assert [finding.code for finding in refusal.value.findings] == ["ledger.no-folder"]


def test_no_wal_for_network_drives(folder: Path) -> None:
    keep(folder, make_collection(3, 3))
    assert sorted(path.name for path in folder.iterdir()) == ["台账.db"]
    connection = sqlite3.connect(folder / "台账.db")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_dataclasses_go_to_json_and_back() -> None:
    collection = make_collection(6, 6)
    assert plain.load(Plan, plain.dump(collection.plan)) == collection.plan
    assert plain.load(Roster, plain.dump(collection.roster)) == collection.roster
    assert [plain.load(Entry, plain.dump(e)) for e in collection.entries] == list(collection.entries)
    with pytest.raises(TypeError):
        plain.dump({"a": 1}, dict[str, int])
    with pytest.raises((ValueError, TypeError)):
        plain.load(Plan, '["too short"]')
