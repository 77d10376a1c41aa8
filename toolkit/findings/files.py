"""Findings: what is met while opening files."""

from toolkit.findings import error, note, warning

# --- before opening -------------------------------------------------------------------

MISSING = error("files.missing", "找不到文件：{path}。", "请检查文件是否被移动或改名，再重新执行。")
UNREADABLE = error("files.unreadable", "打不开文件（{reason}）。", "请检查文件权限，或关闭正在使用它的程序后重试。")
NOT_REGULAR = error(
    "files.not-regular", "不是普通文件（设备或管道），没有读取。", "请把真正的文件复制到文件夹中再重新执行。"
)
EMPTY = error("files.empty", "文件是空的（0 字节）。", "多半是传输中断造成的，请用原件重新提交。")
TOO_LARGE = error(
    "files.too-large",
    "文件太大（{megabytes} MB，最多 {most} MB），没有读取。",
    "请删去文件中的图片等大附件后重新提交；大的压缩包请先解压。",
)

# --- containers of parts ----------------------------------------------------------------

ZIP_DAMAGED = error(
    "files.zip-damaged", "文件已损坏，打不开（{reason}）。", "请在保存原件的电脑上打开确认，另存一份后重新提交。"
)
ZIP_LIMIT = error(
    "files.zip-limit",
    "文件内部结构异常（{reason}），为安全起见没有读取。",
    "请新建一个空白工作簿，把内容粘贴进去后重新提交。",
)
XML_UNSAFE = error(
    "files.xml-unsafe",
    "文件内部含有外部实体定义（{part}），为安全起见没有读取。",
    "这不是办公软件正常保存的文件，请核实来源后重新提交。",
)
XML_DAMAGED = error(
    "files.xml-damaged", "文件内部的 {part} 已损坏（{reason}）。", "请在保存原件的电脑上打开确认，另存一份后重新提交。"
)

# --- workbooks ----------------------------------------------------------------------------

NO_SHEETS = error("files.no-sheets", "工作簿里没有读到任何工作表。", "请打开原件确认，另存为 .xlsx 后重新提交。")
NO_CELLS = error("files.no-cells", "文件里没有任何内容。", "请确认是否填写后忘了保存，保存后重新提交。")
SHEET_MISSING = error(
    "files.sheet-missing",
    "工作簿列出了工作表“{sheet}”，但文件里没有它的内容。",
    "请打开原件确认该表是否完好，另存后重新提交。",
)
STRING_MISSING = error(
    "files.string-missing",
    "工作表“{sheet}”有文字在文件里找不到。",
    "请在保存原件的电脑上打开确认，另存一份后重新提交。",
)
PLACE_IMPOSSIBLE = error(
    "files.place-impossible",
    "文件里有不可能存在的行列号（{place}），没有读取。",
    "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新提交。",
)
TOO_MANY_CELLS = error(
    "files.too-many-cells",
    "文件里有内容的单元格超过 {most} 个，没有读取。",
    "请确认是否拿错了文件；填报表请只保留填写内容后重新提交。",
)
TOO_WIDE = error(
    "files.too-wide",
    "工作表“{sheet}”在很远的 {cell} 还有内容，整张表过大，没有读取。",
    "请删去该处多余内容（选中整行整列后删除），保存后重新提交。",
)
TEXT_BOX = warning(
    "files.text-box",
    "工作表“{sheet}”的 {cell} 处有浮动文本框，其中文字没有当作填报内容：{text}",
    "如属填报内容，请填到单元格里。",
)
XLS_DAMAGED = error(
    "files.xls-damaged",
    ".xls 文件已损坏，打不开（{reason}）。",
    "请在保存原件的电脑上打开确认，另存为 .xlsx 后重新提交。",
)
TEXT_UNDECODABLE = error(
    "files.text-undecodable",
    "文字的编码认不出来，读不出内容。",
    "请用 Excel、WPS 或 Word 打开，另存为 .xlsx 或 .docx 后再试。",
)
TEXT_LOSSY = warning(
    "files.text-lossy",
    "文件里有几个字符已损坏，显示为“\ufffd”。",
    "请对照原文件检查带这个符号的地方；必要时请对方另存后重新发送。",
)
FIELD_TOO_LONG = error(
    "files.field-too-long",
    "文本文件里有一格超过 {most} 个字符，没有读取。",
    "请检查引号是否成对，或另存为 .xlsx 后重新提交。",
)
READER_FAILED = error(
    "files.reader-failed", "文件读不出来（{reason}）。", "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新提交。"
)
SECOND_READER = warning(
    "files.second-reader",
    "文件不够规范（{reason}），已改用第二种方式读取；批注、合并单元格等可能没有读到。",
    "请对照原文件抽查；如有出入，请把原件另存为 .xlsx 后重新提交。",
)

