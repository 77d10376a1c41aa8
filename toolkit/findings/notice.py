"""Findings: what is met while reading a notice."""

from toolkit.findings import error, note, warning

NOT_A_NOTICE = error(
    "notice.not-a-notice",
    "{path} 里没有找到任务分工：既没有任务表格，也没有编号的任务",
    "请确认选的是任务分工的通知或方案；任务在另一个附件里的，请选那个附件",
)
NOT_FOR_DRAFT = error(
    "notice.not-for-draft",
    "{path} 是程序生成的{what}，不是通知",
    "请选任务分工的通知或方案；要改已有的分工，请直接改任务分工表",
)
SAME_NOTICE = warning(
    "notice.same-notice",
    "{path} 和 {other} 内容完全相同，任务列了两遍",
    "多半是选重了，请去掉一份后重新拟表",
)
NO_UNITS = error(
    "notice.no-units",
    "{path} 的 {tasks} 项任务都没有写明责任单位",
    "任务分工表已经写出，请在表中填上各项任务的单位，再下发",
)

COLUMNS_LEFT_OUT = note(
    "notice.columns-left-out",
    "{path} 表格中的这些栏在任务分工表里没有相应的栏目，没有列入：{columns}",
    "填报时用得着的，请从原文抄到任务分工表的“备注”栏；用不着的，不用处理",
)
PICTURE = error(
    "notice.picture",
    "{path} 是一张图片，里面的文字读不出来",
    "请向发文单位要 Word 或可复制文字的 PDF；或用 WPS 的“图片转文字”识别后另存为 .docx，核对无误再拟表",
)

# --- amendments ------------------------------------------------------------------------------

TASK_ADDED = note("notice.task-added", "新增任务“{label}”。", "请核对后下发；已经发出的填报表继续有效。")
TASK_CHANGED = note(
    "notice.task-changed",
    "任务“{label}”有调整，原来的内容写在批注里。",
    "请核对；已经发出的填报表继续有效，编码不变，已经报来的照常汇总。",
)
TASK_UNNAMED = warning(
    "notice.task-unnamed",
    "新文件中没有任务“{label}”，暂时保留。",
    "确认取消的，请在任务分工表中删去这一行；没有取消的，不用处理。",
)
NEW_FORM_NEEDED = note(
    "notice.new-form-needed",
    "{count} 个单位新增了任务，要补发填报表：{units}。",
    "核对新的任务分工表并启用后，下发时加 --concerned，只给这些单位补发；已经报来的照常汇总。",
)
ONLY_TO_TELL = note(
    "notice.only-to-tell",
    "{count} 个单位的任务只有调整或减少，不用重发：{units}。",
    "请告知这些单位；已经发出的填报表继续有效。要换新表的，下发时用 --unit 写明单位。",
)
