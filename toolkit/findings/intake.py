"""Findings: what is met in returned files."""

from __future__ import annotations

from toolkit.findings import error, note, warning

_RESEND = "请让报送单位在下发的填报表里填写后重新报送。"
_LOOK = "请打开原文件核对；不对的请改正原文件后重新汇总。"

# --- the file as a whole --------------------------------------------------------------

NOT_A_FORM = error(
    "intake.not-a-form",
    "这不是本任务分工表的填报表：没有找到能对上的任务，{count} 个有内容的单元格没有汇总。",
    "请核对是否发错了文件；确实要汇总的，请让报送单位填在下发的填报表里重新报送。",
)
TABLE_LOST = error(
    "intake.table-lost",
    "这是“{unit}”的填报表，但表里的任务一项也认不出了，{count} 个有内容的单元格没有汇总。",
    _RESEND,
)
EMPTY_FILE = error("intake.empty", "文件里没有任何内容。", _RESEND)
OWN_OUTPUT = note("intake.own-output", "这是{what}，不是填报表，没有汇总。", "不需要处理；建议把它移出回收文件夹。")
OTHER_PLAN = error(
    "intake.other-plan",
    "这不是本任务分工表的填报表：它属于另一份任务分工表（标识 {plan}，本表标识 {wanted}），没有汇总。",
    "请核对 --plan 给的任务分工表对不对；如果是单位发错了表，请退回让其填报本次下发的表。",
)
OTHER_ROUND = error(
    "intake.other-round",
    "这是“{round}”的填报表，本次汇总的是“{wanted}”，没有汇总；其中 {count} 项填报内容列为参考。",
    "请让该单位按本期下发的表重新填报；参考内容在结果的“多出内容”中。",
)
SUGGESTION = note(
    "intake.suggestion",
    "“{round}”的表里这一项填的是：{text}。没有汇总，仅供参考。",
    "请让该单位确认本期情况，不要直接照抄往期内容。",
)
OLDER_REVISION = warning(
    "intake.older-revision",
    "这是任务分工表第 {revision} 版的填报表（现为第 {current} 版），对得上的任务已汇总。",
    "请核对两版之间改动过的任务；需要时请该单位按新表补报。",
)
NEWER_REVISION = warning(
    "intake.newer-revision",
    "填报表来自任务分工表第 {revision} 版，比 --plan 给的第 {current} 版新。",
    "请改用最新的任务分工表重新汇总。",
)
NO_LONGER_FITS = warning(
    "intake.no-longer-fits",
    "任务 {code}（{text}）在现在的任务分工表里已没有，或已不归该单位，填报内容没有汇总。",
    "请核对这项任务是否改由别的任务承接；内容在“多出内容”中。",
)

# --- whose it is ------------------------------------------------------------------------

UNIT_UNKNOWN = error(
    "intake.unit-unknown",
    "看不出这份表是哪个单位报的（写的是“{text}”），没有汇总。",
    "请在表的“填报单位”写明单位全称，或在单位名录的“简称”里加上这个写法，再重新汇总。",
)
UNIT_SUGGESTED = error(
    "intake.unit-suggested",
    "“{text}”不在单位名录里，可能是“{suggestion}”（相似度 {likeness}%），没有汇总。",
    "如果就是该单位，请在单位名录的“简称”里加上“{text}”；不是的请让报送单位写明全称。改好后重新汇总。",
)
UNIT_CONFLICT = error(
    "intake.unit-conflict",
    "这份表是下发给“{stamped}”的，却由“{text}”填报，没有汇总。",
    "请核实由谁填报：“{text}”应填下发给自己的表；只是写错单位名的，请改正“填报单位”后重新汇总。",
)
UNIT_ALIAS = warning(
    "intake.unit-alias", "填报单位写的是“{text}”，按单位名录中的“{unit}”汇总。", "请核对是不是同一个单位。"
)
UNIT_MISSPELT = warning(
    "intake.unit-misspelt",
    "填报单位写的是“{text}”，与表内标识的“{unit}”不完全一致，按“{unit}”汇总。",
    "请核对是不是同一个单位；常用的写法可以加到单位名录的“简称”里。",
)
UNIT_BY_FILE_NAME = warning(
    "intake.unit-by-file-name",
    "表里没有写填报单位，按文件名或文件夹名“{text}”认作“{unit}”。",
    "请核对是不是该单位报的。",
)
UNIT_BY_SHEET_NAME = warning(
    "intake.unit-by-sheet-name", "表里没有写填报单位，按工作表名“{text}”认作“{unit}”。", "请核对是不是该单位报的。"
)
FILE_NAME_DIFFERS = warning(
    "intake.file-name-differs",
    "文件名像是“{named}”的，表内写明是“{unit}”，按“{unit}”汇总。",
    "请核对文件有没有放错或改错名字。",
)
SEVERAL_FORMS = note(
    "intake.several-forms", "一个文件里有 {count} 个单位的填报内容，已分别汇总。", "不需要处理；可抽查单位有没有认错。"
)
UNITS_BY_DUTY = warning(
    "intake.units-by-duty",
    "没有写填报单位，按“{text}”一列逐行认作各单位的填报。",
    "请核对这份表是不是由各单位分别填的；由一个单位统一填的，请写明填报单位。",
)
NO_TASKS = error(
    "intake.no-tasks",
    "“{unit}”在本次任务分工里没有任务，填报内容没有汇总。",
    "请核对单位名录和任务分工表；确有任务的请补上单位后重新汇总。",
)

