"""A small invented county: its notice, its register, its issued forms; and what comes back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from clerk.damages.sending import spreadsheet
from clerk.office import Office
from clerk.parcel import Damage, Parcel, Unfit
from toolkit.sample.answers import answer
from toolkit.sample.form import IssuedForm

ROUND = "2026年第三季度"
DUE = date(2026, 10, 10)
AS_OF = date(2026, 10, 12)
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
_DRAFTED = datetime(2026, 3, 2, 9)

GROUP = "各乡镇政府"

_FIRSTS = "青白丹紫金银翠碧霜露风云星月松竹梅兰荷菊"
_SECONDS = "禾石泉岭溪湾桥塘坪坡林洲"


def towns(count: int) -> list[str]:
    """Names of towns that do not exist."""
    names = [f"{first}{second}镇政府" for second in _SECONDS for first in _FIRSTS]
    if count > len(names):
        raise ValueError(count)
    return names[:count]


_SUBJECTS = (
    "村组道路",
    "饮水管网",
    "便民服务点",
    "农贸市场",
    "垃圾转运",
    "防汛物资",
    "养老驿站",
    "校车线路",
    "图书角",
    "卫生室",
)
_WORKS = ("排查整治", "提质改造", "台账更新", "满意度回访")
_ENDS = (
    "逐处登记，建立台账，整改一处销号一处。",
    "按照一处一策制定方案，公布责任人。",
    "每季度更新一次，并在公示栏公开。",
    "随机回访群众，意见当面答复。",
)


def tasks(count: int) -> list[tuple[str, str, str]]:
    """Chapter, title and requirement of invented tasks."""
    made = []
    for work, end in zip(_WORKS, _ENDS, strict=True):
        for subject in _SUBJECTS:
            made.append(
                (f"{'一二三四'[_WORKS.index(work)]}、{work}", f"{subject}{work}", f"对{subject}开展{work}，{end}")
            )
    step = len(made) / count
    return [made[int(index * step)] for index in range(count)]


def notice(count: int) -> bytes:
    """A notice as a table in a workbook: every task is done by every town."""
    rows: list[list[object]] = [["云溪县2026年民生小事任务分工表"]]
    rows.append(["序号", "工作任务", "具体要求", "责任单位", "完成时限"])
    chapter = ""
    for number, (heading, title, requirement) in enumerate(tasks(count), start=1):
        if heading != chapter:
            rows.append([heading])
            chapter = heading
        rows.append([number, title, requirement, GROUP, "2026年9月30日前"])
    return spreadsheet(rows, _DRAFTED)


def roster(names: Sequence[str]) -> bytes:
    """The register: the towns, each with a short name."""
    import io

    import openpyxl

    from toolkit.sample.packages import restamped

    book = openpyxl.Workbook()
    units = book.active
    assert units is not None
    units.title = "单位名录"
    units.append(["序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注"])
    for order, name in enumerate(names, start=1):
        units.append([order, name, alias(name), GROUP, None, None, None])
    groups = book.create_sheet("单位组")
    groups.append(["单位组", "成员", "依据"])
    groups.append([GROUP, "、".join(names), "虚构名录"])
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), _DRAFTED)


def alias(name: str) -> str:
    """The short name of a town."""
    return name.removesuffix("政府")


@dataclass
class World:
    """A plan and its issued forms in a folder."""

    folder: Path
    plan: Path
    issued: Path
    forms: list[dict[str, Any]]
    """``forms`` of the issue JSON."""

    @classmethod
    def make(cls, folder: Path, *, units: int, task_count: int) -> World:
        """The invented county with so many towns and tasks."""
        folder.mkdir(parents=True, exist_ok=True)
        source, register = folder / "通知.xlsx", folder / "单位名录.xlsx"
        source.write_bytes(notice(task_count))
        register.write_bytes(roster(towns(units)))
        return cls.of(folder, [source], register)

    @classmethod
    def of(cls, folder: Path, notices: Sequence[Path], register: Path) -> World:
        """Draft notices with a register and issue the forms of a round."""
        from toolkit.draft import draft
        from toolkit.issue import issue

        plan = folder / "任务分工表.xlsx"
        draft(notices, plan, roster=register)
        result = issue(plan, folder / "下发", round=ROUND, due=DUE, roster=register)
        return cls(folder, plan, folder / "下发", result.to_json()["forms"])

    def parcels(self, seed: str, *, own_folders: bool = True) -> list[Parcel]:
        """Every unit's form, filled well."""
        made = []
        for form in self.forms:
            rng = Random(f"{seed}:{form['unit']}")
            path = self.issued / form["path"]
            blank = path.read_bytes()
            asked = IssuedForm(blank).tasks
            answers = {task.code: answer(task, rng, FIRST, LAST) for task in asked}
            for code in [code for code in answers if len(answers) > 4 and rng.random() < 0.03]:
                del answers[code]
            saved = datetime.combine(
                DUE - timedelta(days=rng.randint(1, 9)), time(rng.randint(1, 9), rng.randrange(60))
            )
            folder = f"{form['unit']}/" if own_folders else ""
            made.append(Parcel(form["unit"], path.name, blank, answers, saved, rng, alias(form["unit"]), folder))
        return made

    def send(self, parcels: Iterable[Parcel], name: str) -> Path:
        """Write what was sent below a new folder of returns."""
        returns = self.folder / name
        returns.mkdir(parents=True)
        for parcel in parcels:
            for path, data in parcel.files.items():
                target = returns / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        return returns

    def merge(self, returns: Path, **options: Any) -> dict[str, Any]:
        """The merge JSON of a folder of returns."""
        from toolkit.merge import merge

        out = self.folder / f"{returns.name}-汇总" / "汇总表.xlsx"
        result = merge([returns], self.plan, out, **{"round": ROUND, "as_of": AS_OF} | options)
        return json.loads(json.dumps(result.to_json()))


