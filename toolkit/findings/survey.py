"""Findings: a table of the office's own (收集表): its fields, and what units write into them."""

from toolkit.findings import error, note, warning

# --- the sheet of fields ----------------------------------------------------------------------

NO_FIELDS = error(
    "survey.no-fields",
    "“{path}”里没有一个字段。",
    "请在表头“字段”下面一行写一个要单位填的栏目，例如 联系人、联系电话。",
)
NO_FIELD_TABLE = error(
    "survey.no-field-table",
    "“{path}”里找不到字段表：没有写着“字段”和“类型”的表头。",
    "请用“fengong form fields -o 字段.xlsx”得到一份空的字段表，填好后再试。",
)
FIELD_TWICE = error(
    "survey.field-twice",
    "字段“{name}”写了两次（第 {first} 行和第 {row} 行）。",
    "请改一个名称，例如写明是谁的、哪一种：办公电话、手机。",
)
FIELD_NAMELESS = error(
    "survey.field-nameless",
    "第 {row} 行写了“{text}”，却没有字段名称。",
    "请在“字段”栏写上名称；不要这一行就清空它。",
)
NAME_RESERVED = error(
    "survey.name-reserved",
    "字段不能叫“{name}”：这一栏由程序使用。",
    "请换一个名称，例如 编码 改为 机构编码，序号 改为 排序号。",
)
NAME_UNFIT = error(
    "survey.name-unfit",
    "字段名称“{name}”不能用作表头：{why}。",
    "请写一个简短的名称，详细要求写到“说明”栏。",
)
TYPE_UNKNOWN = error(
    "survey.type-unknown",
    "字段“{name}”的类型“{text}”不认识。",
    "请从下拉列表中选择：{types}。",
)
CHOICES_MISSING = error(
    "survey.choices-missing",
    "字段“{name}”的类型是选项，却没有写有哪些选项。",
    "请在“选项”栏写出来，用顿号隔开，例如 专职、兼职。",
)
CHOICE_TWICE = error(
    "survey.choice-twice",
    "字段“{name}”的选项“{text}”写了两次。",
    "请删去一个；顿号本身是选项文字的，请改用分号“；”隔开各项。",
)
REQUIRED_UNCLEAR = error(
    "survey.required-unclear",
    "字段“{name}”的“必填”写的是“{text}”，看不出是或否。",
    "请填 是 或 否；空着就是否。",
)
ROWS_UNCLEAR = error(
    "survey.rows-unclear",
    "“每单位”写的是“{text}”，看不出是一行还是多行。",
    "请填 一行（每个单位报一行）或 多行（每个单位报几行都可以）。",
)
TOO_MANY_FIELDS = error(
    "survey.too-many-fields",
    "字段有 {count} 个，超过一张表能排下的 {most} 个。",
    "请把字段分成两张收集表。",
)
CHOICES_IGNORED = warning(
    "survey.choices-ignored",
    "字段“{name}”写了选项，但类型是{type}，选项没有用上。",
    "要让单位从中选，请把类型改为 选项。",
)
EXAMPLE_UNFIT = warning(
    "survey.example-unfit",
    "字段“{name}”的示例“{text}”按{type}读不出来。",
    "请改正示例，以免单位照着填错；或者改用类型 文本。",
)
TEMPLATE_UNKNOWN = error(
    "survey.template-unknown",
    "没有名为“{name}”的自带收集表。",
    "请写 {names} 之一；要另做一张，请先用“fengong form fields -o 字段.xlsx”得到空的字段表。",
)
NO_PLACE = error(
    "survey.no-place",
    "这个台账文件夹收的是“{title}”，一个台账文件夹只收一张表；没有说结果放到哪里。",
    "请用 {flag} 写明，结果不记入台账；要记台账，请用“fengong init”另建一个台账文件夹。",
)
FOLDER_TAKEN = error(
    "survey.folder-taken",
    "这个台账文件夹里已经有 {path}，一个台账文件夹只收一张表。",
    "请用“fengong init”另建一个台账文件夹，在那里做收集表；或者用 -o 写明收集表放到哪里。",
)
NOTHING_TO_START_FROM = error(
    "survey.nothing-to-start-from",
    "没有说按哪张字段表做收集表。",
    "请写明字段表，例如 fengong form new 字段.xlsx -o 收集表.xlsx；或者用 --template 机构信息表。",
)

# --- what units wrote ---------------------------------------------------------------------------