# --- the table ----------------------------------------------------------------------------

COLUMNS_MOVED = note("intake.columns-moved", "列的顺序变动过，已按列名对应。", "不需要处理。")
COLUMN_GUESSED = warning(
    "intake.column-guessed", "“{text}”一列按位置或字面认作“{column}”。", "请核对这一列的内容放得对不对。"
)
COLUMN_ABSENT = warning(
    "intake.column-absent",
    "表里没有“{column}”一列，这一列都按没填处理。",
    "请核对是不是被删掉了；需要的请让报送单位补报。",
)
STRANGER_COLUMN = note(
    "intake.stranger-column", "表里多出一列“{text}”，内容列在“多出内容”中。", "请看一下有没有需要采用的内容。"
)
HEADER_ABSENT = warning(
    "intake.header-absent", "表头没有了，按下发时的列顺序读取。", "请抽查几项，核对内容有没有错列。"
)
HEADER_LOST = error("intake.header-lost", "表头没有了，列也和下发时不一样，无法判断哪一列是什么，没有汇总。", _RESEND)
TEXT_CHANGED = warning(
    "intake.text-changed",
    "“{column}”被改动：原为“{old}”，现为“{new}”；以任务分工表为准。",
    "请向报送单位了解为什么改；任务确有调整的请改任务分工表。",
)
TEXT_OUTDATED = note(
    "intake.text-outdated",
    "“{column}”与现在的任务分工表不同（表里是“{new}”），以任务分工表为准。",
    "这是旧版填报表，一般不需要处理。",
)
MATCHED_BY_TEXT = note("intake.matched-by-text", "编码没有了，按任务内容对上“{label}”。", "不需要处理。")
MATCHED_BY_LIKENESS = warning(
    "intake.matched-by-likeness", "编码没有了，按内容相似（{likeness}%）认作“{label}”。", _LOOK
)
MATCHED_BY_NUMBER = warning("intake.matched-by-number", "编码和任务内容都没有了，按序号认作“{label}”。", _LOOK)
CODE_TEXT_CONFLICT = error(
    "intake.code-text-conflict",
    "编码是任务 {code}，内容却是“{label}”（{other}），按内容汇总。",
    "这一行的编码和内容错位了，多半是排序或粘贴时漏选了一列；请打开原文件核对整张表。",
)
CODE_UNKNOWN = warning(
    "intake.code-unknown",
    "编码 {code} 不在任务分工表里，这一行没有汇总，内容列在“多出内容”中。",
    "请核对这项任务是不是已经删去，或者编码被改动。",
)
CODE_TWICE = error(
    "intake.code-twice",
    "任务“{label}”在表里出现了 {count} 行（{cells}），“{column}”不一样：{values}；"
    "汇总采用第一行，其余列在“多出内容”中。",
    "请向报送单位核实以哪一行为准，改正后重新汇总。",
)
CODE_TWICE_SAME = warning(
    "intake.code-twice-same",
    "任务“{label}”在表里出现了 {count} 行（{cells}），内容没有矛盾，已合为一项。",
    "请核对是不是多复制了一行。",
)
ROW_ABSENT = warning(
    "intake.row-absent",
    "表里少了任务“{label}”这一行，按未报处理。",
    "请核对这一行是不是被删掉或清空了；需要的请让报送单位补报。",
)
EXTRA_ROW = warning(
    "intake.extra-row",
    "这一行对不上任何任务，没有汇总，内容列在“多出内容”中。",
    "请看一下是不是补充说明，或者任务内容被改得认不出了。",
)
ANSWERS_ASTRAY = error(
    "intake.answers-astray",
    "这一行只有填报内容，没有对应的任务，没有汇总；表里的填报内容可能整体错了行。",
    "请打开原文件，核对每一项的内容是不是填在自己的任务后面；错行的请改正后重新汇总。",
)
EXTRA_ROWS_UNLISTED = warning(
    "intake.extra-rows-unlisted",
    "对不上任务的内容太多，另有 {count} 个有内容的单元格没有列出。",
    "请打开原文件查看。",
)
EXTRA_SHEET = note(
    "intake.extra-sheet",
    "工作表“{text}”不是填报表，{count} 个有内容的单元格没有汇总，列在“多出内容”中。",
    "请看一下有没有需要采用的内容。",
)
NOT_THEIR_TASK = error(
    "intake.not-their-task",
    "“{label}”不是“{unit}”的任务，填报内容没有汇总，列在“多出内容”中。",
    "请核对任务分工：确由该单位承担的请改任务分工表，否则请通知该单位。",
)
HIDDEN_ROWS = note("intake.hidden-rows", "这一行被隐藏或筛选掉了，内容照常读取。", "可请报送单位确认隐藏的内容有效。")
HIDDEN_COLUMN = note(
    "intake.hidden-column", "“{column}”一列被隐藏了，内容照常读取。", "可请报送单位确认隐藏的内容有效。"
)

