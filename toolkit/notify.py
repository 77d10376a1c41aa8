"""反馈: from a summary to the feedback documents, in folders by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit import bulletins, settings
from toolkit.bulletins import Bulletin
from toolkit.findings import output as found
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.workbooks import summary_book


@dataclass(frozen=True, slots=True)
class NotifyResult:
    """What :func:`notify` wrote."""

    folder: Path
    bulletins: tuple[Bulletin, ...]
    """The documents; when every kind was asked for, also an archive a unit and the sheet for mail merge."""
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
        said = "、".join(f"{kind} {counts[kind]} 份" for kind in bulletins.KINDS if counts[kind])
        lines = [f"已生成{said}，在 {self.folder}。"]
        if counts[bulletins.ARCHIVE]:
            lines.append(f"已按单位打包 {counts[bulletins.ARCHIVE]} 个，并写好邮件合并用表；程序不会发送任何邮件。")
        return lines + [finding.message + finding.advice for finding in self.findings]


def notify(
    summary: Path,
    out: Path,
    *,
    kinds: Sequence[str] = (),
    as_of: date | None = None,
    progress: Progress = no_progress,
) -> NotifyResult:
    """Write the feedback documents of a summary into a folder.

    ``kinds`` are some of :data:`toolkit.bulletins.KINDS`; when empty, all are written and packed for mailing.
    ``as_of`` is the day lateness is counted to, else the day of the summary.  Raises
    :class:`~toolkit.findings.CannotDo` when the summary or a template cannot be read.
    """
    home = working_folder(summary)
    collection, chosen = summary_book.read_with(summary, settings.load(home))
    if as_of is not None:
        collection = replace(collection, as_of=as_of)
    written = bulletins.write(collection, out, kinds, settings=chosen, beside=home, progress=progress)
    if not kinds:
        written += bulletins.prepare(collection, written, out)
    findings = tuple(
        found.EDITED_KEPT.at(name=bulletin.kept.name, new=bulletin.path.name) for bulletin in written if bulletin.kept
    )
    return NotifyResult(out, tuple(written), findings)


def working_folder(summary: Path) -> Path:
    """Where settings and the office's templates lie: two above 汇总/填报期/汇总表.xlsx, else beside the summary."""
    folder = summary.resolve().parent
    return folder.parent.parent if folder.parent.name == "汇总" else folder
