"""Findings: what is met while writing."""

from toolkit.findings import error, note, warning

TEMPLATE_BROKEN = error(
    "output.document-template-broken",
    "模板“{name}”不能使用：{why}。",
    "请用 Excel、WPS 或 Word 打开该模板，按提示改正；或删除改动过的模板，恢复程序自带的模板后重试。",
)
TEXT_CUT = warning(
    "output.text-cut",
    "《{sheet}》{cell} 的内容共 {length} 字，超过单元格上限 32767 字，已截断。",
    "单元格末尾注明了截断；请打开来源文件查看全文。",
)
LINKS_LIMITED = note(
    "output.links-limited",
    "《{sheet}》共 {count} 行，超过每张表 65530 个链接的上限，只在每个单位的第一行设链接。",
    "其余各行的“来源”列写明了文件、工作表和单元格，可据此查找原件。",
)
SOURCE_UNREACHABLE = note(
    "output.source-unreachable",
    "{count} 个来源文件与汇总表不在同一磁盘或找不到，未设链接。",
    "请把回收文件夹与汇总表放在同一磁盘后重新汇总；“来源”列已写明文件和单元格。",
)
ROWS_TO_CSV = warning(
    "output.rows-to-csv",
    "《明细》共 {count} 行，超过一张表 1048576 行的上限，其余各行写入 {files}。",
    '请把 CSV 文件与汇总表放在同一文件夹，一并保存和报送；安装 "fengong[scale]" 后改写成可以查询的 Parquet 文件。',
)
ROWS_TO_PARQUET = warning(
    "output.rows-to-parquet",
    "《明细》共 {count} 行，超过一张表 1048576 行的上限，写入 {files}，汇总表里不再列出。",
    "请把这些文件与汇总表放在同一文件夹，一并保存；用 fengong query 查询，或按县、按填报期分开汇总。",
)
SUMMARY_APART = error(
    "output.summary-apart",
    "{path} 的明细超过一张表的上限，写在旁边的 Parquet 文件里，不能由它生成文书或读取审核。",
    "请按县、按单位分开汇总后再用；查询明细请用 fengong query。",
)
SUMMARY_UNREADABLE = error(
    "output.summary-unreadable",
    "{path} 不是可以读取的汇总表：{why}。",
    "请选择由“汇总”生成的汇总表；如改动过表头，请恢复表头或重新汇总。",
)
EDITED_KEPT = note(
    "output.edited-kept",
    "“{name}”已有人改动或正在打开，予以保留；新的文件名为“{new}”。",
    "请核对两份文件，留下需要的一份。",
)
NO_OFFICE = error(
    "output.no-office",
    "没有找到 LibreOffice，不能导出 PDF。",
    "请安装 LibreOffice；或者用 Excel、WPS 打开该文件，另存为 PDF。",
)
PDF_FAILED = error(
    "output.pdf-failed",
    "“{name}”没有导出成 PDF。",
    "请用 Excel、WPS 或 LibreOffice 打开该文件，另存为 PDF。",
)
OUT_IS_INPUT = error(
    "output.is-input",
    "“{path}”是要读取的文件，不能把结果写在它上面。",
    "请给结果换一个文件名。",
)

# --- workbooks sent back with marks -----------------------------------------------------------

NOT_MARKED = warning(
    "output.not-marked",
    "“{path}”没有生成标注件：{why}。",
    "请把问题清单或退回单随原表一起退回；也可以另存为 .xlsx 后重新校验。",
)
PICTURES_IN_CELLS = error(
    "output.pictures-in-cells",
    "表里有嵌入单元格的图片，标注时不能完整保留。",
    "请把问题清单随原表一起退回。",
)
MARKED_IS_INPUT = error(
    "output.marked-is-input",
    "标注件会盖住收到的原件“{path}”。",
    "请给 --marked 换一个文件夹。",
)

# --- a level's round as the return to the level above -----------------------------------------

NO_UPPER_FORM = error(
    "output.no-upper-form",
    "{path} 不是上级下发的填报表：{why}。",
    "请选上级发给本单位的那份填报表（带编码的 .xlsx 原件）。",
)
NOTHING_ROLLED_UP = error(
    "output.nothing-rolled-up",
    "汇总表里没有一项任务对应上级填报表中的任务。",
    "请用“接上级的任务”（命令行是 draft --for 本单位）生成本级任务分工表，或在它的“上级编码”栏填写上级任务的编码。",
)
NOT_ROLLED_UP = warning(
    "output.not-rolled-up",
    "上级填报表中有 {count} 项任务本级没有填报，留空：{labels}。",
    "请直接在填好的表里补填这些任务，再报送上级。",
)
PARTLY_ROLLED_UP = warning(
    "output.partly-rolled-up",
    "任务“{label}”有 {count} 个单位的填报不能计入（{units}），不按已完成上报。",
    "请催报或审核后重新汇总，再生成上报表。",
)
UNITS_ABSENT = warning(
    "output.units-absent",
    "汇总表的《明细》里缺 {count} 个单位的行：{units}；按未报上报。",
    "行是手工删去的，请重新汇总；确实不再承担任务的，请先改任务分工表。",
)
ROLLED_UP_UNREVIEWED = warning(
    "output.rolled-up-unreviewed",
    "有 {count} 项填报还没有审核（{units}），已照单位的填报计入。",
    "只报审核过的，请选“只算审核过的”（--accepted-only）；要先审核，请填《明细》的“审核”栏，读取审核后重新生成。",
)
NOTHING_TRACED = error(
    "output.nothing-traced",
    "{path} 里没有要看的填报。",
    "请核对任务和单位：这个单位可能不承担这项任务；都不指定就是全部。",
)
BELOW_LOST = warning(
    "output.below-lost",
    "{unit}报来的“{path}”里没有下级明细，看不到它下面各单位的填报。",
    "这一级的填报照常计入；要看下级的，请对方把生成的上报表（.xlsx 原件）原样再报一次。",
)
