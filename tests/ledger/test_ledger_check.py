"""A check in a working folder knows what the ledger knows, and leaves nothing in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger_office import Office, Said, codes_of, entry, everybody, one_off, plan_of, recurring

from toolkit.check import CheckResult, check

DUE = date(2026, 8, 5)
AFTER = date(2026, 8, 6)


def checked(office: Office, round: str) -> CheckResult:
    plan = office.folder / "任务分工表.xlsx"
    return check([office.folder / "回收" / round], plan=plan, round=round, as_of=AFTER, desk=office.desk())


def test_a_check_says_what_merging_will_say(tmp_path: Path) -> None:
    plan = plan_of([one_off(1, date(2026, 12, 31)), recurring(2, "每季度"), recurring(3, "每月")])
    office = Office.make(tmp_path / "台账", plan, 2)
    office.issue("2026年6月", date(2026, 7, 5))
    office.send_all("2026年6月", everybody(office, Said("推进中", "走访32户，登记问题6件。")))
    office.merge("2026年6月", date(2026, 7, 6))
    office.issue("2026年7月", DUE)
    asked = [code for code in office.codes if code != office.codes[1]]
    office.send("2026年7月", office.units[0], {code: Said("本期无变化") for code in asked})
    before = (office.folder / "台账.db").read_bytes()
    result = checked(office, "2026年7月")
    assert (office.folder / "台账.db").read_bytes() == before
    assert not list((office.folder / "汇总").glob("2026年7月/*"))
    merged = office.merge("2026年7月", AFTER)
    assert result.collection is not None
    assert result.collection.round == merged.collection.round
    assert result.collection.entries == merged.collection.entries
    assert codes_of(result) == codes_of(merged) - {"intake.unreported"}
    assert entry(merged, (office.codes[0], office.units[0])).status == "推进中"
    assert entry(merged, (office.codes[1], office.units[0])).carried == "2026年6月"