# --- archives ---------------------------------------------------------------------------------

JUNK = note("files.junk", "办公软件或系统留下的临时文件，已忽略。", "不用处理。")
RAR = error("files.rar", "这是 .rar 压缩包，没有打开。", "请先解压，把里面的文件放进同一文件夹后重新执行。")
ARCHIVE_ENCRYPTED = error(
    "files.archive-encrypted", "压缩包设有密码，没有打开。", "请用 --password 给出密码，或去掉密码后重新打包。"
)
ARCHIVE_METHOD = error("files.archive-method", "压缩方式少见，没有解开。", "请先解压，再用系统自带的压缩功能重新打包。")
ARCHIVE_DAMAGED = error("files.archive-damaged", "压缩包已损坏，打不开（{reason}）。", "请重新打包，或不打包直接提交。")
ARCHIVE_NESTED = error(
    "files.archive-nested",
    "压缩包里又套了多层压缩包，没有继续打开。",
    "请先解压，把里面的文件放进同一文件夹后重新执行。",
)
ARCHIVE_EMPTY = warning("files.archive-empty", "压缩包里没有文件。", "请重新打包后提交。")
MAIL_EMPTY = error("files.mail-empty", "邮件里没有附件。", "请把文件作为附件重新发送。")
LINK = error("files.link", "这是一个链接，没有读取。", "请把链接所指的文件本身复制到文件夹中。")
FOLDER_UNREADABLE = error("files.folder-unreadable", "这是一个文件夹，读不了里面的内容。", "请检查文件夹权限后重试。")

# --- worker processes -----------------------------------------------------------------------

TOO_SLOW = error(
    "files.too-slow",
    "读取超过 {seconds} 秒仍未完成，已停止读取该文件。",
    "请新建一个空白工作簿，只粘贴有用的内容后重新提交。",
)
TOO_MUCH_MEMORY = error(
    "files.too-much-memory",
    "读取需要的内存超过 {megabytes} MB，已停止读取该文件。",
    "请新建一个空白工作簿，只粘贴有用的内容后重新提交。",
)
READER_CRASHED = error(
    "files.reader-crashed",
    "文件严重损坏，读取程序中断，已跳过该文件。",
    "请用 Excel 或 WPS 打开原件，另存为 .xlsx 后重新提交。",
)
NO_WORKER = error(
    "files.no-worker",
    "读取文件的后台进程启动不了。",
    "请关闭其他程序腾出内存后重试；安全软件拦截时请将本程序加入信任。",
)

# --- kinds of files -----------------------------------------------------------------------

