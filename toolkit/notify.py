"""反馈: from a summary to the feedback documents, in folders by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit import bulletins, settings
from toolkit.bulletins import Bulletin, Mailing
from toolkit.findings import output as found
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.workbooks import summary_book


@dataclass(frozen=True, slots=True)
class NotifyResult:
    """What :func:`notify` wrote."""

    folder: Path
    bulletins: tuple[Bulletin, ...]
    mailing: Mailing | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that was written."""
        return (*(bulletin.path for bulletin in self.bulletins), *(self.mailing.files if self.mailing else ()))

    def to_json(self) -> Json:
        """The notify JSON of the contract, and how to mail the files; paths are relative to the folder."""

        def path(file: Path) -> str:
            return file.relative_to(self.folder).as_posix()

        mailing = self.mailing
        return {
            "files": [{"path": path(b.path), "kind": b.kind, "unit": b.unit} for b in self.bulletins],
            "mailing": {
                "sheet": path(mailing.sheet),
                "archives": [{"path": path(archive), "unit": unit} for unit, archive in mailing.archives],
            }
            if mailing
            else None,
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        counts: dict[str, int] = {}
        for bulletin in self.bulletins:
            counts[bulletin.kind] = counts.get(bulletin.kind, 0) + 1
        if not counts:
            return ["没有需要反馈的内容：各单位均已报送，任务均已完成。"]
        said = "、".join(f"{kind} {count} 份" for kind, count in counts.items())
        lines = [f"已生成{said}，在 {self.folder}。"]
        if self.mailing:
            packed = len(self.mailing.archives)
            lines.append(f"按单位打包 {packed} 个，邮件合并用表：{self.mailing.sheet}。程序不会发送任何邮件。")
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

    ``kinds`` are some of :data:`toolkit.bulletins.KINDS`, all when empty; ``as_of`` is the day lateness is
    counted to, else the day of the summary.  Raises :class:`~toolkit.findings.CannotDo` when the summary or a
    template cannot be read.
    """
    collection = summary_book.read(summary)
    if as_of is not None:
        collection = replace(collection, as_of=as_of)
    written = bulletins.write(collection, out, kinds, settings=settings.load(summary), progress=progress)
    findings = tuple(
        found.EDITED_KEPT.at(name=bulletin.kept.name, new=bulletin.path.name) for bulletin in written if bulletin.kept
    )
    return NotifyResult(out, tuple(written), bulletins.prepare(collection, written, out), findings)
