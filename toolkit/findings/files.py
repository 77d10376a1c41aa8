"""Findings: what is met while opening files."""

from toolkit.findings import error, note, warning

# --- before opening -------------------------------------------------------------------

MISSING = error("files.missing", "找不到文件：{path}。", "请检查文件是否被移动或改名，再重新执行。")
UNREADABLE = error("files.unreadable", "打不开文件（{reason}）。", "请检查文件权限，或关闭正在使用它的程序后重试。")
NOT_REGULAR = error(
    "files.not-regular",
    "不是普通文件（{what}），没有读取。",
    "请把真正的文件复制到文件夹中，不要放快捷方式、链接或设备。",
)
EMPTY = error("files.empty", "文件是空的（0 字节）。", "请让报送单位重新发送，多半是传输中断造成的。")
TOO_LARGE = error(
    "files.too-large",
    "文件太大（{megabytes} MB，最多 {most} MB），没有读取。",
    "请删去文件中的图片等大附件后重新报送；大的压缩包请先解压。",
)

# --- containers of parts ----------------------------------------------------------------

ZIP_DAMAGED = error(
    "files.zip-damaged", "文件已损坏，打不开（{reason}）。", "请让报送单位在本机打开确认后重新另存、重新发送。"
)
ZIP_LIMIT = error(
    "files.zip-limit",
    "文件内部结构异常（{reason}），为安全起见没有读取。",
    "请让报送单位新建一个空白工作簿，把内容粘贴进去后重新报送。",
)
XML_UNSAFE = error(
    "files.xml-unsafe",
    "文件内部含有外部实体定义（{part}），为安全起见没有读取。",
    "这不是办公软件正常保存的文件，请向报送单位核实来源后重新报送。",
)
XML_DAMAGED = error(
    "files.xml-damaged", "文件内部的 {part} 已损坏（{reason}）。", "请让报送单位在本机打开确认后重新另存、重新发送。"
)

# --- workbooks ----------------------------------------------------------------------------

NO_SHEETS = error("files.no-sheets", "工作簿里没有读到任何工作表。", "请让报送单位打开确认，另存为 .xlsx 后重新报送。")
NO_CELLS = warning("files.no-cells", "文件里没有任何内容。", "请确认报送单位是否填写后忘了保存，再重新报送。")
READER_FAILED = error(
    "files.reader-failed", "文件读不出来（{reason}）。", "请让报送单位用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。"
)
SECOND_READER = note(
    "files.second-reader",
    "文件不够规范，已改用第二种方式读取。",
    "请抽查几处内容；如有出入，请另存为 .xlsx 后重新报送。",
)

# --- worker processes -----------------------------------------------------------------------

TOO_SLOW = error(
    "files.too-slow",
    "读取超过 {seconds} 秒仍未完成，已停止读取该文件。",
    "请让报送单位新建一个空白工作簿，只粘贴填写内容后重新报送。",
)
TOO_MUCH_MEMORY = error(
    "files.too-much-memory",
    "读取需要的内存超过 {megabytes} MB，已停止读取该文件。",
    "请让报送单位新建一个空白工作簿，只粘贴填写内容后重新报送。",
)
READER_CRASHED = error(
    "files.reader-crashed",
    "文件严重损坏，读取程序中断，已跳过该文件。",
    "请让报送单位用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。",
)
NO_WORKER = error(
    "files.no-worker",
    "读取文件的后台进程启动不了。",
    "请关闭其他程序腾出内存后重试；安全软件拦截时请将本程序加入信任。",
)

# --- kinds of files -----------------------------------------------------------------------

UNKNOWN_KIND = error("files.unknown-kind", "认不出这是什么文件。", "请报送 .xlsx 填报表；其他格式请先另存为 .xlsx。")

# --- documents ----------------------------------------------------------------------------

DOCUMENT_FAILED = error(
    "files.document-failed",
    "文档内容读不出来（{reason}），文件可能已损坏。",
    "请用 WPS 或 Word 打开确认，另存为 .docx 后再试。",
)
NO_TEXT = warning(
    "files.no-text", "文档里没有读到任何文字。", "请打开确认内容；如果内容是图片，请换成可以复制文字的版本。"
)
TABLE_TOO_LARGE = error(
    "files.table-too-large",
    "文档中的表格行列数异常，为安全起见没有读取。",
    "请把表格复制到空白文档中，删去多余的空行空列后再试。",
)