@dataclass
class Plight:
    """A parcel and the damages that are to happen to it."""

    parcel: Parcel
    damages: list[Damage]
    unfit: str = ""
    waiting: list[Damage] = field(default_factory=list)


def suffer(plights: Sequence[Plight], office: Office | None) -> None:
    """Let every parcel suffer its damages in the order of their stages; conversions go to LibreOffice in batches.

    A plight that cannot be (the second damage finds nothing to damage) says so in ``unfit``.
    """
    for plight in plights:
        plight.waiting = sorted(plight.damages, key=lambda damage: damage.stage)
    while True:
        for plight in plights:
            _until_conversion(plight)
        batches: dict[str, list[Plight]] = {}
        for plight in plights:
            if plight.waiting and not plight.unfit:
                batches.setdefault(plight.waiting[0].convert, []).append(plight)
        if not batches:
            return
        if office is None:
            raise RuntimeError("LibreOffice is not installed")
        for target, batch in sorted(batches.items()):
            converted = office.convert([(plight.parcel.data, _ending(plight.parcel.data)) for plight in batch], target)
            for plight, data in zip(batch, converted, strict=True):
                if data is None:
                    plight.unfit = f"LibreOffice cannot save it as {target}"
                    continue
                plight.parcel.data = data
                damage = plight.waiting.pop(0)
                damage.apply(plight.parcel)
                plight.parcel.damages.append(damage.name)


def _until_conversion(plight: Plight) -> None:
    try:
        while plight.waiting and not plight.unfit:
            damage = plight.waiting[0]
            if damage.prepare is not None:
                damage.prepare(plight.parcel)
            if damage.convert:
                if plight.parcel.bound:
                    raise Unfit("a value would show differently")
                _ending(plight.parcel.data)
                return
            damage.apply(plight.parcel)
            plight.parcel.damages.append(damage.name)
            plight.waiting.pop(0)
    except Unfit as reason:
        plight.unfit = str(reason) or "unfit"


def _ending(data: bytes) -> str:
    """The true ending of a form that LibreOffice can open."""
    if data.startswith(b"PK"):
        head = data[:200]
        if b"opendocument" in head:
            return ".ods"
        return ".docx" if b"word/" in data else ".xlsx"
    if data.startswith(b"\xd0\xcf\x11\xe0") and b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" not in data:
        return ".xls"
    raise Unfit("no spreadsheet any more")
