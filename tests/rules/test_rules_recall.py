"""Each rule finds its planted faults (recall ≥ 0.98) and leaves clean answers alone (false alarms ≤ 0.01)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from rules_campaign import AS_OF, UNITS, clean_campaign, clean_text, with_entries

from toolkit import rules
from toolkit.findings import rules as found
from toolkit.model import Collection, Entry, Role
from toolkit.rules import RULES

PLANTED = 60
SEEDS = (11, 2026)

Plant = Callable[[random.Random, Entry, Collection], Entry]


def _done(entry: Entry, **changes: object) -> Entry:
    return replace(entry, status="已完成", status_text="已完成", **changes)  # type: ignore[arg-type]


def _ongoing(entry: Entry, **changes: object) -> Entry:
    changes = {"done_on": None, "done_on_text": "", **changes}
    return replace(entry, status="推进中", status_text="推进中", **changes)  # type: ignore[arg-type]


def _requirement(entry: Entry, collection: Collection) -> str:
    task = collection.plan.task(entry.task)
    assert task is not None
    return task.requirement


def _near(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text))
    return rng.choice(["我局", "", "经研究，"]) + text[:place] + rng.choice("已经的并和") + text[place:]


EMPTY = "已按要求落实|无|同上|已完成|按要求完成。|已按照上级要求认真落实到位|正常开展|见附件|已落实|按时完成，效果良好"
HIDDEN = ["绝密", "机密", "内部资料", "不予公开"]
UNDONE_WORDS = [
    "目前尚未完成验收",
    "正在组织编制",
    "预计明年3月完成",
    "该项目还未启动",
    "完成率60%",
    "计划12月底前完成",
    "材料正在起草",
    "仍未公开",
]
NUMBERS = {
    "手机号": ["13912345678", "158 0000 1234", "１３６１２３４５６７８"],
    "身份证号": ["110101199003072316", "320102198512120023"],
    "银行卡号": ["6222021234567890128", "6228480402564890018"],
    "电子邮箱": ["zhang.san@example.com"],
}
FORMULAS = ["=SUM(A1:A3)", "+cmd|' /C calc'!A0", "@import", "-abs(1)"]

PLANTS: dict[str, Plant] = {
    found.NO_STATUS.code: lambda rng, e, c: replace(e, status=None, status_text=""),
    found.NO_PROGRESS.code: lambda rng, e, c: _done(e, progress=rng.choice(["", "  "])),
    found.NO_EVIDENCE.code: lambda rng, e, c: _done(e, evidence=rng.choice(["", "无", "/"])),
    found.DONE_ON_FUTURE.code: lambda rng, e, c: _done(e, done_on=AS_OF + timedelta(days=rng.randrange(1, 400))),
    found.DONE_ON_EARLY.code: lambda rng, e, c: _done(e, done_on=c.plan.issued_on - timedelta(rng.randrange(1, 900))),  # type: ignore[operator]
    found.DONE_ON_UNREADABLE.code: lambda rng, e, c: _done(e, done_on=None, done_on_text=rng.choice(["近期", "31/31"])),
    found.DONE_ON_UNDONE.code: lambda rng, e, c: _ongoing(e, done_on=AS_OF, done_on_text=AS_OF.isoformat()),
    found.CONTRADICTION.code: lambda rng, e, c: _done(e, progress=f"{clean_text(rng)}{rng.choice(UNDONE_WORDS)}。"),
    "rules.contradiction ": lambda rng, e, c: replace(
        e,
        status="未启动",
        status_text="未启动",
        done_on=None,
        done_on_text="",
        progress=rng.choice(
            ["已全部完成整改", "已完成该项任务，并通过验收", "任务已办结", "已召开专题会议，已印发实施方案"]
        ),
    ),
    "rules.contradiction  ": lambda rng, e, c: _ongoing(
        e, progress=rng.choice(["该项工作已全部完成。", "已按期完成全部任务，资料已归档", "任务已完成，群众满意"])
    ),
    found.EMPTY_WORDS.code: lambda rng, e, c: _done(e, progress=rng.choice(EMPTY.split("|"))),
    found.NUMBER_MISSING.code: lambda rng, e, c: _done(
        e,
        progress=f"在{rng.choice(UNITS)}协助下建立检查制度并向社会公布，群众反映良好{rng.choice('。！；')}",
        evidence="网站截图",
    ),
    found.COPY_REQUIREMENT.code: lambda rng, e, c: replace(
        e, progress=rng.choice(["", "已", "我局"]) + _requirement(e, c)
    ),
    found.PERSONAL_DATA.code: lambda rng, e, c: replace(
        e, progress=e.progress + "联系人王明" + rng.choice(NUMBERS[rng.choice(sorted(NUMBERS))])
    ),
    found.UNPUBLISHED_WORDS.code: lambda rng, e, c: replace(e, progress=e.progress + f"（{rng.choice(HIDDEN)}）"),
    found.POSTPONE_INCOMPLETE.code: lambda rng, e, c: replace(
        e,
        status="申请延期",
        status_text="申请延期",
        done_on=None,
        done_on_text="",
        progress=rng.choice(["", "申请延期", "请予批准"]),
    ),
    found.POSTPONE_DECIDE.code: lambda rng, e, c: replace(
        e,
        status="申请延期",
        status_text="申请延期",
        done_on=None,
        done_on_text="",
        progress="因设备未到位，申请延期至明年3月底",
    ),
    found.NOT_CONCERNED_DECIDE.code: lambda rng, e, c: replace(
        e, status="不涉及", status_text="非本单位职责", done_on=None, done_on_text="", progress="职责已划转"
    ),
    found.TOO_LONG.code: lambda rng, e, c: replace(e, progress="".join(clean_text(rng) for _ in range(12))),
    found.FORMULA_LIKE.code: lambda rng, e, c: replace(e, remark=rng.choice(FORMULAS)),
}


@pytest.fixture(scope="module", params=SEEDS)
def clean(request: pytest.FixtureRequest) -> tuple[int, Collection]:
    return request.param, clean_campaign(request.param)


def test_clean_answers_are_left_alone(clean: tuple[int, Collection]) -> None:
    seed, collection = clean
    assert len(collection.entries) >= 500
    alarms: dict[str, int] = {}
    for finding in rules.run(collection):
        alarms[finding.code] = alarms.get(finding.code, 0) + 1
    print(f"seed {seed}: {len(collection.entries)} clean answers, alarms {alarms}")
    for code, count in alarms.items():
        assert count <= 0.01 * len(collection.entries), (code, count)


@pytest.mark.parametrize("code", PLANTS)
def test_planted_faults_are_found(code: str, clean: tuple[int, Collection]) -> None:
    seed, collection = clean
    rng = random.Random(f"{seed} {code}")
    places = rng.sample(range(len(collection.entries)), PLANTED)
    planted = with_entries(
        collection, {place: PLANTS[code](rng, collection.entries[place], collection) for place in places}
    )
    faulty = {(planted.entries[place].unit, planted.entries[place].task) for place in places}
    hit = {(f.unit, f.task) for f in rules.run(planted) if f.code == code.strip()}
    print(f"seed {seed} {code}: found {len(hit & faulty)}/{len(faulty)}, others {len(hit - faulty)}")
    assert len(hit & faulty) >= 0.98 * len(faulty)
    assert len(hit - faulty) <= 0.01 * len(collection.entries)


@pytest.mark.parametrize(("code", "same_unit"), [(found.COPY_WITHIN.code, True), (found.COPY_ACROSS.code, False)])
def test_copied_wording_is_found_on_both_sides(code: str, same_unit: bool, clean: tuple[int, Collection]) -> None:
    seed, collection = clean
    rng = random.Random(f"{seed} {code}")
    places = list(range(len(collection.entries)))
    rng.shuffle(places)
    changed: dict[int, Entry] = {}
    pairs = []
    while len(pairs) < PLANTED:
        one = places.pop()
        entry = collection.entries[one]
        other = next(p for p in places if (collection.entries[p].unit == entry.unit) is same_unit)
        places.remove(other)
        changed[other] = replace(collection.entries[other], progress=_near(rng, entry.progress))
        pairs.append((one, other))
    planted = with_entries(collection, changed)
    hit = {(f.unit, f.task) for f in rules.run(planted) if f.code == code}
    sides = {(planted.entries[p].unit, planted.entries[p].task) for pair in pairs for p in pair}
    print(f"seed {seed} {code}: found {len(hit & sides)}/{len(sides)}, others {len(hit - sides)}")
    assert len(hit & sides) >= 0.98 * len(sides)
    assert len(hit - sides) <= 0.01 * len(collection.entries)


def test_wording_of_last_round_is_found(clean: tuple[int, Collection]) -> None:
    seed, collection = clean
    rng = random.Random(seed)
    copied = set(rng.sample(range(len(collection.entries)), PLANTED))
    previous = {
        (e.task, e.unit): replace(e, progress=_near(rng, e.progress) if place in copied else clean_text(rng))
        for place, e in enumerate(collection.entries)
    }
    hit = {(f.unit, f.task) for f in rules.run(collection, previous=previous) if f.code == found.COPY_PREVIOUS.code}
    faulty = {(collection.entries[place].unit, collection.entries[place].task) for place in copied}
    assert len(hit & faulty) >= 0.98 * PLANTED and len(hit - faulty) <= 0.01 * len(collection.entries)


def test_every_undone_entry_is_overdue_or_due_soon(clean: tuple[int, Collection]) -> None:
    _, collection = clean
    undone = {(e.unit, e.task) for e in collection.entries if e.status == "推进中"}
    for as_of, code in ((collection.round.due, found.DUE_SOON.code), (AS_OF + timedelta(30), found.OVERDUE.code)):
        assert as_of is not None
        hit = {(f.unit, f.task) for f in rules.run(replace(collection, as_of=as_of)) if f.code == code}
        assert hit == undone


def test_a_lead_that_is_done_before_the_others_is_one_line(clean: tuple[int, Collection]) -> None:
    _, collection = clean
    task = collection.plan.tasks[0].code
    entries = tuple(
        replace(e, role=Role.LEAD, status="已完成")
        if e.task == task and e.unit == UNITS[0]
        else replace(e, status="推进中")
        if e.task == task
        else e
        for e in collection.entries
    )
    (finding,) = [f for f in rules.run(replace(collection, entries=entries)) if f.code == found.DISAGREE.code]
    assert finding.unit == UNITS[0] and finding.task == task and UNITS[1] in finding.message


def test_a_missing_signer_is_noted_once_a_unit(clean: tuple[int, Collection]) -> None:
    _, collection = clean
    units = (replace(collection.units[0], reporter="", phone=" "), *collection.units[1:])
    (finding,) = [f for f in rules.run(replace(collection, units=units)) if f.code == found.NO_SIGNER.code]
    assert "填报人" in finding.message and "联系电话" in finding.message and "审核人" not in finding.message


def test_every_rule_is_documented_and_every_kind_belongs_to_one() -> None:
    kinds = [kind for rule in RULES for kind in rule.kinds]
    assert {kind.code for kind in kinds if kinds.count(kind) > 1} == {found.CONTRADICTION.code}, (
        "a contradiction may be told by the words alone or by the calendar"
    )
    assert all(rule.doc for rule in RULES)
    from toolkit.findings import catalogue

    assert {kind.code for kind in kinds} == {code for code in catalogue() if code.startswith("rules.")}