# --- the cells ----------------------------------------------------------------------------

MERGED_ANSWER = note(
    "intake.merged-answer", "“{column}”合并了 {count} 行（{cells}），内容对每一项都算。", "请核对是不是各项情况都相同。"
)
UNDER_MERGED = note(
    "intake.under-merged",
    "合并单元格下面还压着看不见的内容，没有汇总，列在“多出内容”中。",
    "一般是合并前的旧内容；可打开原文件核对。",
)
UNSEEN_TAKEN = warning(
    "intake.unseen-taken",
    "“{column}”这一格被合并单元格盖住了，看不见，但填有内容，已按所在的行列汇总。",
    "请打开原文件取消合并，核对内容有没有错行。",
)
DITTO = note("intake.ditto", "“{text}”按 {source} 的内容“{value}”汇总。", "不需要处理；可核对指得对不对。")
DITTO_LOST = error(
    "intake.ditto-lost", "“{text}”指的是哪一项看不出来，按原文保留。", "请让报送单位写明内容后重新报送。"
)
UNKNOWN_STATUS = error(
    "intake.unknown-status",
    "完成情况“{text}”看不懂。",
    "请改为：未启动、申请延期、需优化完善、推进中、已完成并持续推进、已完成、不涉及 之一；常用的说法可以在设置里加上。",
)
STATUS_READ = note("intake.status-read", "完成情况写的是“{text}”，按“{word}”汇总。", "不需要处理；可核对理解得对不对。")
STATUS_BLANK = warning("intake.status-blank", "填了内容，但没有填“完成情况”。", "请向报送单位核实完成情况。")
DATE_UNREAD = warning(
    "intake.date-unread", "完成日期“{text}”认不出是哪一天，按原文保留。", "请让报送单位写成 2022-12-31 这样的日期。"
)
DATE_BY_SERIAL = warning(
    "intake.date-by-serial",
    "完成日期是数字 {text}，按电子表格的日期序号认作 {day}。",
    "请核对是不是这一天；不是的请让报送单位写成 2022-12-31 这样的日期。",
)
ERROR_CELL = error(
    "intake.error-cell", "单元格里是公式错误“{text}”，不是填报内容。", "请让报送单位改为文字后重新报送。"
)
UNCALCULATED = error(
    "intake.uncalculated",
    "单元格里的公式没有保存计算结果，内容读不到。",
    "请让报送单位用 Excel 或 WPS 打开后保存一次，或改为文字后重新报送。",
)
PICTURE = note("intake.picture", "这里有图片“{text}”，按佐证材料登记。", "请打开原文件查看图片。")
STRAY_PICTURE = note("intake.stray-picture", "表外有图片“{text}”，不属于哪一项任务。", "请打开原文件查看图片。")
COMMENT = note("intake.comment", "单元格有批注：“{text}”。", "请看一下批注有没有需要采用的内容。")

