"""Findings: what the rules find in entries, what an office would catch by eye."""

from __future__ import annotations

from toolkit.findings import note, warning

NO_STATUS = warning("rules.no-status", "填了进展，没有填完成情况。", "请从下拉框选择一个完成情况后重新报送。")
NO_PROGRESS = warning("rules.no-progress", "报“{status}”，没有写进展说明。", "请写明做了什么、结果如何。")
NO_EVIDENCE = warning(
    "rules.no-evidence", "报“{status}”，没有佐证材料。", "请写明文号、网址或附件名称，或随表附上材料。"
)
NO_SIGNER = note("rules.no-signer", "没有填写：{fields}。", "请补填，便于联系核对。")
OVERDUE = warning(
    "rules.overdue", "完成时限 {due}，截至 {as_of} 仍为“{status}”，逾期 {days} 天。", "请催办，或按程序申请延期。"
)
DUE_SOON = note("rules.due-soon", "完成时限 {due}，还有 {days} 天，目前为“{status}”。", "请提醒该单位按时完成。")
NO_CHANGE = warning(
    "rules.no-change",
    "连续 {count} 期没有变化（“{status}”），完成时限 {due}{left}。",
    "请与该单位核实实际进展，必要时督办或调整时限。",
)
CONTRADICTION = warning(
    "rules.contradiction", "完成情况报“{status}”，进展说明却写“{words}”。", "请与该单位核实，改正其中一处。"
)
DONE_ON_FUTURE = warning("rules.done-on-future", "完成日期 {date} 晚于 {as_of}。", "请核实完成日期，改正后重新报送。")
DONE_ON_EARLY = warning(
    "rules.done-on-early", "完成日期 {date} 早于{start_name} {start}。", "请核实完成日期是否写错年份。"
)
DONE_ON_UNREADABLE = warning(
    "rules.done-on-unreadable", "完成日期“{text}”读不成日期。", "请写成 2022-11-30 这样的格式。"
)
DONE_ON_UNDONE = warning(
    "rules.done-on-undone",
    "填了完成日期 {date}，完成情况却是“{status}”。",
    "请核实：已完成的改完成情况，未完成的删去日期。",
)
EMPTY_WORDS = warning(
    "rules.empty-words", "报“{status}”，进展说明只有“{words}”，没有实际内容。", "请写明具体做法和结果。"
)
NUMBER_MISSING = warning("rules.number-missing", "任务要求“{wanted}”，填报里没有数字。", "请补充实际完成的数量。")
COPY_WITHIN = warning(
    "rules.copy-within",
    "与本单位任务 {partner} 的进展说明雷同（相似度 {likeness}%）。",
    "请按各项任务的实际情况分别填写。",
)
COPY_ACROSS = warning(
    "rules.copy-across", "与 {partner} 的进展说明雷同（相似度 {likeness}%）。", "请核实是否照抄，按本单位实际填写。"
)
COPY_PREVIOUS = warning(
    "rules.copy-previous", "与上期进展说明雷同（相似度 {likeness}%）。", "请写本期的新进展；确无变化的写明原因。"
)
COPY_REQUIREMENT = warning(
    "rules.copy-requirement", "进展说明照抄任务要求（相似度 {likeness}%）。", "请写本单位实际做了什么。"
)
DISAGREE = warning(
    "rules.disagree", "牵头单位 {lead} 报“{lead_status}”，{others}。", "请牵头单位会同配合单位核实后统一口径。"
)
PERSONAL_DATA = warning(
    "rules.personal-data",
    "{field}里有{kind} {masked}，公开前须处理。",
    "请删去或遮盖个人信息后再公开（政府信息公开条例第十五条）。",
)
UNPUBLISHED_WORDS = warning(
    "rules.unpublished-words",
    "{field}里有不宜公开的用语“{words}”。",
    "请核实能否公开，必要时改写；涉密内容不得在本机处理。",
)
POSTPONE_INCOMPLETE = warning(
    "rules.postpone-incomplete", "申请延期，没有写明{missing}。", "请补充延至何日、因何延期。"
)
POSTPONE_DECIDE = warning("rules.postpone-decide", "申请延期：{text}", "请办公室审定是否同意延期。")
NOT_CONCERNED_DECIDE = warning(
    "rules.not-concerned-decide", "认为本任务不涉及本单位：{text}", "请办公室确认；确不涉及的，调整任务分工表。"
)
TOO_LONG = note(
    "rules.too-long", "进展说明 {length} 字，超过通报能排下的 {limit} 字。", "通报只摘前一部分，全文见明细。"
)
FORMULA_LIKE = note("rules.formula-like", "{field}以“{sign}”开头，像公式。", "已按文字保存，不会被计算；请核对内容。")
