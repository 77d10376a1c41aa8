"""Findings: what the desktop program has to say besides the verbs."""

from toolkit.findings import error, note, warning

NO_FOLDER_OPEN = error(
    "desktop.no-folder", "还没有打开台账文件夹。", "请点右上角“换文件夹”，选一个放本项工作文件的文件夹。"
)
NO_PLAN = error("desktop.no-plan", "文件夹里还没有任务分工表。", "请先到“拟表”一步，把通知拖进来。")
NO_LEDGER = error(
    "desktop.no-ledger",
    "这个文件夹没有台账（台账.db），不记审核和日志。",
    "请点右上角“换文件夹”，新建一个空文件夹当台账文件夹，把任务分工表和单位名录复制进去，再下发和汇总。",
)
NO_ROUND = error("desktop.no-round", "还没有选填报期。", "请先到“下发”一步，写明填报期，再生成填报表。")
NO_RETURNS = error("desktop.no-returns", "“{round}”还没有收到任何文件。", "请把收回的文件、文件夹或压缩包拖进窗口。")
NO_SUMMARY = error("desktop.no-summary", "“{round}”还没有汇总表。", "请先到“汇总”一步，点“生成汇总表”。")
FOREIGN_PLAN = note(
    "desktop.foreign-plan",
    "“{path}”不是本程序拟的表，没有编码，在这里只能看，不能改。",
    "请点“用 Excel/WPS 打开”修改；下发时会另存一份带编码的任务分工表。",
)
CHANGED_ELSEWHERE = error(
    "desktop.changed-elsewhere",
    "“{path}”在别的程序里改过，窗口里的改动没有保存。",
    "请点“重新读取”取用新内容，再把窗口里的改动做一遍。",
)
OPEN_ELSEWHERE = error(
    "desktop.open-elsewhere",
    "“{path}”正在别的程序里打开，暂时不能保存。",
    "请先在 Excel/WPS 里关闭它，再点“保存”；窗口里的改动还在。",
)
NOT_SAVED = error(
    "desktop.not-saved", "“{path}”没有保存成功：{reason}", "请检查磁盘是否写满、文件夹是否只读，然后再点“保存”。"
)
PLAN_THERE = warning(
    "desktop.plan-there",
    "文件夹里已有任务分工表，新拟的表写成“{name}”，没有换掉原来的。",
    "中途来的修订、补充通知，请用“调整”里的“在已有分工表上调整”；改用新表的，把原表改名，新表改名为“任务分工表.xlsx”。",
)
NOT_SHOWN = error("desktop.not-shown", "“{path}”不能在这里预览：{reason}", "请点“打开”，用 Excel、WPS 或看图程序查看。")
CELL_NOT_NAMED = note("desktop.no-cell", "这一条问题不在某个文件里。", "请按“怎么办”一栏处理。")

# --- putting a new plan or register into use --------------------------------------------------

CHANGED_SINCE = error(
    "desktop.changed-since",
    "“{path}”在生成新表以后又改过，没有启用新表。",
    "请重新做一遍，让新表带上这些改动；已经生成的新表还在，不要时可以删去。",
)
NOT_IN_USE = error(
    "desktop.not-in-use",
    "“{path}”没有换成新表：{reason}。",
    "请先在 Excel/WPS 里关闭原表和新表，再点“启用”；两份表都没有动。",
)
NO_AMENDMENT = error(
    "desktop.no-amendment",
    "还没有可以调整的任务分工表。",
    "请先用原来的通知拟出任务分工表；已经有的，放进文件夹，改名为“任务分工表.xlsx”。",
)

# --- surveys, and what goes up ----------------------------------------------------------------

SURVEY_THERE = error(
    "desktop.survey-there",
    "已经有一张收集表叫“{name}”。",
    "请换一个名称；要用原来那张，从菜单“收集表”里打开。",
)
NO_SURVEY = error(
    "desktop.no-survey",
    "现在打开的不是收集表。",
    "请从菜单“收集表”里打开一张收集表，汇总以后再写回单位名录。",
)
