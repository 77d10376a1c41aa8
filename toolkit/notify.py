"""反馈: from a summary to the feedback documents, in folders by unit."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit import bookkeeping, bulletins, gathering, keeping, marking, settings
from toolkit.bulletins import Bulletin
from toolkit.desk import RETURNS, SUMMARIES, Desk, plan_in
from toolkit.findings import CannotDo
from toolkit.findings import output as found
from toolkit.findings import survey as survey_found
from toolkit.model import Collection, Finding, Json, Progress, no_progress
from toolkit.outputs import safe_name
from toolkit.workbooks import summary_book

MARKED = "标注件"
"""Kind of a returned workbook that goes back with marks in it."""


@dataclass(frozen=True, slots=True)
class NotifyResult:
    """What :func:`notify` wrote."""

    folder: Path
    bulletins: tuple[Bulletin, ...]
    """The documents; when every kind was asked for, also marked workbooks, an archive a unit and the mailing sheet."""
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was written."""
        return tuple(bulletin.path for bulletin in self.bulletins)

    def to_json(self) -> Json:
        """The notify JSON of the contract; paths are relative to the folder."""
        return {
            "files": [
                {"path": b.path.relative_to(self.folder).as_posix(), "kind": b.kind, "unit": b.unit}
                for b in self.bulletins
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        if not self.bulletins:
            return ["没有需要反馈的内容。"]
        counts = Counter(bulletin.kind for bulletin in self.bulletins)
        kinds = (*bulletins.KINDS, MARKED)
        said = "、".join(f"{kind} {counts[kind]} 份" for kind in kinds if counts[kind])
        lines = [f"已生成{said}，在 {self.folder}。"]
        if counts[bulletins.ARCHIVE]:
            lines.append(f"已按单位打包 {counts[bulletins.ARCHIVE]} 个，并写好邮件合并用表；程序不会发送任何邮件。")
        return lines + [finding.message + finding.advice for finding in self.findings]


def notify(
    summary: Path,
    out: Path | None = None,
    *,
    kinds: Sequence[str] = (),
    as_of: date | None = None,
    accepted_only: bool = False,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> NotifyResult:
    """Write the feedback documents of a summary into a folder, 反馈/填报期 in a working folder (``desk``).

    ``kinds`` are some of :data:`toolkit.bulletins.KINDS`; when empty, all are written, the workbooks that go back are
    marked, and everything is packed for mailing.  ``as_of`` is the day lateness is counted to, else the day of the
    summary; with ``accepted_only`` the rates count only what the office accepted (已核, 销号).  Raises
    :class:`~toolkit.findings.CannotDo` when the summary or a template cannot be read.
    """
    home = desk.folder if desk else working_folder(summary)
    collection, chosen = summary_book.read_with(summary, settings.load(home))
    if as_of is not None:
        collection = replace(collection, as_of=as_of)
    if collection.plan.survey and (others := [kind for kind in kinds if kind not in bulletins.SURVEY_KINDS]):
        raise CannotDo(survey_found.NOT_FOR_SURVEYS.at(kinds="、".join(others)))
    with bookkeeping.opened(desk, chosen, progress) as books:
        folder = out or books.places.feedback(collection.round.name)
        written = bulletins.write(
            collection, folder, kinds, settings=chosen, beside=home, accepted_only=accepted_only, progress=progress
        )
        noticed: list[Finding] = []
        if not kinds:
            copies, noticed = _marked_copies(collection, home, written)
            written += copies
            written += bulletins.prepare(collection, written, folder)
        kept = [found.EDITED_KEPT.at(name=b.kept.name, new=b.path.name) for b in written if b.kept]
        result = NotifyResult(folder, tuple(written), (*noticed, *kept))
        books.noted("反馈", result.sentences()[0], round=collection.round.name)
    return result


def working_folder(summary: Path) -> Path:
    """Where settings and the office's templates lie: two above 汇总/填报期/汇总表.xlsx, else beside the summary."""
    folder = summary.resolve().parent
    return folder.parent.parent if folder.parent.name == SUMMARIES else folder


def _marked_copies(
    collection: Collection, home: Path, written: Sequence[Bulletin]
) -> tuple[list[Bulletin], list[Finding]]:
    """The returned workbooks with what is to be mended marked, each beside the 退回单 of its unit.

    They are read again from 回收/填报期 of the working folder; where that or the plan is not there, the 退回单 alone
    says what to mend.
    """
    returns = {b.unit: b.path.parent for b in written if b.kind == bulletins.RETURN and b.unit is not None}
    wanted = {f.path: f.unit for f in collection.findings if f.path and f.unit in returns}
    plan, came = plan_in(home), home / RETURNS / safe_name(collection.round.name)
    if not wanted or not plan.is_file() or not came.is_dir():
        return [], []
    try:
        ground = gathering.load_ground(plan, None)
        met = [item for item in gathering.meet([came]) if item.path in wanted]
        returned = gathering.read_all(met, ground)
        with tempfile.TemporaryDirectory(prefix="fengong-") as name:
            marked = marking.write_marked(met, returned, collection.findings, Path(name), no_progress)
            copies = []
            for path, unit in wanted.items():
                copy = marking.place_of(Path(name), path)
                if copy in marked.files and unit is not None:
                    target = returns[unit] / f"{copy.stem}（{MARKED}）{copy.suffix}"
                    placed = keeping.put(target, copy.read_bytes())
                    copies.append(Bulletin(MARKED, unit, placed.path, placed.kept))
    except CannotDo as refusal:
        return [], list(refusal.findings)
    return copies, list(marked.findings)
