"""The form (填报表) of one unit for one round, written from the template 填报表.xlsx.

Identity travels in four places (A2, A9): the visible code column, the very hidden sheet ``_fengong``, the
custom property ``fengong`` and the defined name ``_fengong_stamp``.  The hidden sheet has the whole stamp in A1
and below it one row a task: code, 职责, group, due date (ISO), then the texts of :data:`STAMPED_TEXTS`, so that
changed text can be told without the plan (A8).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from toolkit import vocabulary
from toolkit.containers.content import column_name
from toolkit.identity import STAMP_NAME, Stamp, StampedDuty
from toolkit.model import Deadline, Duty, Plan, Role, Round, Task
from toolkit.outputs import write_bytes
from toolkit.resources import template as template_path
from toolkit.workbooks.cells import MAX_TEXT
from toolkit.workbooks.column_widths import fitted_widths
from toolkit.workbooks.plan_cells import deadlines_text
from toolkit.workbooks.sheet_xml import attribute
from toolkit.workbooks.table_look import TableLook, Widths
from toolkit.workbooks.table_sheet import TableSheet, chapters_before
from toolkit.workbooks.template import Template
from toolkit.workbooks.template_parts import BookPackage, Name

FORM_TEMPLATE = "填报表.xlsx"

LOCKED = ("编码", "序号", "工作任务", "具体要求", "职责", "完成时限", "工作提示", "上期情况")
"""Columns the office fills in."""
FILLED = ("完成情况", "进展说明", "佐证材料", "完成日期", "备注")
"""Columns the unit fills in."""
STAMPED_TEXTS = (*LOCKED[1:4], "上期情况")
"""The locked texts kept beside each duty in the very hidden sheet."""
_LAST_ANSWER = vocabulary.said_before(vocabulary.ONGOING, "2026年第三季度", "说" * 40)
"""As long as a unit's last answer usually is: the column gets room for so much."""
_NAME_LIMIT = 255
"""Characters of a text constant in a formula."""
_PROTECTION = (
    '<sheetProtection sheet="1" formatCells="0" formatColumns="0" formatRows="0" insertRows="0" sort="0"'
    ' autoFilter="0" objects="0" scenarios="1"/>'
)


