"""Findings: what is met in the ledger, between rounds, and in the office's own decisions."""

from __future__ import annotations

from toolkit.findings import error, note, warning

# --- the working folder ----------------------------------------------------------------

NO_FOLDER = error(
    "ledger.no-folder",
    "这里不是台账文件夹：{path} 里没有 台账.db。",
    "请进入台账文件夹再执行，或先用 fengong init 建一个。",
)
NAME_TAKEN = error(
    "ledger.name-taken", "不能在这里建台账文件夹：{path} 是一个文件。", "请换一个文件夹名，或先把这个文件移走。"
)
THERE_ALREADY = error(
    "ledger.there-already",
    "台账文件夹里已经有 {path}，没有覆盖它。",
    "要换成新的，请先把原来的移走或改名。",
)
ALREADY = note("ledger.already", "{path} 已经是台账文件夹，只补上了缺少的内容。", "不需要处理。")
NO_PLAN = error(
    "ledger.no-plan",
    "台账文件夹里还没有任务分工表。",
    "请先在台账文件夹里用“拟表”从通知拟出，或把已有的任务分工表命名为 任务分工表.xlsx 放进来。",
)
NO_RETURNS = error(
    "ledger.no-returns",
    "台账文件夹里没有找到要汇总的回收表（{path}）。",
    "请把收回的填报表放进“回收”下以填报期命名的文件夹，或在命令里写明位置。",
)
NO_SUMMARY = error("ledger.no-summary", "台账文件夹里还没有汇总表。", "请先汇总，或在命令里写明汇总表的位置。")

# --- the ledger file --------------------------------------------------------------------

LOCKED = error(
    "ledger.locked",
    "台账正由 {holder} 使用（{since} 开始），等了 {seconds} 秒仍未结束，这次没有做任何改动。",
    "请等对方做完后重试；只看不改的操作（日志、导出、日历）现在就可以用。",
)
BEING_WRITTEN = note(
    "ledger.being-written",
    "{holder} 正在写台账（{since} 开始），这里看到的是此前的内容。",
    "需要最新内容的，请稍后重看。",
)
DAMAGED = error(
    "ledger.damaged",
    "台账 {path} 打不开：{reason}",
    "请不要删除它；用最近一次的备份（导出或拷贝）替换后重试，并把损坏的文件发给维护人员。",
)
TOO_NEW = error(
    "ledger.too-new",
    "台账 {path} 是用更新的程序写的（第 {version} 版，本程序认得到第 {known} 版）。",
    "请更新本程序后再打开，不要用旧程序改动它。",
)
UPGRADED = note("ledger.upgraded", "台账已由第 {before} 版升级，升级前的备份是 {backup}。", "确认无误后可以删除备份。")

# --- carried forward ----------------------------------------------------------------------

CLOSED_DROPPED = note(
    "ledger.closed-dropped",
    "“{unit}”有 {count} 项任务已销号，本期不再填报：{tasks}。",
    "不需要处理；销号有误的请在汇总表里改回审核后重新下发。",
)
NOT_ASKED = note("ledger.not-asked", "按日历，本期不问这 {count} 项任务：{tasks}。", "需要一并填报的，下发时加 --all。")
NOTHING_LEFT = error(
    "ledger.nothing-left",
    "本期没有要填报的任务：{count} 项次已销号或按日历本期不报。",
    "请核对填报期写得对不对；仍要填报的，下发时加 --all，或在汇总表里改回销号的任务。",
)
UNCHANGED_UNKNOWN = error(
    "ledger.unchanged-unknown",
    "填的是“{text}”，但没有可以沿用的上期情况。",
    "请该单位直接选择完成情况后重新报送。",
)
UNCHANGED_DIFFERS = warning(
    "ledger.unchanged-differs",
    "填的是“本期无变化”，表上的上期情况是“{shown}”，台账里上期是“{word}”，按台账汇总。",
    "请核对该单位的表是否被改动过。",
)
ISSUED_DIFFERENTLY = note(
    "ledger.issued-differently",
    "“{unit}”本期下发时没有问这 {count} 项任务，没有计入应报：{tasks}。",
    "需要本期填报的，请给该单位重新下发。",
)

# --- the office's own decisions --------------------------------------------------------------