REQUIRED_BLANK = error(
    "survey.required-blank",
    "没有填“{field}”{row}。",
    "这一栏必填，请补填后重新报送；确实没有的写“无”并说明。",
)
NOT_A_CHOICE = error(
    "survey.not-a-choice",
    "“{field}”填的是“{text}”{row}，不在选项里。",
    "请从下拉列表中选择：{choices}。",
)
DATE_UNREAD = error(
    "survey.date-unread",
    "“{field}”填的是“{text}”{row}，读不出日期。",
    "请写成 2026-03-05 这样的日期。",
)
NUMBER_UNREAD = error(
    "survey.number-unread",
    "“{field}”填的是“{text}”{row}，读不出数字。",
    "请只填一个数字；单位和说明写到别的栏里。",
)
PHONE_UNREAD = warning(
    "survey.phone-unread",
    "“{field}”填的是“{text}”{row}，不像电话号码。",
    "请核对：固定电话写区号和号码，如 010-62345678；手机写 11 位号码。",
)
MOBILE_UNREAD = error(
    "survey.mobile-unread",
    "“{field}”填的是“{text}”{row}，不是 11 位手机号码。",
    "请核对号码，只填数字。",
)
IDENTITY_UNREAD = error(
    "survey.identity-unread",
    "“{field}”填的号码{row}不是正确的身份证号：位数、日期或校验位不对。",
    "请对照证件逐位核对；单元格请设为文本，以免号码末尾变成 0。",
)
EMAIL_UNREAD = warning(
    "survey.email-unread",
    "“{field}”填的是“{text}”{row}，不像邮箱地址。",
    "请核对，写成 name@example.gov.cn 这样的地址。",
)
URL_UNREAD = warning(
    "survey.url-unread",
    "“{field}”填的是“{text}”{row}，不像网址。",
    "请核对，写成 www.example.gov.cn 这样的地址。",
)
ROW_TWICE = warning(
    "survey.row-twice",
    "第 {row} 行与第 {first} 行填的完全一样：{text}。",
    "请核对是不是重复粘贴；确是两项的，请写明区别。",
)
ROWS_TOO_MANY = error(
    "survey.rows-too-many",
    "这张表每个单位只填一行，却填了 {count} 行；采用了第一行（{first}），其余（{cells}）列在“表外内容”中。",
    "请向单位核实以哪一行为准；确实要报几行的，请另做一张“每单位”是多行的收集表。",
)
ROW_TAKEN_OUT = warning(
    "survey.row-taken-out",
    "这一行只在较早的文件里有，后报的“{later}”里没有：{text}。",
    "按后报的文件，没有汇总这一行，内容列在“表外内容”；如是漏报，请单位重新报送。",
)
ROWS_JOINED = warning(
    "survey.rows-joined",
    "{count} 份文件没有一行相同，各份的行都列入了：{text}。",
    "请核对是分几份报的，还是后一份整个重填了；是重填的，请删去较早的文件后重新汇总。",
)
NOTHING_BESIDE = error(
    "survey.nothing-beside",
    "没有收到随附材料：{what}。",
    "请单位补报；文件名写上单位名称，与表放在同一文件夹或压缩包里。",
)

UNREPORTED = warning("survey.unreported", "“{unit}”没有报送。", "请催报。")
UNREPORTED_REJECTED = warning(
    "survey.unreported-rejected",
    "“{unit}”的报送文件没有通过，按没有报送处理。",
    "请按退回原因通知该单位重新报送。",
)
BLANK_FORM = warning("survey.blank-form", "“{unit}”交回的是空表，一格都没有填。", "请退回让该单位填写后重新报送。")

# --- contacts into the register -----------------------------------------------------------------

NOT_A_SURVEY = error(
    "survey.not-a-survey",
    "“{path}”不是收集表的汇总表。",
    "请选由收集表汇总出来的汇总表。",
)
NO_CONTACT_FIELDS = error(
    "survey.no-contact-fields",
    "收集表里没有能填进名录的字段：找不到联系人和电话。",
    "请用 --contact 和 --phone 写明是哪两个字段。",
)
CONTACT_FIELD_UNKNOWN = error(
    "survey.contact-field-unknown",
    "收集表里没有字段“{name}”。",
    "请写下面字段中的一个：{names}。",
)
ROSTER_NOT_XLSX = error(
    "survey.roster-not-xlsx",
    "“{path}”不是 .xlsx 格式的名录，不能在副本里填写。",
    "请用 Excel 或 WPS 打开名录，另存为 .xlsx 后再试。",
)
CONTACT_KEPT = warning(
    "survey.contact-kept",
    "名录里{unit}的{word}是“{old}”，收集到的是“{new}”，没有改动。",
    "请核对；要用收集到的，请在副本里改，或者加 --overwrite 重新生成。",
)
CONTACT_REPLACED = note(
    "survey.contact-replaced",
    "名录里{unit}的{word}由“{old}”改为“{new}”。",
    "请核对；旧的仍在原来的名录里。",
)
CONTACT_NOT_IN_ROSTER = warning(
    "survey.contact-not-in-roster",
    "名录里没有{unit}，它报的联系人没有填进去。",
    "请先把这个单位加进名录。",
)
CONTACT_SEVERAL = warning(
    "survey.contact-several",
    "{unit}报了 {count} 行，名录里填的是第一行的联系人。",
    "请核对是不是应填的那个人。",
)
NOT_FOR_SURVEYS = error(
    "survey.no-such-bulletin",
    "收集表没有{kinds}。",
    "收集表可以生成催报单、退回单和通报；请只写这几种，或不写 --kind。",
)
EVERYTHING_FREE = note(
    "survey.nothing-to-contact",
    "没有可以填进名录的内容：单位还没有报，或者名录里已经都有。",
    "副本与原来的名录内容相同。",
)
