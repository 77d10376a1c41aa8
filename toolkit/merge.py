"""汇总: everything that came back → one summary workbook, each value with the cell it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import takewhile
from pathlib import Path

from toolkit import board, bookkeeping, containers, garbage, keeping, outputs, parquet
from toolkit.bookkeeping import Books
from toolkit.containers import engines
from toolkit.containers.address import Address
from toolkit.containers.limits import Unreadable
from toolkit.containers.walk import Met
from toolkit.desk import Desk, roster_of
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as output_found
from toolkit.findings import plan as plan_found
from toolkit.gathering import (
    Ground,
    day_of,
    day_told,
    load_ground,
    meet,
    read_all,
    round_of,
    round_told,
)
from toolkit.intake.whose import SUMMARY, made_by_us
from toolkit.model import Collection, Finding, Json, Outcome, Progress, Severity, UnitState, no_progress
from toolkit.pdf import export
from toolkit.resources import template
from toolkit.runs import Shelf
from toolkit.wide.round import WideRound, put_together
from toolkit.wide.spool import spooled
from toolkit.workbooks import plan_book, summary_book
from toolkit.workbooks.survey import summary as survey_summary

_READING = 0.8
"""Share of the whole work that gathering the round is, for the progress."""
_SPOOLING = 0.6
"""Share of gathering a wide round that reading its files is."""
_WIDE_FROM = 5_000
"""Files from which a round is gathered share by share: it would take some hundred kilobytes a form in memory."""


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What came of a round."""

    collection: Collection
    summary: Path
    """Where the summary lies."""
    kept: Path | None = None
    """The summary of the wanted name, when it was edited and therefore kept."""
    coded_plan: Path | None = None
    """The copy of a plan that came without codes."""
    extras: tuple[Path, ...] = ()
    """The board and the PDF, when they were asked for."""

    @property
    def findings(self) -> Sequence[Finding]:
        """Everything a person should know, worst first."""
        return self.collection.findings

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written, the summary first."""
        coded = (self.coded_plan,) if self.coded_plan else ()
        return (self.summary, *coded, *self.extras)

    def to_json(self) -> Json:
        """The merge JSON of the contract."""
        return self.collection.to_json()

    def sentences(self) -> list[str]:
        """What a person reads."""
        collection = self.collection
        outcomes = Counter(record.outcome for record in collection.files)
        taken, refused = outcomes[Outcome.MERGED], outcomes[Outcome.REJECTED]
        states = Counter(unit.state for unit in collection.units)
        full, partly = states[UnitState.COMPLETE], states[UnitState.PARTIAL]
        missing = len(collection.units) - full - partly
        errors = sum(1 for _ in takewhile(lambda finding: finding.severity is Severity.ERROR, self.findings))
        lines = [
            f"{collection.round.name}：读到 {len(collection.files)} 个文件，汇总 {taken} 个，退回 {refused} 个。",
            f"已报 {full} 个单位，部分已报 {partly} 个，未报 {missing} 个。",
            f"问题 {len(self.findings)} 条，其中错误 {errors} 条，见汇总表的“问题清单”。",
            f"汇总表：{self.summary}",
        ]
        if self.kept is not None:
            lines.append(f"原来的 {self.kept.name} 有人改动过或正在打开，没有动它。")
        if self.coded_plan is not None:
            lines.append(f"带编码的任务分工表：{self.coded_plan}")
        return [*lines, *(f"另外写出：{path}" for path in self.extras)]


@garbage.uncollected(aged=True)
def merge(
    paths: Sequence[Path | Address],
    plan: Path,
    out: Path | None = None,
    *,
    round: str | None = None,
    roster: Path | None = None,
    as_of: date | None = None,
    jobs: int | None = None,
    engine: str | None = None,
    executor: Executor | None = None,
    password: str | None = None,
    archive: Path | None = None,
    html: Path | None = None,
    pdf: Path | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> MergeResult:
    """Merge everything at or below ``paths`` into the summary ``out``.

    In a working folder (``desk``) ``out`` defaults to 汇总/填报期/汇总表.xlsx, files read before are not read again,
    earlier rounds and what the office decided and mended by hand count, and the ledger keeps what came.

    ``plan`` is the 任务分工表; one without codes is accepted, its codes go into a copy beside it.  ``round``
    defaults to that of the newest form stamp met, ``roster`` to 单位名录.xlsx beside the plan, ``as_of`` to the day
    the newest file says it was saved (see :func:`toolkit.gathering.day_of`).  ``jobs`` is the number of reading
    processes.  ``executor`` is any ``concurrent.futures.Executor`` whose workers reach the same paths and addresses,
    to read the files instead; ``engine`` is where to find one (``dask://HOST:PORT``).  ``password`` opens encrypted
    files.  ``archive`` is a folder into which every file met is copied under its content hash.  ``html`` is a board
    for a meeting, one file without network; ``pdf`` the summary printed by LibreOffice where that is installed.  A
    summary that was edited or is open is kept; the new one gets a new name.

    Raises :class:`toolkit.findings.CannotDo`, with nothing written, when plan, roster or a path cannot be read, or
    no round is named or found.  Whatever the returned files hold only leads to findings.
    """
    ground = load_ground(plan, roster)
    own = [plan, roster_of(plan, roster)]
    met = meet(paths, password)
    if out is not None:
        _refuse_inputs(out, own, met)
    desk = bookkeeping.desk_for(plan, ground.reading.plan, desk, out, "-o SUMMARY.xlsx")
    with bookkeeping.opened(desk, ground.settings, progress) as books, engines.opened(engine) as hired:
        coded = plan.with_name(f"{plan.stem}（已编码）.xlsx") if ground.reading.uncoded else None
        count = ground.reading.uncoded
        notes = [plan_found.CODES_GIVEN.at(path=plan.name, count=count, copy=coded.name)] if coded else []
        merging = _Merging(
            ground, met, books, round, as_of, notes, [*own, *([out] if out else [])], jobs, executor or hired, password
        )
        is_wide = len(met) >= _WIDE_FROM and desk is None and not ground.reading.plan.survey
        wide = merging.wide(_part(progress, 0.0, _READING)) if is_wide else None
        collection = wide.collection if wide else merging.whole(_part(progress, 0.0, _READING))
        target = out or books.places.summary(collection.round.name)
        progress(int(100 * _READING), 100, "写汇总表")
        book = survey_summary if ground.reading.plan.survey else summary_book
        look = template(book.TEMPLATE, plan.parent)
        roots = [path for path in paths if isinstance(path, Path)]
        render = partial(summary_book.render, figures=wide.figures, lines=wide.lines) if wide else book.render
        rendered = render(collection, target, template=look, settings=ground.settings, roots=roots)
        if archive is not None:
            _keep_originals(met, archive)
        if coded is not None:
            coded = keeping.put(coded, plan_book.render(ground.reading.plan)).path
        placed = keeping.put(target, rendered.data)
        for part in rendered.parts:
            part.write(target.with_name(part.name))
        parquet.discard(target, {part.name for part in rendered.parts})
        books.merged(ground, collection, placed.path)
    more = [*rendered.findings, *books.findings]
    if placed.kept is not None:
        more.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    if wide:
        collection = wide.told(more)
    else:
        collection = replace(collection, findings=tuple(worst_first([*collection.findings, *more])))
    if html is not None:
        board.write(collection, html, template=template(board.TEMPLATE, plan.parent), settings=ground.settings)
    if pdf is not None:
        progress(95, 100, "打印成 PDF")
        export(placed.path, pdf)
    progress(100, 100, "")
    return MergeResult(collection, placed.path, placed.kept, coded, tuple(path for path in (html, pdf) if path))


@dataclass(frozen=True)
class _Merging:
    """How the files of a round become its collection."""

    ground: Ground
    met: Sequence[Met]
    books: Books
    round: str | None
    as_of: date | None
    notes: Sequence[Finding]
    own: Sequence[Path]
    jobs: int | None
    executor: Executor | None
    password: str | None

    def whole(self, progress: Progress) -> Collection:
        """The round, all of it in memory."""
        plan = self.ground.reading.plan
        returned = read_all(
            self.met,
            self.ground,
            own=self.own,
            jobs=self.jobs,
            executor=self.executor,
            password=self.password,
            kept=self.books.kept(self.ground, self.password),
            progress=progress,
        )
        this_round = self.books.round(round_of(returned, self.round, plan.plan_id))
        day = day_of(returned, this_round, plan.issued_on, self.as_of)
        return self.books.collected(self.ground, returned, this_round, day, self.notes)

    def wide(self, progress: Progress) -> WideRound:
        """The round share by share, its long parts on disk."""
        plan, shelf = self.ground.reading.plan, Shelf()
        spool = spooled(
            self.met,
            self.ground,
            shelf,
            own=self.own,
            jobs=self.jobs,
            executor=self.executor,
            password=self.password,
            progress=_part(progress, 0.0, _SPOOLING),
        )
        this_round = round_told(spool.stamps, self.round, plan.plan_id)
        day = day_told(spool.newest, this_round, plan.issued_on, self.as_of)
        paths = [item.path for item in self.met]
        rest = _part(progress, _SPOOLING, 1 - _SPOOLING)
        return put_together(
            self.ground, spool, paths, shelf, this_round, day, self.notes, jobs=self.jobs, progress=rest
        )


def _refuse_inputs(out: Path, own: Sequence[Path], met: Sequence[Met]) -> None:
    """Nothing that is read is ever written to: the summary's name must not be that of an input."""
    target = out.resolve()
    is_office_book = any(path.resolve() == target for path in own)
    is_return = any(item.file.resolve() == target for item in met)
    if is_office_book or (is_return and made_by_us(containers.read(out, out.name)) != SUMMARY):
        raise CannotDo(output_found.OUT_IS_INPUT.at(path=out.name))


def _part(progress: Progress, start: float, share: float) -> Progress:
    """A progress of one part of the work as progress of the whole, in hundredths."""

    def part(done: int, total: int, label: str) -> None:
        progress(int(100 * (start + share * done / max(total, 1))), 100, label)

    return part


def _keep_originals(met: Sequence[Met], archive: Path) -> None:
    """Copy every file that could be read into the archive folder, under its content hash and with its own ending."""
    for item in met:
        if not item.sha256 or item.skipped:
            continue
        target = archive / item.sha256[:2] / f"{item.sha256}{Path(item.name).suffix.lower()[:8]}"
        if target.exists():
            continue
        try:
            outputs.write_bytes(target, item.read_bytes())
        except Unreadable:
            continue