# --- several files of one unit ----------------------------------------------------------------

DUPLICATE = note("intake.duplicate", "与“{other}”内容相同，只汇总一次。", "不需要处理。")
SUPERSEDED = note(
    "intake.superseded", "“{unit}”后来又报了“{other}”，以后报的为准。", "不需要处理；有矛盾的内容另列为错误。"
)
JOINED = note("intake.joined", "“{unit}”的填报内容由 {count} 个文件拼成：{text}。", "请抽查拼得对不对。")
CORRECTED = note(
    "intake.corrected",
    "“{column}”已按退回的标注改正：原来填“{old}”（{old_place}），现在填“{new}”。",
    "不需要处理；汇总采用改正后的。",
)
CONTRADICTION = error(
    "intake.contradiction",
    "“{column}”前后两次填报不一样：先报的“{old}”（{old_place}，{old_time}），后报的“{new}”（{new_place}，{new_time}）；"
    "汇总采用后报的。",
    "请向该单位核实以哪一次为准。",
)
CONTRADICTION_UNDECIDED = error(
    "intake.contradiction-undecided",
    "“{column}”两处填报不一样：“{old}”（{old_place}），“{new}”（{new_place}）；分不出先后，这一格没有汇总。",
    "请向该单位核实以哪一个为准，把另一份移出回收文件夹后重新汇总。",
)

# --- the round ----------------------------------------------------------------------------------

UNREPORTED = warning("intake.unreported", "“{unit}”没有报送，{count} 项任务都是未报。", "请催报。")
UNREPORTED_REJECTED = warning(
    "intake.unreported-rejected",
    "“{unit}”的报送文件没有通过，{count} 项任务都是未报。",
    "请按退回原因通知该单位重新报送。",
)
BLANK_FORM = warning(
    "intake.blank-form", "“{unit}”交回的是空表，{count} 项任务都没有填。", "请退回让该单位填写后重新报送。"
)
PARTLY_REPORTED = warning(
    "intake.partly-reported", "“{unit}”还有 {count} 项任务没有报：{text}。", "请让该单位补报这几项。"
)
ASKED_BEFORE = warning(
    "intake.asked-before",
    "下发时“{unit}”有任务“{label}”，按现在的单位名录已没有；仍按下发时汇总。",
    "下发以后单位组的成员有变动，请核对单位名录。",
)
EVIDENCE = note("intake.evidence", "按“{unit}”的佐证材料登记。", "需要时请打开查看。")
EVIDENCE_UNKNOWN = warning(
    "intake.evidence-unknown",
    "这是图片或文档，看不出是哪个单位的佐证材料。",
    "请把它放进以单位名命名的文件夹后重新汇总。",
)
EVIDENCE_ONLY = warning(
    "intake.evidence-only",
    "“{unit}”只交了图片或 PDF（{text}），没有交填报表。",
    "图片和 PDF 里的内容不能汇总，请让该单位报送填报表的电子表格。",
)

# --- what a verb cannot do without ----------------------------------------------------------------

ROUND_UNKNOWN = error(
    "intake.round-unknown",
    "看不出要汇总哪一个填报期：报送的文件里没有带标识的填报表。",
    "请用 --round 写明填报期，例如 --round 2022年第四季度。",
)
DAY_UNKNOWN = error(
    "intake.day-unknown",
    "看不出以哪一天为准：文件里没有保存时间，填报期里也没有年份。",
    "请用 --as-of 写明日期，例如 --as-of 2022-12-31。",
)

# --- checking -------------------------------------------------------------------------------------

NO_STAMP = error(
    "intake.no-stamp",
    "这个文件没有带标识的填报表，不知道该按哪份任务分工表核对，没有校验。",
    "请用 --plan 指定任务分工表后再校验；或请报送单位在下发的填报表里填写。",
)
