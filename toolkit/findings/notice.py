"""Findings: what is met while reading a notice."""

from toolkit.findings import error

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
NO_UNITS = error(
    "notice.no-units",
    "{path} 的 {tasks} 项任务都没有写明责任单位",
    "任务分工表已经写出，请在表中填上各项任务的单位，再下发",
)