ENCRYPTED = error(
    "files.encrypted", "文件设有打开密码，读不了。", "请去掉打开密码后重新报送，或用 --password 给出密码。"
)
WRONG_PASSWORD = error(
    "files.wrong-password", "文件设有打开密码，给出的密码打不开。", "请核对密码，或去掉打开密码后重新提交。"
)
PICTURE = note(
    "files.picture",
    "这是一张图片，里面没有可读取的文字和表格。",
    "如是佐证材料，不用处理；否则请换成可以编辑的文件（表格、Word 或可复制文字的 PDF）后重新提交。",
)
ARCHIVE_UNOPENED = error(
    "files.archive-unopened", "这是压缩包或邮件，不是一份表格。", "请解压后，对里面的文件重新执行。"
)
UNKNOWN_KIND = error(
    "files.unknown-kind", "认不出这是什么文件。", "请先用办公软件打开，表格另存为 .xlsx，文档另存为 .docx。"
)

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
NO_PAGE = error("files.no-page", "网页文件里没有正文。", "请在浏览器或 WPS 中打开，另存为 .docx 后再试。")
PDF_SCANNED = error(
    "files.pdf-scanned",
    "这份 PDF 是扫描件（只有图片，没有文字），读不出内容。",
    "请向发文单位要 Word 或可复制文字的 PDF；或用 WPS 的“图片转文字”识别后另存为 .docx，核对无误再试。",
)
PDF_SCANNED_PAGES = warning(
    "files.pdf-scanned-pages",
    "PDF 第 {pages} 页是扫描图片，这些页的内容没有读到。",
    "请对照原文把这些页的内容补录进去，或换成可复制文字的版本。",
)
PDF_ENCRYPTED = error("files.pdf-encrypted", "这份 PDF 设有打开密码，读不出内容。", "请去掉打开密码后再试。")
PDF_UNMAPPED = error(
    "files.pdf-unmapped",
    "这份 PDF 的文字没有编码信息，读出来是乱码。",
    "请向发文单位要 Word 版；或用 WPS 把 PDF 转换为 .docx，核对无误再试。",
)
PDF_TOO_LONG = error(
    "files.pdf-too-long",
    "PDF 共 {pages} 页，最多读取 {most} 页。",
    "请只保留任务分工所在的页（打印为 PDF 时选择页码），再试一次。",
)
PDF_TOO_DENSE = error(
    "files.pdf-too-dense",
    "PDF 第 {page} 页的文字或线条数量异常，为安全起见没有读取。",
    "请换成由 Word 或 WPS 直接输出的 PDF，或改用 .docx。",
)
DOC_DAMAGED = error(
    "files.doc-damaged",
    "Word 文档（.doc/.wps）的内部结构已损坏，读不出内容。",
    "请用 WPS 或 Word 打开确认，另存为 .docx 后再试。",
)
DOC_TOO_OLD = error(
    "files.doc-too-old",
    "这是 Word 95 或更早版本的文档，不能直接读取。",
    "请用 WPS 或 Word 打开，另存为 .docx 后再试。",
)
OFD = error(
    "files.ofd",
    "这是 OFD 版式文件，不能直接读取。",
    "请用 OFD 阅读器或 WPS 打开，另存为 .docx 或 PDF 后再试。",
)

# --- files and workers elsewhere ------------------------------------------------------------

NO_FSSPEC = error(
    "files.no-fsspec",
    "读不了网络地址 {path}：没有安装 fsspec。",
    '请执行 pip install "fengong[dask]" 后重试；或者先把文件复制到本机或共享文件夹，再写文件夹的路径。',
)
ADDRESS_UNREACHED = error(
    "files.address-unreached",
    "连不上网络地址 {path}（{reason}）。",
    "请核对地址和网络；或者先把文件复制到本机或共享文件夹，再写文件夹的路径。",
)
ENGINE_UNKNOWN = error(
    "files.engine-unknown",
    "不认识的计算引擎：{engine}。",
    "写成 dask://主机:端口，例如 dask://10.0.0.5:8786；不写 --engine 时在本机读取。",
)
NO_DASK = error(
    "files.no-dask",
    "没有安装 dask，不能使用 {engine}。",
    '请执行 pip install "fengong[dask]" 后重试；不写 --engine 时在本机读取，结果一样。',
)
ENGINE_UNREACHED = error(
    "files.engine-unreached",
    "连不上 {engine}（{reason}）。",
    "请核对主机和端口，确认 dask scheduler 和至少一个 dask worker 已经启动；不写 --engine 时在本机读取，结果一样。",
)
