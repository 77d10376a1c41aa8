"""Findings: what is wrong with the way a command was called."""

from __future__ import annotations

from toolkit.findings import error

NO_SUCH_COMMAND = error("command.unknown", "没有这个命令：{name}。", "输入 fengong --help 查看全部命令。")
MISSING_ARGUMENT = error("command.missing", "缺少参数 {name}。", "输入 fengong {command} --help 查看写法。")
NO_SUCH_OPTION = error("command.option", "没有这个选项：{name}。", "输入 fengong {command} --help 查看可用的选项。")
BAD_VALUE = error("command.value", "参数 {name} 的值不对：{value}。", "{wanted}")
NO_VALUE = error("command.no-value", "选项 {name} 后面没有写值。", "输入 fengong {command} --help 查看写法。")
TOO_MANY = error(
    "command.too-many", "多写了参数：{words}。", "路径里有空格时要加引号；输入 fengong {command} --help 查看写法。"
)
WRONG_USAGE = error("command.usage", "命令写法不对：{detail}", "输入 fengong {command} --help 查看写法。")
NOT_FOUND = error("command.not-found", "找不到文件或文件夹：{path}。", "请检查路径有没有写错；路径里有空格时要加引号。")
NOT_A_FILE = error("command.not-a-file", "这是一个文件夹，不是文件：{path}。", "请写到具体的文件名。")
NOT_A_FOLDER = error(
    "command.not-a-folder", "这是一个文件，不是文件夹：{path}。", "请换一个文件夹名，或先把这个文件移走。"
)
NO_FOLDER = error(
    "command.no-folder",
    "写不进这个位置：{path}（{reason}）。",
    "请换一个能写入的文件夹，或关闭正在使用它的程序后重试。",
)
CANCELLED = error("command.cancelled", "已取消。", "原有文件没有改动，可以重新执行。")
INTERNAL = error(
    "command.internal",
    "程序内部出错（{what}），原有文件没有改动。",
    "请把记录文件 {log} 发给维护人员；先换用原来的办法处理这一个文件。",
)
SETTINGS_UNREADABLE = error(
    "command.settings-unreadable",
    "设置文件 {path} 读不出来：{detail}",
    "请用记事本按 UTF-8 编码改好，或把它改名后用默认设置。",
)
SETTINGS_WRONG = error(
    "command.settings-wrong", "设置文件 {path} 里有写错的地方：{detail}", "请对照 docs/设置.md 改正后重试。"
)
NOTHING_SELECTED = error(
    "command.nothing-selected",
    "选中的 {cell} 不是汇总表里某项任务或某个单位的格。",
    "请打开汇总表，在《总表》《明细》《矩阵》等表里选中一格，再按这个按钮。",
)
NO_BOOK = error("command.no-book", "没有打开的工作簿。", "请先打开要处理的表，再按这个按钮。")
SELFTEST_FAILED = error(
    "command.selftest",
    "自检没有通过：{name}（{reason}）。",
    "程序文件可能不完整，或被安全软件隔离。请重新安装；仍不通过时把本页内容发给维护人员。",
)
NO_ADDINS = error(
    "command.no-addins", "没有找到做好的加载项文件。", "请重新安装分工程序；从源码运行时先执行 make addins。"
)
WPS_LIST_BROKEN = error(
    "command.wps-list-broken",
    "WPS 的加载项清单读不懂，没有改动它：{path}。",
    "请把这个文件改名备份后重试；里面如有别的加载项，请让它们的提供方重新安装。",
)

# --- questions in SQL -------------------------------------------------------------------------

NO_DUCKDB = error(
    "command.no-duckdb",
    "没有安装 DuckDB，不能查询。",
    '请执行 pip install "fengong[scale]" 后重试；也可以直接在汇总表里筛选。',
)
QUERY_NOT_SELECT = error(
    "command.query-not-select", "查询只能是一条 SELECT。", "请只写一条以 SELECT（或 WITH … SELECT）开头的语句。"
)
QUERY_FAILED = error(
    "command.query-failed",
    "查询没有成功：{reason}",
    "可以查的表：entries（明细）、findings（问题）、files（来源）、units（单位）；"
    "SELECT * FROM 明细 LIMIT 5 可以看到各列。",
)
QUERY_WHICH = error(
    "command.query-which",
    "文件夹 {path} 里有 {count} 份汇总表{names}，不知道查哪一份。",
    "请写到具体的汇总表，例如 汇总/2022年第四季度/汇总表.xlsx。",
)
QUERY_ENDING = error("command.query-ending", "查询结果不能写成 {path}。", "请把文件名写成以 .xlsx 或 .csv 结尾。")