VERDICT_UNREAD = warning(
    "ledger.verdict-unread", "“审核”一栏写的是“{text}”，看不懂，没有记入台账。", "请从下拉框里选 已核、退回 或 销号。"
)
RETURNED_WITHOUT_OPINION = warning(
    "ledger.returned-without-opinion", "退回时没有写审核意见。", "请在“审核意见”一栏写明哪里不对、怎么改，再读取一次。"
)
ACCEPTED_NOTHING = warning(
    "ledger.accepted-nothing", "这一项没有报送，却审核为“{verdict}”。", "请核对是不是填错了行；已按所填记入台账。"
)
CLOSED_UNDONE = warning(
    "ledger.closed-undone",
    "完成情况是“{status}”，却审核为“销号”，以后各期不再要求填报。",
    "请核对；有误的请改回后再读取一次。",
)
RETURNED = error("ledger.returned", "任务“{label}”经审核退回：{opinion}", "请按审核意见修改后，用原表重新报送。")
DECIDED_MEANWHILE = warning(
    "ledger.decided-meanwhile",
    "这份汇总表写出以后，已有人把这一项审核为“{other}”；现按这份表改为“{verdict}”。",
    "请与另一位经办人核对；两次审核都留在日志里。",
)
MENDED_MEANWHILE = warning(
    "ledger.mended-meanwhile",
    "这份汇总表写出以后，“{column}”已变为“{other}”；现按这份表改为“{new}”。",
    "请核对以哪个为准；每次改动都留在日志里。",
)
CORRECTED = note(
    "ledger.corrected", "“{column}”由办公室从“{old}”改为“{new}”（{on}，依据：{why}）。", "不需要处理；以后汇总都保留。"
)
CORRECTED_WITHOUT_REASON = warning(
    "ledger.corrected-without-reason",
    "“{column}”由“{old}”改为“{new}”，没有写依据。",
    "请在“审核意见”一栏写明为什么改，再读取一次。",
)
CORRECTION_UNREAD = warning(
    "ledger.correction-unread", "“{column}”改成了“{new}”，看不懂，没有记入台账。", "请改成规定的写法，再读取一次。"
)
CORRECTION_OUTDATED = warning(
    "ledger.correction-outdated",
    "“{column}”办公室改过（从“{old}”改为“{kept}”），该单位又报了“{new}”；仍按办公室的改动汇总。",
    "请核实以哪个为准；以单位新报为准的，请把汇总表里这一格改成它再读取一次。",
)
CORRECTION_LOST = warning(
    "ledger.correction-lost",
    "办公室把“{column}”从“{old}”改为“{new}”，该单位后来报的表里没有这一行了，改动没有用上。",
    "请核对这一行是删掉了还是换了写法；还要改的，请在新的汇总表里改，再读取一次。",
)
DECISION_LAPSED = warning(
    "ledger.decision-lapsed",
    "审核为“{verdict}”以后，该单位又报了不同的内容，原来的审核不再有效。",
    "请重新审核这一项。",
)
RESUBMITTED = note("ledger.resubmitted", "退回以后该单位已重新报送。", "请重新审核这一项。")
OLD_SUMMARY = warning(
    "ledger.old-summary",
    "{path} 里没有标识，不知道它是哪一次汇总的，按“{round}”最近一次汇总核对。",
    "请核对读出的改动；以后请用程序写出的汇总表审核。",
)
NOT_MERGED = error(
    "ledger.not-merged",
    "台账里没有“{round}”的汇总记录，不能读取审核。",
    "请先在这个台账文件夹里汇总这一期，再在新的汇总表里审核。",
)

# --- the calendar -------------------------------------------------------------------------------

YEAR_UNKNOWN = warning(
    "ledger.year-unknown",
    "程序里还没有 {year} 年的放假安排，按周一至周五上班推算。",
    "放假安排公布后，请在 fengong.toml 的 holidays 和 extra_workdays 里写上。",
)
DUE_ON_HOLIDAY = warning("ledger.due-on-holiday", "报送截止日期 {due} 是休息日。", "如需顺延，下一个工作日是 {next}。")
ROUND_WITHOUT_PERIOD = note(
    "ledger.round-without-period",
    "填报期“{round}”看不出起止时间，所有任务都问。",
    "填报期写成 2026年第三季度、2026年7月 这样，就可以按频次安排。",
)
