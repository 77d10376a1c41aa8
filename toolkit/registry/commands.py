"""The commands: the five verbs and the housekeeping around them."""

from __future__ import annotations

from dataclasses import replace

from toolkit.registry.command import Argument, Command, Given, Need

_ROSTER = Argument(
    "roster", Need.FILE, "单位名录；不写时用任务分工表旁边的 单位名录.xlsx", "--roster", metavar="ROSTER.xlsx"
)
_FOLDER = Argument("folder", Need.PATH, "台账文件夹；不写时是当前文件夹所在的那个", metavar="DIR", given=Given.FOLDER)
_ROUND = Argument("round", Need.TEXT, "填报期，例如 2022年第四季度", "--round", metavar="TEXT")
_AS_OF = Argument("as_of", Need.DAY, "以哪一天为准计算逾期", "--as-of", metavar="YYYY-MM-DD")


_PASSWORD = Argument("password", Need.TEXT, "打开加密文件的密码", "--password", metavar="TEXT")
_PATHS = Argument(
    "paths", Need.PATH, "填报表、文件夹或 .zip", metavar="PATH", required=True, many=True, given=Given.RETURNS
)
_SUMMARY = Argument("summary", Need.FILE, "汇总表", metavar="SUMMARY.xlsx", required=True, given=Given.SUMMARY)

BULLETIN_KINDS = ("提示单", "催报单", "退回单", "通报")

