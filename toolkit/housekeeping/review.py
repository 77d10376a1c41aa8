"""审核: the office's decisions and corrections, read back from the summary in which the clerk wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit import ledger as ledgers
from toolkit import settings
from toolkit.bookkeeping import decided_about
from toolkit.desk import Desk
from toolkit.entry_cells import EntryCells, applied, cells_of, shown
from toolkit.findings import CannotDo, Kind, worst_first
from toolkit.findings import ledger as found
from toolkit.ledger import Ledger, Merged
from toolkit.model import (
    Correction,
    Decision,
    Entry,
    Finding,
    Json,
    Progress,
    State,
    Verdict,
    no_progress,
)
from toolkit.rounds import Key, standing_decisions
from toolkit.workbooks import summary_book
from toolkit.workbooks.summary.reading import ReviewedRow

VERDICTS = {verdict.label: verdict for verdict in Verdict} | {"已销号": Verdict.CLOSED, "核": Verdict.ACCEPTED}


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """What the office decided and mended."""

    round: str
    decisions: tuple[Decision, ...]
    """New or different ones."""
    corrections: tuple[Correction, ...]
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()
    """Always empty: everything goes into the ledger."""

    def to_json(self) -> Json:
        """Decisions and corrections, new or different."""
        return {
            "round": self.round,
            "decisions": [
                {"task": d.task, "unit": d.unit, "verdict": d.verdict and d.verdict.value, "opinion": d.opinion}
                for d in self.decisions
            ],
            "corrections": [
                {"task": c.task, "unit": c.unit, "field": c.field, "old": c.old, "new": c.new, "why": c.why}
                for c in self.corrections
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        return [f"{self.round}：{said(self.decisions, self.corrections)}。", "已记入台账，以后汇总都保留。"]


def said(decisions: tuple[Decision, ...], corrections: tuple[Correction, ...]) -> str:
    """Decisions and corrections counted, for the log and for people."""
    counts = [(verdict.label, sum(d.verdict is verdict for d in decisions)) for verdict in Verdict]
    counts += [("撤销审核", sum(d.verdict is None for d in decisions)), ("改动", len(corrections))]
    return "、".join(f"{label} {count} 项" for label, count in counts if count) or "没有新的审核和改动"


def review(summary: Path, *, desk: Desk | None = None, progress: Progress = no_progress) -> ReviewResult:
    """Read 审核, 审核意见 and every mended cell of 明细 back into the ledger of the working folder.

    Each edit is held against what the summary showed when it was written, so that what came in meanwhile is neither
    taken for an edit nor lost.  Raises :class:`CannotDo` outside a working folder, for a file that is no summary, or
    for a round that was never merged here.
    """
    if desk is None:
        raise CannotDo(found.NO_FOLDER.at(path=str(summary.parent)))
    reviewed = summary_book.read_review(summary)
    chosen = settings.load(desk.folder)
    seconds = chosen.wait_seconds
    with ledgers.writing(desk.folder, desk.who, desk.now, seconds=seconds, progress=progress) as ledger:
        merged, findings = _written_by(ledger, summary, reviewed.round, reviewed.mark)
        plan = ledger.plan()
        cells = cells_of(plan.survey if plan else None, chosen.vocabulary, merged.as_of.year)
        reader = _Reader(ledger, merged, cells, findings)
        for row in reviewed.rows:
            reader.read(row)
        decisions, corrections = tuple(reader.decisions), tuple(reader.corrections)
        with ledger.event(desk.now, desk.who, "审核", merged.round) as record:
            for decision in decisions:
                record.decision(decision)
            for correction in corrections:
                record.correction(correction)
            record.entries(_mended(ledger.entries(merged.round), corrections, cells))
            record.what = said(decisions, corrections)
    return ReviewResult(merged.round, decisions, corrections, tuple(worst_first(findings)))


def _written_by(ledger: Ledger, summary: Path, round: str, mark: str) -> tuple[Merged, list[Finding]]:
    """The merge that wrote the summary; the round's last one, with a warning, when it cannot be told."""
    merged = ledger.last_merge(round, mark) if mark else None
    if merged is not None:
        return merged, []
    merged = ledger.last_merge(round)
    if merged is None:
        raise CannotDo(found.NOT_MERGED.at(round=round))
    return merged, [found.OLD_SUMMARY.at(path=summary.name, round=round)]


