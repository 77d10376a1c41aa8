"""Findings: what is met in a plan workbook and while issuing it."""

from toolkit.findings import error, note, warning

# --- templates -----------------------------------------------------------------------

TEMPLATE_UNREADABLE = error(
    "plan.template-unreadable",
    "模板“{path}”打不开：不是完好的 .xlsx 文件。",
    "请用 Excel 或 WPS 重新保存为 .xlsx，或者用程序自带的模板覆盖它。",
)
TEMPLATE_INCOMPLETE = error(
    "plan.template-incomplete",
    "模板“{path}”缺少：{missing}。",
    "请对照程序自带的模板补上这些标记（花括号中的文字不能改），或者用自带的模板覆盖它。",
)

# --- the plan workbook -----------------------------------------------------------------

PLAN_UNREADABLE = error(
    "plan.plan-unreadable",
    "“{path}”读不出内容，不能作为任务分工表。",
    "请确认文件未损坏、未加密，用 Excel 或 WPS 打开后另存为 .xlsx 再试。",
)
NOT_A_PLAN = error(
    "plan.not-a-plan",
    "“{path}”是程序生成的汇总表或清单，不是任务分工表。",
    "请选“拟表”生成的任务分工表，或者办公室自己的任务分工表。",
)
NO_PLAN_TABLE = error(
    "plan.no-plan-table",
    "“{path}”中没有找到任务分工表：没有一行表头同时写着任务（工作任务或具体要求）和单位（牵头、责任或配合单位）。",
    "请确认选对了文件；表头应当是一行，写明“工作任务、具体要求、责任单位”等栏目名。",
)
OTHER_TABLE = warning(
    "plan.other-plan-table",
    "“{path}”的工作表“{sheet}”里还有一张任务表，没有读入；只读了“{read}”。",
    "如果那里也有任务，请把它们移到“{read}”的表里再操作。",
)
NO_TASKS = error(
    "plan.plan-without-tasks",
    "“{path}”的任务分工表里没有任务。",
    "请在表头下面逐行填写任务，或者用“拟表”从通知重新生成。",
)
DUPLICATE_CODE = warning(
    "plan.duplicate-code",
    "编码 {task} 在第 {first} 行和第 {row} 行重复，第 {row} 行已按新任务另给编码 {given}。",
    "如果第 {row} 行是复制后改写的新任务，不用处理；如果是误粘贴，请删除多余的一行。",
)
BROKEN_CODE = warning(
    "plan.broken-code",
    "第 {row} 行的编码“{text}”不是有效编码，已改为 {given}。",
    "编码由程序给出，请不要手工填写或修改；新增的任务编码留空即可。",
)
RETIRED_CODE = warning(
    "plan.retired-code",
    "第 {row} 行的编码 {task} 属于已经取消的任务，不能再用，已改为 {given}。",
    "新任务的编码留空即可；如果是恢复取消的任务，也请按新任务处理。",
)
EMPTIED_ROW = warning(
    "plan.emptied-row",
    "第 {row} 行没有写工作任务和具体要求，按已删除的任务处理。",
    "确实取消的任务请删除整行；误删文字的请补上后重新操作。",
)
UNREAD_DEADLINE = warning(
    "plan.unread-deadline",
    "任务“{label}”的完成时限“{text}”没有读出日期。",
    "请在完成时限后面用括号写上日期，例如“11月底前（2022-11-30）”；没有时限的留空。",
)
CODES_GIVEN = note(
    "plan.codes-given",
    "“{path}”中有 {count} 项任务没有编码，已编码的副本写在“{copy}”。",
    "以后请使用带编码的副本，编码列不要删除；原文件没有改动。",
)
OPEN_REVIEW = warning(
    "plan.open-review",
    "任务“{label}”还有待复核的内容：{fields}。",
    "请打开任务分工表，对照批注中的原文核对标色的单元格，核对后把“复核”改为“已复核”。",
)
OPEN_REVIEWS = warning(
    "plan.open-reviews",
    "任务分工表中还有 {count} 项任务待复核（{labels}）。",
    "建议先核对标色的单元格，把“复核”改为“已复核”后重新下发；已下发的填报表不会自动更改。",
)
TASK_WITHOUT_UNIT = warning(
    "plan.task-without-unit",
    "任务“{label}”没有写明单位，不会下发给任何单位。",
    "请在牵头单位、责任单位或配合单位栏填写。",
)
DEADLINE_PAST = note(
    "plan.deadline-past",
    "任务“{label}”的完成时限 {date} 已过。",
    "请确认年份是否正确；确实已到期的不用处理。",
)
NUMBER_REPEATED = note(
    "plan.number-repeated",
    "序号“{number}”在同一章节下出现 {count} 次（第 {places} 项任务）。",
    "序号允许重复，程序按编码区分任务；如是笔误请改正。",
)

# --- issuing ---------------------------------------------------------------------------

NO_ROSTER = error(
    "plan.no-roster",
    "没有找到单位名录“{path}”。",
    "请把单位名录.xlsx 放在任务分工表旁边，或者用 --roster 指定；还没有名录的，用“拟表”生成。",
)
UNKNOWN_UNIT_ASKED = error(
    "plan.unknown-unit-asked",
    "单位名录和任务分工表中没有单位“{name}”{nearest}。",
    "请使用单位名录中的单位名称或简称。",
)
GROUP_WITHOUT_MEMBERS = error(
    "plan.group-without-members",
    "单位组“{group}”没有成员，涉及 {count} 项任务，不能下发。",
    "请在单位名录的“单位组”表中填写“{group}”的成员（用、分隔），再下发。",
)
UNIT_WITHOUT_TASKS = warning(
    "plan.unit-without-tasks",
    "“{unit}”没有承担任务，没有生成填报表。",
    "如有遗漏，请检查任务分工表的单位栏和单位名录的单位组。",
)
UNITS_WITHOUT_TASKS = note(
    "plan.units-without-tasks",
    "单位名录中有 {count} 个单位没有承担任务，没有生成填报表：{units}。",
    "如有遗漏，请检查任务分工表的单位栏和单位名录的单位组。",
)
NOTHING_TO_ISSUE = error(
    "plan.nothing-to-issue",
    "没有任何单位承担任务，没有可以下发的填报表。",
    "请在任务分工表中填写牵头、责任或配合单位。",
)
NOT_ISSUED_BEFORE = error(
    "plan.not-issued-before",
    "“{round}”还没有下发过，谈不上只给有变化的单位补发。",
    "第一次下发请去掉 --concerned；补发请写明同一个填报期和同一个文件夹。",
)
NOBODY_CONCERNED = error(
    "plan.nobody-concerned",
    "“{round}”没有单位增加任务，不用补发。",
    "只有调整或减少的，告知即可；要换新表的，用 --unit 写明单位。",
)
ROUND_ASSUMED = note(
    "plan.round-assumed",
    "没有指定填报期，按“{round}”下发。",
    "如需其他名称，请用 --round 指定后重新下发。",
)
