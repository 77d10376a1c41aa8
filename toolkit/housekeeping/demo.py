"""演示: the whole chain on the bundled notice of an invented city, under a fixed date."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit import figures
from toolkit.desk import PLAN_NAME, ROSTER_NAME
from toolkit.draft import draft
from toolkit.issue import issue
from toolkit.merge import merge
from toolkit.model import Collection, Finding, Json, Progress, UnitState, no_progress
from toolkit.notify import notify
from toolkit.outputs import write_bytes
from toolkit.resources import template
from toolkit.sample.build import NOTICE, ROSTER
from toolkit.sample.round import AS_OF, DUE, ROUND, fill_round

_FOLDER = Path("demo")
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """One file of the demo's folder."""

    path: Path
    kind: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo wrote, and the figures a clerk asks first."""

    folder: Path
    made: tuple[Made, ...]
    collection: Collection
    """What the merge put together."""
    findings: tuple[Finding, ...] = ()
    """Always empty: the faults planted in the sample stand in the summary and are not held against the demo."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was written."""
        return tuple(made.path for made in self.made)

    def to_json(self) -> Json:
        """The demo JSON of the contract; paths are relative to the folder."""
        return {
            "files": [
                {"path": made.path.relative_to(self.folder).as_posix(), "kind": made.kind, "unit": made.unit}
                for made in self.made
            ]
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        places: dict[Path, dict[str, int]] = {}
        single = [made for made in self.made if made.path.parent == self.folder or made.kind == "汇总表"]
        for made in self.made:
            if made not in single:
                home = self.folder / Path(*made.path.relative_to(self.folder).parts[:2])
                kinds = places.setdefault(home, {})
                kinds[made.kind] = kinds.get(made.kind, 0) + 1
        lines = [f"{made.kind}：{made.path}" for made in single]
        for home, kinds in places.items():
            lines.append("、".join(f"{kind} {count} 份" for kind, count in kinds.items()) + f"：{home}")
        return lines + self._figures()

    def _figures(self) -> list[str]:
        """What a clerk asks first: 已报/未报单位, 完成率, 问题数."""
        absent = (UnitState.MISSING, UnitState.REJECTED)
        missing = [report.unit for report in self.collection.units if report.state in absent]
        total = figures.compute(self.collection).total
        named = f"（{'、'.join(missing)}）" if missing else ""
        return [
            f"已报 {len(self.collection.units) - len(missing)} 个单位，未报 {len(missing)} 个单位{named}",
            f"完成率 {total.completion or 0:.1%}（{total.done}/{total.counted} 项）",
            f"问题 {len(self.collection.findings)} 条，见汇总表的“问题清单”",
        ]


def demo(out: Path | None = None, *, progress: Progress = no_progress) -> DemoResult:
    """Run draft, issue, pretend clerks, merge and notify on the bundled notice.

    ``out`` is the working folder, ``demo`` in the current folder when it is ``None``; the same bytes are written
    wherever it lies.
    """
    folder = (out or _FOLDER).resolve()
    notice, roster, plan = folder / "示例通知.docx", folder / ROSTER_NAME, folder / PLAN_NAME
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template(NOTICE), notice)
    shutil.copyfile(template(ROSTER), roster)

    progress(0, _STEPS, "拟表")
    draft([notice], plan, roster=roster)
    progress(1, _STEPS, "下发")
    issued = issue(plan, folder / "下发" / ROUND, round=ROUND, due=DUE, roster=roster)
    listed = [Made(issued.listed, "下发清单")] if issued.listed else []
    forms = [Made(issued.folder / form.path, "填报表", form.unit) for form in issued.forms]
    progress(2, _STEPS, "填报")
    returns = folder / "回收" / ROUND
    returned = list(_fill(forms, returns))
    progress(3, _STEPS, "汇总")
    merged = merge([returns], plan, folder / "汇总" / ROUND / "汇总表.xlsx", round=ROUND, roster=roster, as_of=AS_OF)
    progress(4, _STEPS, "反馈")
    told = notify(merged.summary, folder / "反馈" / ROUND, as_of=AS_OF)
    progress(_STEPS, _STEPS, "")

    made = [
        Made(notice, "通知"),
        Made(roster, "单位名录"),
        Made(plan, "任务分工表"),
        *listed,
        *forms,
        *returned,
        Made(merged.summary, "汇总表"),
        *(Made(bulletin.path, bulletin.kind, bulletin.unit) for bulletin in told.bulletins),
    ]
    return DemoResult(folder, tuple(made), merged.collection)


def _fill(forms: Sequence[Made], returns: Path) -> Iterator[Made]:
    """Let the pretend clerks fill the forms, and write what they send."""
    for sent in fill_round((form.unit or "", form.path.name, form.path.read_bytes()) for form in forms):
        for name, data in sent.files.items():
            write_bytes(returns / name, data)
            yield Made(returns / name, "回收表", sent.unit)