COMMANDS: tuple[Command, ...] = (
    Command(
        "draft",
        "从通知拟表",
        "读通知，拟出任务分工表和单位名录；拿不准的格子标出来请人复核。",
        "toolkit.draft:draft",
        (
            Argument("notices", Need.FILE, "通知文件，可以有几份", metavar="NOTICE", required=True, many=True),
            Argument(
                "out",
                Need.OUT_FILE,
                "任务分工表写到哪里",
                "--out",
                "-o",
                "PLAN.xlsx",
                required=True,
                given=Given.PLACE,
            ),
            Argument(
                "roster",
                Need.FILE,
                "已有的单位名录，用来核对单位名称",
                "--roster",
                metavar="ROSTER.xlsx",
            ),
            Argument("receiver", Need.TEXT, "只留涉及这个单位的任务，供它再往下分", "--for", metavar="UNIT"),
            Argument("onto", Need.FILE, "通知是修订或补充时，在这份任务分工表上调整", "--onto", metavar="PLAN.xlsx"),
        ),
        at_desk=True,
    ),
    Command(
        "issue",
        "下发填报表",
        "按任务分工表给每个单位生成一份填报表。",
        "toolkit.issue:issue",
        (
            Argument("plan", Need.FILE, "任务分工表", metavar="PLAN.xlsx", required=True, given=Given.PLAN),
            Argument(
                "out",
                Need.OUT_FOLDER,
                "填报表放到哪个文件夹",
                "--out",
                "-o",
                "DIR",
                required=True,
                given=Given.PLACE,
            ),
            _ROUND,
            Argument("due", Need.DAY, "报送截止日期", "--due", metavar="YYYY-MM-DD"),
            _ROSTER,
            Argument("units", Need.TEXT, "只给这个单位生成，可以写几次", "--unit", metavar="NAME", many=True),
            Argument("concerned", Need.SWITCH, "只给这一期增加了任务的单位补发（任务分工表调整以后）", "--concerned"),
            Argument("every", Need.SWITCH, "所有任务都问，不按频次和时限安排（在台账文件夹里）", "--all"),
        ),
        at_desk=True,
    ),
    Command(
        "check",
        "校验",
        "检查收回的填报表或任务分工表，列出问题和怎么改，不改动原文件。",
        "toolkit.check:check",
        (
            _PATHS,
            Argument(
                "plan",
                Need.FILE,
                "任务分工表；不写时按填报表自带的编码核对",
                "--plan",
                metavar="PLAN.xlsx",
                given=Given.PLAN,
            ),
            _ROSTER,
            _ROUND,
            _AS_OF,
            Argument("out", Need.OUT_FILE, "把问题写成一个工作簿", "--out", "-o", "FINDINGS.xlsx"),
            Argument("marked", Need.OUT_FOLDER, "把要改的地方标在填报表的副本里，放到此处", "--marked", metavar="DIR"),
            _PASSWORD,
        ),
        at_desk=True,
    ),
    Command(
        "merge",
        "合并回收表",
        "把收回的填报表合并成一个汇总表，每个数都能找到来源格。",
        "toolkit.merge:merge",
        (
            replace(_PATHS, need=Need.ADDRESS, help="填报表、文件夹、.zip，或网络地址（如 sftp://主机/文件夹）"),
            Argument("plan", Need.FILE, "任务分工表", "--plan", metavar="PLAN.xlsx", required=True, given=Given.PLAN),
            Argument(
                "out",
                Need.OUT_FILE,
                "汇总表写到哪里",
                "--out",
                "-o",
                "SUMMARY.xlsx",
                required=True,
                given=Given.PLACE,
            ),
            _ROUND,
            _ROSTER,
            _AS_OF,
            Argument("jobs", Need.COUNT, "同时读几个文件", "--jobs", metavar="N"),
            Argument("engine", Need.TEXT, "由别的机器来读文件，例如 dask://10.0.0.5:8786", "--engine", metavar="URL"),
            _PASSWORD,
            Argument("archive", Need.OUT_FOLDER, "把收到的原件按内容存一份到这个文件夹", "--archive", metavar="DIR"),
            Argument("html", Need.OUT_FILE, "另写一个看板网页（单个文件，不联网）", "--html", metavar="FILE.html"),
            Argument("pdf", Need.OUT_FILE, "另打印成 PDF（电脑上要装有 LibreOffice）", "--pdf", metavar="FILE.pdf"),
        ),
        at_desk=True,
    ),
    Command(
        "notify",
        "生成反馈文书",
        "由汇总表生成提示单、催报单等反馈文书，按单位分好。",
        "toolkit.notify:notify",
        (
            _SUMMARY,
            Argument(
                "out", Need.OUT_FOLDER, "文书放到哪个文件夹", "--out", "-o", "DIR", required=True, given=Given.PLACE
            ),
            Argument(
                "kinds",
                Need.CHOICE,
                "只生成这种文书，可以写几次",
                "--kind",
                metavar="|".join(BULLETIN_KINDS),
                many=True,
                choices=BULLETIN_KINDS,
            ),
            _AS_OF,
            Argument("accepted_only", Need.SWITCH, "完成率和得分只计审核为“已核”“销号”的", "--accepted-only"),
        ),
        at_desk=True,
    ),
    Command(
        "form new",
        "做收集表",
        "把一张字段表做成收集表：之后和任务分工表一样下发、校验、汇总、催报。",
        "toolkit.housekeeping.form:new",
        (
            Argument("fields", Need.FILE, "填好的字段表；用 --template 时可以不写", metavar="FIELDS.xlsx"),
            Argument(
                "out",
                Need.OUT_PATH,
                "收集表写到哪里：文件名，或文件夹",
                "--out",
                "-o",
                "DIR|PLAN.xlsx",
                required=True,
                given=Given.PLACE,
            ),
            Argument("template", Need.TEXT, "按自带的字段表做，例如 机构信息表", "--template", metavar="NAME"),
            Argument(
                "roster",
                Need.FILE,
                "单位名录；不写时用字段表旁边的，拷贝到收集表旁边",
                "--roster",
                metavar="ROSTER.xlsx",
            ),
            Argument(
                "units",
                Need.TEXT,
                "由这个单位或单位组填，可以写几次；不写时按字段表",
                "--to",
                metavar="NAME",
                many=True,
            ),
        ),
        at_desk=True,
    ),
    Command(
        "form fields",
        "字段表",
        "写一份空的字段表，或自带的一份（机构信息表），填好后用来做收集表。",
        "toolkit.housekeeping.form:fields",
        (
            Argument("out", Need.OUT_FILE, "字段表写到哪里", "--out", "-o", "FIELDS.xlsx", required=True),
            Argument("template", Need.TEXT, "从自带的哪一份开始，例如 机构信息表", "--template", metavar="NAME"),
        ),
    ),
    Command(
        "form contacts",
        "填名录联系人",
        "把收集表收来的联系人和电话填进单位名录的副本，只填空格，不盖已有的。",
        "toolkit.housekeeping.contacts:contacts",
        (
            Argument("summary", Need.FILE, "收集表的汇总表", metavar="SUMMARY.xlsx", required=True),
            Argument("roster", Need.FILE, "单位名录", "--roster", metavar="ROSTER.xlsx", required=True),
            Argument("out", Need.OUT_FILE, "填好的副本写到哪里", "--out", "-o", "COPY.xlsx", required=True),
            Argument("contact", Need.TEXT, "哪个字段是联系人；不写时按字段名称认", "--contact", metavar="NAME"),
            Argument("phone", Need.TEXT, "哪个字段是电话；不写时按字段名称认", "--phone", metavar="NAME"),
            Argument("overwrite", Need.SWITCH, "名录里已有的也换成收集来的，逐条说明", "--overwrite"),
        ),
    ),
    Command(
        "review",
        "读取审核",
        "把汇总表《明细》（收集表是《总表》）里的审核、审核意见和改动读进台账，以后汇总都保留。",
        "toolkit.housekeeping.review:review",
        (_SUMMARY,),
        at_desk=True,
    ),
    Command(
        "init",
        "建台账文件夹",
        "建一个台账文件夹，每一期发了什么、收到什么、怎么定的都留在里面。",
        "toolkit.housekeeping.init:init",
        (
            Argument("folder", Need.OUT_FOLDER, "建在哪里", metavar="DIR", required=True, given=Given.FOLDER),
            Argument("plan", Need.FILE, "已有的任务分工表，拷贝进去", "--plan", metavar="PLAN.xlsx"),
            Argument("roster", Need.FILE, "已有的单位名录，拷贝进去", "--roster", metavar="ROSTER.xlsx"),
        ),
        at_desk=True,
    ),
    Command(
        "calendar",
        "日历",
        "列出这一期问哪些任务、本周到期哪些事项，可以另存日历文件。",
        "toolkit.housekeeping.calendar:calendar",
        (
            Argument("plan", Need.FILE, "任务分工表", metavar="PLAN.xlsx", required=True, given=Given.PLAN),
            _ROUND,
            _ROSTER,
            Argument("as_of", Need.DAY, "从哪一天看起；不写时是今天", "--as-of", metavar="YYYY-MM-DD"),
            Argument("days", Need.COUNT, "看几天；不写时看到本周日", "--days", metavar="N"),
            Argument("out", Need.OUT_FILE, "另存为日历文件", "--out", "-o", "FILE.ics"),
        ),
        at_desk=True,
    ),
    Command(
        "log",
        "日志",
        "看台账里谁在什么时候做了什么，或一项任务历次填报的变化。",
        "toolkit.housekeeping.log:log",
        (
            _FOLDER,
            _ROUND,
            Argument("task", Need.TEXT, "只看这个编码的填报变化", "--task", metavar="CODE"),
            Argument("unit", Need.TEXT, "只看这个单位的填报变化", "--unit", metavar="NAME"),
        ),
        at_desk=True,
    ),
    Command(
        "export",
        "导出台账",
        "把台账全部导出为一个工作簿和若干 CSV 文件。",
        "toolkit.housekeeping.export:export",
        (
            _FOLDER,
            Argument("out", Need.OUT_FOLDER, "放到哪个文件夹；不写时是台账文件夹下的“导出”", "--out", "-o", "DIR"),
        ),
        at_desk=True,
    ),
    Command(
        "tidy",
        "规范单位名称",
        "把工作簿里的单位名称改成名录里的写法，改在副本里，不动原文件。",
        "toolkit.housekeeping.tidy:tidy",
        (
            Argument("book", Need.FILE, "要规范的工作簿", metavar="BOOK.xlsx", required=True),
            Argument("out", Need.OUT_FILE, "副本写到哪里", "--out", "-o", "COPY.xlsx", required=True),
            Argument("sheet", Need.TEXT, "工作表；不写时用第一张", "--sheet", metavar="NAME"),
            Argument("cells", Need.TEXT, "区域，例如 D2:D60；不写时整张表", "--cells", metavar="A1:B9"),
            _ROSTER,
        ),
    ),
    Command(
        "addin",
        "安装加载项",
        "把“任务分工”按钮装进 WPS 和 Excel，或卸载、查看。",
        "toolkit.installer:addin",
        (
            Argument(
                "action",
                Need.CHOICE,
                "install 安装，uninstall 卸载，status 查看",
                metavar="install|uninstall|status",
                required=True,
                choices=("install", "uninstall", "status"),
            ),
            Argument("program", Need.FILE, "按钮要启动的程序；不写时就是本程序", "--program", metavar="FILE"),
        ),
    ),
    Command(
        "rollup",
        "生成上报表",
        "把本级汇总表填进上级下发的填报表，附下级明细，核对后报送上级。",
        "toolkit.housekeeping.rollup:rollup",
        (
            _SUMMARY,
            Argument("form", Need.FILE, "上级发给本单位的填报表", "--form", metavar="FORM.xlsx", required=True),
            Argument("out", Need.OUT_FILE, "填好的表写到哪里", "--out", "-o", "FILLED.xlsx", required=True),
            Argument("accepted_only", Need.SWITCH, "只计审核为“已核”“销号”的填报", "--accepted-only"),
        ),
        at_desk=True,
    ),
    Command(
        "trace",
        "逐级明细",
        "把汇总表逐级打开到最下级单位：各单位自己的填报，在每一级的哪份文件哪一格。",
        "toolkit.housekeeping.trace:trace",
        (
            _SUMMARY,
            Argument("out", Need.OUT_FILE, "写成一个工作簿", "--out", "-o", "TRACE.xlsx"),
            Argument("task", Need.TEXT, "只看这个编码的任务", "--task", metavar="CODE"),
            Argument("unit", Need.TEXT, "只看这个单位和它下面的单位", "--unit", metavar="NAME"),
        ),
    ),
    Command(
        "query",
        "查询",
        "用 SQL 查询汇总结果（明细、问题、来源、单位），只读；结果可以写成 .xlsx 或 .csv。",
        "toolkit.housekeeping.query:query",
        (
            Argument("sql", Need.TEXT, "一条 SELECT 语句", metavar="SELECT", required=True),
            Argument(
                "source",
                Need.PATH,
                "汇总表，或放着它的文件夹",
                metavar="SUMMARY",
                required=True,
                given=Given.SUMMARY,
            ),
            Argument("out", Need.OUT_FILE, "把结果写成 .xlsx 或 .csv", "--out", "-o", "FILE"),
        ),
    ),
    Command(
        "demo",
        "演示",
        "用自带的示例通知把整个流程走一遍。",
        "toolkit.housekeeping.demo:demo",
        (Argument("out", Need.OUT_FOLDER, "放到哪个文件夹（默认：当前文件夹下的 demo）", "--out", "-o", "DIR"),),
    ),
    Command(
        "selftest",
        "自检",
        "在临时文件夹里用示例走一遍全流程，检查安装是否完整。",
        "toolkit.housekeeping.selftest:selftest",
        (),
    ),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}

GROUPS = {"form": "收集表：收集自己的表，单位按你定的字段填报。"}
"""First word of commands of two words → what they are for."""
