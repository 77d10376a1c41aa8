"""Findings: what is met in units, groups and their register."""

from toolkit.findings import error, note, warning

# --- reading the workbook -----------------------------------------------------------------

NO_SHEET = error(
    "roster.no-sheet",
    "{path} 里没有找到单位名录（要有“单位名称”一列）。",
    "请打开文件核对，或用“拟表”重新生成一份单位名录.xlsx。",
)
NO_UNITS = error("roster.no-units", "单位名录里一个单位也没有。", "请在“单位名录”表中至少填写一个单位名称。")
DUPLICATE_UNIT = warning(
    "roster.duplicate-unit",
    "单位“{unit}”在名录里出现了 {count} 次，按第一次的序号合并。",
    "请在单位名录中删去重复的行。",
)
SHARED_ALIAS = error(
    "roster.shared-alias",
    "简称“{alias}”同时属于 {units}，不能用来认单位。",
    "请在单位名录中只给其中一个单位保留这个简称。",
)
MEMBER_UNKNOWN = error(
    "roster.member-unknown",
    "单位组“{group}”的成员“{member}”不在单位名录中{suggestion}。",
    "请在“单位名录”表中补上这个单位，或改正“单位组”表中的成员名称。",
)

# --- names ---------------------------------------------------------------------------------

UNKNOWN_UNIT = warning(
    "roster.unknown-unit",
    "“{name}”不在单位名录中{suggestion}，涉及 {count} 项任务。",
    "请在单位名录中补上这个单位，或把它填到对应单位的“简称”一栏。",
)
READ_BY_TABLE = note(
    "roster.read-by-table",
    "“{name}”按“{unit}”处理：{reason}。",
    "不需要处理；如果不是同一个单位，请在单位名录中另列一行。",
)

# --- groups ---------------------------------------------------------------------------------

EMPTY_GROUP = warning(
    "roster.empty-group",
    "单位组“{group}”没有成员，涉及 {count} 项任务。",
    "请在单位名录.xlsx 的“单位组”表中填写它的成员（用、隔开），再下发。",
)
CIRCULAR_GROUP = error(
    "roster.circular-group",
    "单位组“{group}”的成员里又包含它自己。",
    "请在“单位组”表中把它的成员改为具体单位。",
)
GROUP_EXPANDED = note(
    "roster.group-expanded",
    "单位组“{group}”按{basis}展开为 {count} 个单位：{members}。",
    "不需要处理；如有出入，请修改单位名录后重新下发。",
)
EXCEPTION_UNKNOWN = warning(
    "roster.exception-unknown",
    "“{group}”中写明除外的“{name}”不在该组成员中。",
    "请核对单位名录里的名称，确认它没有被分到这项任务。",
)
MEMBERS_NAMED = note(
    "roster.members-named",
    "任务既写了“{group}”，又点名了其中的 {units}；单位组仍按名录展开为 {count} 个单位。",
    "如果只应由点名的单位承担，请在任务分工表中删去“{group}”。",
)
SCOPE_UNKNOWN = warning(
    "roster.scope-unknown",
    "时限“{deadline}”只对“{scope}”有效，名录里没有这个单位组，不能确定哪些单位适用。",
    "请在“单位组”表中增加“{scope}”并填写成员；在此之前，各单位按该任务最晚的时限计。",
)

# --- a first roster ---------------------------------------------------------------------------

JOINED = note(
    "roster.joined",
    "“{alias}”与“{unit}”并为一个单位：{reason}。",
    "请在单位名录中核对；如果不是同一个单位，请从“简称”一栏移出并另列一行。",
)
MAYBE_SAME = warning(
    "roster.maybe-same",
    "“{name}”与“{unit}”可能是同一个单位：{reason}。",
    "如果是，请删去其中一行，把它的名称填到另一行的“简称”一栏。",
)
GROUP_TO_FILL = warning(
    "roster.group-to-fill",
    "单位组“{group}”还没有成员。",
    "请在单位名录.xlsx 的“单位组”表中填写它的成员（用、隔开）。",
)
NOT_A_NAME = warning(
    "roster.not-a-name",
    "“{name}”不像单位名称，仍列入了单位名录。",
    "请核对任务分工表中的单位；不是单位的，请在两处一并删去。",
)

# --- tidying names ----------------------------------------------------------------------------

NO_REGISTER = error(
    "roster.no-register",
    "找不到单位名录：{path}。",
    "请把 单位名录.xlsx 放在同一个文件夹，或用 --roster 指明它在哪里。",
)
NOT_A_BOOK = error("roster.not-a-book", "{path} 不是 .xlsx 工作簿。", "请在 Excel 或 WPS 里另存为 .xlsx 后重试。")
NO_RANGE = error(
    "roster.no-range", "没有这个区域：{sheet} {cell}。", "请写成 B2:B40 这样的区域，工作表名称要与表下的标签一致。"
)
NAME_TO_CONFIRM = warning(
    "roster.name-to-confirm",
    "“{name}”不在单位名录里，{reason}。",
    "请确认是不是这个单位；是的话把它填到名录的“简称”一栏。",
)

# --- the receiving side ---------------------------------------------------------------------------

OWN_PART = note(
    "roster.own-part",
    "通知共 {total} 项任务，其中 {count} 项涉及“{unit}”：点名 {named} 项，按单位组 {grouped} 项（{doubts} 项待复核）。",
    "请在任务分工表中填写各项任务在本单位内的责任科室或乡镇，再下发。",
)
NOT_CONCERNED = error(
    "roster.not-concerned",
    "通知里没有涉及“{unit}”的任务。",
    "请核对单位名称；或用 --roster 指明列有该单位简称和所属单位组的单位名录。",
)

# --- a changed register -------------------------------------------------------------------------

DUTIES_ADDED = note(
    "roster.duties-added",
    "“{unit}”比上次下发新增 {count} 项任务{why}。",
    "请给该单位重新下发填报表。",
)
DUTIES_DROPPED = warning(
    "roster.duties-dropped",
    "“{unit}”比上次下发减少 {count} 项任务{why}。",
    "请核对单位名录和任务分工表；确实调整的，请告知该单位不再填报这些任务。",
)
DUTIES_CHANGED = note(
    "roster.duties-changed",
    "“{unit}”有 {count} 项任务的职责、单位组或时限与上次下发不同。",
    "请给该单位重新下发填报表。",
)