class FormWriter:
    """Writes forms: the template is read once, every form rewrites only what differs.

    Raises :class:`toolkit.findings.CannotDo` when the template is broken.
    """

    def __init__(self, template: Path | None = None) -> None:
        self._template = Template(template or template_path(FORM_TEMPLATE), (*LOCKED, *FILLED))
        self._look = TableLook(self._template, open_words=FILLED)
        self._book = self._template.parts.package(self._template.part, {"xl/styles.xml": self._template.styles.xml()})
        self._widths: tuple[Plan, bool, Widths] | None = None
        self._plan: Plan | None = None
        self._told: dict[tuple[object, ...], tuple[dict[str, str], tuple[str, ...]]] = {}

    def write(
        self,
        path: Path,
        plan: Plan,
        unit: str,
        round: Round,
        duties: Sequence[Duty],
        previous: Mapping[str, str] | None = None,
        unsettled: Collection[str] = (),
    ) -> None:
        """Write the form whole or not at all; the arguments are those of :meth:`render`."""
        write_bytes(path, self.render(plan, unit, round, duties, previous, unsettled))

    def render(
        self,
        plan: Plan,
        unit: str,
        round: Round,
        duties: Sequence[Duty],
        previous: Mapping[str, str] | None = None,
        unsettled: Collection[str] = (),
    ) -> bytes:
        """The form of ``unit`` as bytes.

        ``duties`` are the unit's, in any order; the form has the plan's.  ``previous`` is what the unit
        reported last round (上期情况), by task code.  ``unsettled`` are codes of tasks whose deadlines differ by
        class of unit while the register does not say who belongs to which: their deadlines are all shown.
        """
        if self._plan is not plan:
            self._plan, self._told = plan, {}
        owed = {duty.task: duty for duty in duties}
        tasks = [task for task in plan.tasks if task.code in owed]
        stamp = Stamp(
            plan.plan_id,
            plan.revision,
            round.name,
            unit,
            round.due,
            tuple(_stamped(owed[task.code]) for task in tasks),
        )
        sheet = TableSheet(self._look, self._fitting_widths(plan, bool(previous)))
        values = {
            "标题": plan.title,
            "填报单位": unit,
            "填报期": round.name,
            "截止日期": chinese_date(round.due),
        }
        for template_row in self._template.head:
            sheet.add(template_row, values, grow=template_row is not self._template.header)
        hidden = []
        first = sheet.next_row
        for task, chapters in chapters_before(tasks):
            for level, heading in chapters:
                sheet.add_chapter(heading, level)
            texts, stamped = self._texts(
                task, owed[task.code], task.code in unsettled, (previous or {}).get(task.code, "")
            )
            sheet.add_task(texts)
            hidden.append(stamped)
        last = sheet.next_row - 1
        for template_row in self._template.foot:
            sheet.add(template_row, values, grow=False)
        return self._assemble(sheet, stamp, hidden, first, last, bool(previous))

    def _texts(
        self, task: Task, duty: Duty, is_unsettled: bool, previous: str
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        """The locked texts of a task in the form of a unit, and its line in the very hidden sheet.

        Kept but for the unit's own last answer, as many units owe a task in the same way.
        """
        key = (task.code, duty.role, duty.via, duty.due, is_unsettled)
        if key not in self._told:
            due = None if is_unsettled else duty.due
            texts = _locked_texts(task, duty.role, _own_deadlines(task, due), "")
            day = duty.due.isoformat() if duty.due else ""
            self._told[key] = (
                texts,
                (task.code, duty.role.label, duty.via, day, *(texts[word] for word in STAMPED_TEXTS)),
            )
        texts, line = self._told[key]
        return ({**texts, STAMPED_TEXTS[-1]: previous}, (*line[:-1], previous)) if previous else (texts, line)

    def _assemble(
        self,
        sheet: TableSheet,
        stamp: Stamp,
        hidden: list[tuple[str, ...]],
        first: int,
        last: int,
        has_previous: bool,
    ) -> bytes:
        validations = self._validations(first, last, has_previous)
        header = len(self._template.head)
        return finished_form(self._template, self._book, sheet, stamp, hidden, header, last, validations)

    def _fitting_widths(self, plan: Plan, has_previous: bool) -> Widths:
        """The same widths for every form of a plan: room for its longest texts, none wasted on empty columns."""
        if self._widths is None or self._widths[0] is not plan or self._widths[1] is not has_previous:
            rows = [
                _locked_texts(task, Role.RESPONSIBLE, task.deadlines, _LAST_ANSWER if has_previous else "")
                for task in plan.tasks
            ]
            self._widths = (plan, has_previous, fitted_widths(self._look, rows, may_shrink=LOCKED[2:]))
        return self._widths[2]

    def _validations(self, first: int, last: int, has_previous: bool) -> str:
        """Input hints, and a drop-down that warns but lets other words pass (A7).

        A form that shows the last answers offers 本期无变化 too.
        """
        choices = (*vocabulary.WORDS, vocabulary.UNCHANGED) if has_previous else vocabulary.WORDS
        prompts = {
            "进展说明": "写清做了什么、做到什么程度，有数量要求的写明数字；申请延期、不涉及的写明理由。",
            "佐证材料": "文件名、文号或网址；附件与本表放在同一文件夹报送。",
            "完成日期": "完成的日期，如 2022-12-05；尚未完成的不填。",
            "备注": "其他需要说明的情况。",
        }
        letter = {word: column_name(self._template.columns[word]) for word in FILLED}
        area = f"{letter['完成情况']}{first}:{letter['完成情况']}{last}"
        items = [
            '<dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1" showErrorMessage="1"'
            ' errorTitle="完成情况" error="不是下拉列表中的词。仍要填写请点“是”。"'
            f' promptTitle="完成情况" prompt="请从下拉列表中选择。" sqref="{area}">'
            f'<formula1>"{",".join(choices)}"</formula1></dataValidation>'
        ]
        items += [
            '<dataValidation allowBlank="1" showInputMessage="1"'
            f' promptTitle="{word}" prompt="{attribute(prompt)}" sqref="{letter[word]}{first}:{letter[word]}{last}"/>'
            for word, prompt in prompts.items()
        ]
        return f'<dataValidations count="{len(items)}">{"".join(items)}</dataValidations>'


def finished_form(
    template: Template,
    book: BookPackage,
    sheet: TableSheet,
    stamp: Stamp,
    hidden: Sequence[tuple[str, ...]],
    header: int,
    last: int,
    validations: str,
    *,
    filtered: bool = True,
) -> bytes:
    """A form from its written rows: protected, stamped, with a filter; rows ``header`` to ``last`` are its table."""
    right = column_name(len(template.widths) - 1)
    table = f"$A${header}:${right}${last}"
    short = stamp.encode(duties=False)
    full = stamp.encode()
    names = [Name("_xlnm.Print_Titles", f"{book.quoted_sheet()}!${header}:${header}", local=True)]
    if filtered:
        names.insert(0, Name("_xlnm._FilterDatabase", f"{book.quoted_sheet()}!{table}", local=True, hidden=True))
    if len(short) <= _NAME_LIMIT:
        names.append(Name(STAMP_NAME, f'"{short}"', hidden=True))
    before = _PROTECTION + (f'<autoFilter ref="{table.replace("$", "")}"/>' if filtered else "")
    xml = sheet.xml(before_merges=before, after_merges=validations)
    rows = [(full if len(full) <= MAX_TEXT else short,), *hidden]
    return book.build(xml, rows, names, short)


def office_hint(task: Task) -> str:
    """工作提示: the office's own 完成情况 and 备注 from the plan."""
    return "；".join(part for part in (task.status, task.remark) if part)


def chinese_date(day: date | None) -> str:
    """2022年12月31日, empty for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _own_deadlines(task: Task, due: date | None) -> tuple[Deadline, ...]:
    """The deadlines that hold for a unit whose own is ``due``: those for all, and those of its class."""
    return tuple(d for d in task.deadlines if not d.scope or due is None or d.date == due)


def _locked_texts(task: Task, role: Role, deadlines: Sequence[Deadline], previous: str) -> dict[str, str]:
    return {
        "编码": task.code,
        "序号": task.number or "",
        "工作任务": task.title or "",
        "具体要求": task.requirement,
        "职责": role.label,
        "完成时限": deadlines_text(deadlines, task.recurrence),
        "工作提示": office_hint(task),
        "上期情况": previous,
    }


def _stamped(duty: Duty) -> StampedDuty:
    return StampedDuty(duty.task, duty.role, duty.via, duty.due)