def _mended(entries: Mapping[Key, Entry], corrections: tuple[Correction, ...], cells: EntryCells) -> Iterator[Entry]:
    by_key: dict[Key, list[Correction]] = {}
    for correction in corrections:
        by_key.setdefault((correction.task, correction.unit), []).append(correction)
    for key, entry in entries.items():
        yield applied(entry, by_key.get(key, ()), cells)


@dataclass
class _Reader:
    """Reads row by row what differs from what the summary showed."""

    ledger: Ledger
    merged: Merged
    cells: EntryCells
    findings: list[Finding]
    decisions: list[Decision] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def __post_init__(self) -> None:
        round, until = self.merged.round, self.merged.event
        self._entries = self.ledger.entries(round, until)
        self._shown, _ = standing_decisions(decided_about(self.ledger, round, until), self._entries)
        self._now = {key: item.decision for key, item in self.ledger.decided(round).items()}
        self._latest = self.ledger.entries(round)
        before = [item.name for item in self.ledger.rounds_before(round)]
        self._closed = self.ledger.closed(before)

    def read(self, row: ReviewedRow) -> None:
        """Take in a row; rows of tasks that the round did not ask can only be decided about."""
        key = row.task, row.unit
        entry = self._entries.get(key)
        if entry is None and key not in self._closed:
            return
        mended = list(self._corrections(row, entry)) if entry is not None else []
        self.corrections += mended
        decision = self._decision(row)
        if decision is not None:
            self.decisions.append(decision)
            self._doubts(row, decision, applied(entry, mended, self.cells) if entry else None)

    def _decision(self, row: ReviewedRow) -> Decision | None:
        """What 审核 says, ``None`` when it says what it said when the summary was written."""
        text = row.verdict.strip()
        if text and text not in VERDICTS:
            self._tell(found.VERDICT_UNREAD, row, text=text)
            return None
        key = row.task, row.unit
        made = Decision(row.task, row.unit, VERDICTS.get(text), row.opinion.strip())
        before = self._shown.get(key)
        if before is None and key in self._closed and key not in self._entries:
            before = Decision(row.task, row.unit, Verdict.CLOSED, f"{self._closed[key]}销号")
        if before is None and made.verdict is None:
            return None
        if before is not None and (before.verdict, before.opinion) == (made.verdict, made.opinion):
            return None
        now = self._now.get(key)
        if now is not None and now != before and now.verdict is not made.verdict and now.verdict is not None:
            self._tell(found.DECIDED_MEANWHILE, row, other=now.verdict.label, verdict=text or "空")
        return None if now == made else made

    def _doubts(self, row: ReviewedRow, decision: Decision, entry: Entry | None) -> None:
        """What is odd about a decision."""
        if decision.verdict is Verdict.RETURNED and not decision.opinion:
            self._tell(found.RETURNED_WITHOUT_OPINION, row)
        if entry is None or decision.verdict is None:
            return
        if entry.state is not State.REPORTED:
            self._tell(found.ACCEPTED_NOTHING, row, verdict=decision.verdict.label)
        elif decision.verdict is Verdict.CLOSED and not self.cells.is_finished(entry):
            self._tell(found.CLOSED_UNDONE, row, status=shown(entry, "status"))

    def _corrections(self, row: ReviewedRow, entry: Entry) -> Iterator[Correction]:
        """The cells that say something else than the summary did."""
        cells = self.cells
        for name, text in cells.named(entry, row.texts, row.rows):
            column, old = cells.label(name), cells.shown(entry, name) or ""
            if cells.same(name, old, text):
                continue
            new = cells.value(name, text)
            if new is None:
                self._tell(found.CORRECTION_UNREAD, row, column=column, new=text)
            elif new != old:
                why = row.opinion.strip()
                latest = self._latest.get((row.task, row.unit))
                meanwhile = (cells.shown(latest, name) or "") if latest is not None else old
                if meanwhile not in (old, new):
                    self._tell(found.MENDED_MEANWHILE, row, column=column, other=meanwhile, new=new)
                if not why:
                    self._tell(found.CORRECTED_WITHOUT_REASON, row, column=column, old=old, new=new)
                yield Correction(row.task, row.unit, name, old, new, why)

    def _tell(self, kind: Kind, row: ReviewedRow, **words: str) -> None:
        where = row.cell or None
        self.findings.append(kind.at(unit=row.unit, task=row.task, sheet=row.sheet, cell=where, severity=None, **words))
