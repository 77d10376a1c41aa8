"""The one registry of commands; every surface is generated from it.

A command is one :class:`Command`: its names, what it needs, and which function does it.  The command line,
the spreadsheet buttons, the menus and the table in the manual are all made from :data:`COMMANDS`, so adding
a command is adding one entry here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Need(StrEnum):
    """What kind of thing an argument is."""

    FILE = "file"
    """A file that exists."""
    PATH = "path"
    """A file, a folder or a .zip that exists."""
    OUT_FILE = "out_file"
    OUT_FOLDER = "out_folder"
    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command."""

    name: str
    """The parameter of the function."""
    need: Need
    help: str
    flag: str | None = None
    """``--round``; ``None`` for what is told by its place."""
    short: str | None = None
    metavar: str = "TEXT"
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """One command on every surface."""

    name: str
    """``fengong NAME``."""
    label: str
    """What the button says."""
    tip: str
    """One sentence: what it does for the clerk."""
    function: str
    """``module:function`` of the verb, imported when it is called."""
    arguments: tuple[Argument, ...]

    def load(self) -> Callable[..., Any]:
        """The function behind the command."""
        module, _, name = self.function.partition(":")
        verb: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return verb


_ROSTER = Argument(
    "roster", Need.FILE, "单位名录；不写时用任务分工表旁边的 单位名录.xlsx", "--roster", metavar="ROSTER.xlsx"
)
_ROUND = Argument("round", Need.TEXT, "填报期，例如 2022年第四季度", "--round", metavar="TEXT")
_AS_OF = Argument("as_of", Need.DAY, "以哪一天为准计算逾期", "--as-of", metavar="YYYY-MM-DD")


_PASSWORD = Argument("password", Need.TEXT, "打开加密文件的密码", "--password", metavar="TEXT")


BULLETIN_KINDS = ("提示单", "催报单", "退回单", "通报")

COMMANDS: tuple[Command, ...] = (
    Command(
        "draft",
        "从通知拟表",
        "读通知，拟出任务分工表和单位名录；拿不准的格子标出来请人复核。",
        "toolkit.draft:draft",
        (
            Argument("notices", Need.FILE, "通知文件，可以有几份", metavar="NOTICE", required=True, many=True),
            Argument("out", Need.OUT_FILE, "任务分工表写到哪里", "--out", "-o", "PLAN.xlsx", required=True),
            Argument("roster", Need.FILE, "已有的单位名录，用来核对单位名称", "--roster", metavar="ROSTER.xlsx"),
        ),
    ),
    Command(
        "issue",
        "下发填报表",
        "按任务分工表给每个单位生成一份填报表。",
        "toolkit.issue:issue",
        (
            Argument("plan", Need.FILE, "任务分工表", metavar="PLAN.xlsx", required=True),
            Argument("out", Need.OUT_FOLDER, "填报表放到哪个文件夹", "--out", "-o", "DIR", required=True),
            _ROUND,
            Argument("due", Need.DAY, "报送截止日期", "--due", metavar="YYYY-MM-DD"),
            _ROSTER,
            Argument("units", Need.TEXT, "只给这个单位生成，可以写几次", "--unit", metavar="NAME", many=True),
        ),
    ),
    Command(
        "check",
        "校验",
        "检查收回的填报表或任务分工表，列出问题和怎么改，不改动原文件。",
        "toolkit.check:check",
        (
            Argument("paths", Need.PATH, "填报表、文件夹或 .zip", metavar="PATH", required=True, many=True),
            Argument("plan", Need.FILE, "任务分工表；不写时按填报表自带的编码核对", "--plan", metavar="PLAN.xlsx"),
            _ROSTER,
            _ROUND,
            _AS_OF,
            Argument("out", Need.OUT_FILE, "把问题写成一个工作簿", "--out", "-o", "FINDINGS.xlsx"),
            _PASSWORD,
        ),
    ),
    Command(
        "merge",
        "合并回收表",
        "把收回的填报表合并成一个汇总表，每个数都能找到来源格。",
        "toolkit.merge:merge",
        (
            Argument("paths", Need.PATH, "填报表、文件夹或 .zip", metavar="PATH", required=True, many=True),
            Argument("plan", Need.FILE, "任务分工表", "--plan", metavar="PLAN.xlsx", required=True),
            Argument("out", Need.OUT_FILE, "汇总表写到哪里", "--out", "-o", "SUMMARY.xlsx", required=True),
            _ROUND,
            _ROSTER,
            _AS_OF,
            Argument("jobs", Need.COUNT, "同时读几个文件", "--jobs", metavar="N"),
            _PASSWORD,
            Argument("archive", Need.OUT_FOLDER, "把收到的原件按内容存一份到这个文件夹", "--archive", metavar="DIR"),
        ),
    ),
    Command(
        "notify",
        "生成反馈文书",
        "由汇总表生成提示单、催报单等反馈文书，按单位分好。",
        "toolkit.notify:notify",
        (
            Argument("summary", Need.FILE, "汇总表", metavar="SUMMARY.xlsx", required=True),
            Argument("out", Need.OUT_FOLDER, "文书放到哪个文件夹", "--out", "-o", "DIR", required=True),
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
        ),
    ),
    Command(
        "tidy",
        "规范单位名称",
        "把工作簿里的单位名称改成名录里的写法，改在副本里，不动原文件。",
        "toolkit.tidy:tidy",
        (
            Argument("book", Need.FILE, "要规范的工作簿", metavar="BOOK.xlsx", required=True),
            Argument("out", Need.OUT_FILE, "副本写到哪里", "--out", "-o", "COPY.xlsx", required=True),
            Argument("sheet", Need.TEXT, "工作表；不写时用第一张", "--sheet", metavar="NAME"),
            Argument("cells", Need.TEXT, "区域，例如 D2:D60；不写时整张表", "--cells", metavar="A1:B9"),
            _ROSTER,
        ),
    ),
    Command(
        "demo",
        "演示",
        "用自带的示例通知把整个流程走一遍。",
        "toolkit.demo:demo",
        (Argument("out", Need.OUT_FOLDER, "放到哪个文件夹（默认：当前文件夹下的 demo）", "--out", "-o", "DIR"),),
    ),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}


# --- buttons ----------------------------------------------------------------------


class Ask(StrEnum):
    """What a button needs before it starts."""

    BOOK = "book"
    """A snapshot of the workbook on screen; a button workbook, which is no plan itself, asks for the file."""
    SELECTION = "selection"
    """The selected cells of that workbook."""
    NOTICE = "notice"
    """A notice, chosen in a dialog."""
    RETURNS = "returns"
    """A folder or .zip of returned forms, chosen in a dialog."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button of the tab 任务分工 (ribbon, sheet buttons, menus, toolbars)."""

    id: str
    """ASCII; the suffix of every generated macro and control id."""
    label: str
    tip: str
    """What it does, in one sentence a clerk understands."""
    icon: str
    """``imageMso`` of Excel's ribbon."""
    function: str
    """``module:function`` in :mod:`toolkit.buttons`; takes a job, returns what to say and open."""
    asks: tuple[Ask, ...] = ()

    def load(self) -> Callable[..., Any]:
        """The function behind the button."""
        module, _, name = self.function.partition(":")
        handler: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return handler


TAB = "任务分工"
"""The ribbon tab, menu and toolbar that hold the buttons."""

BUTTONS: tuple[Button, ...] = (
    Button(
        "Draft",
        "从通知拟表",
        "选一份通知，拟出任务分工表并打开。",
        "TableInsertGallery",
        "toolkit.buttons:draft",
        (Ask.NOTICE,),
    ),
    Button(
        "Tidy",
        "规范单位名称",
        "把所选单元格里的单位名称改成名录里的写法，改在副本里。",
        "ReplaceDialog",
        "toolkit.buttons:tidy",
        (Ask.BOOK, Ask.SELECTION),
    ),
    Button(
        "Issue",
        "下发填报表",
        "按打开的任务分工表给每个单位生成填报表。",
        "FileSaveAsOtherFormats",
        "toolkit.buttons:issue",
        (Ask.BOOK,),
    ),
    Button(
        "Check",
        "校验本表",
        "检查打开的表，把问题和怎么改列成一张清单。",
        "ReviewTrackChanges",
        "toolkit.buttons:check",
        (Ask.BOOK,),
    ),
    Button(
        "Merge",
        "合并回收表",
        "选一个文件夹或压缩包，合并成汇总表并打开。",
        "MergeCells",
        "toolkit.buttons:merge",
        (Ask.BOOK, Ask.RETURNS),
    ),
    Button(
        "Notify",
        "生成提示单/催报单",
        "由打开的汇总表生成提示单和催报单。",
        "MailMergeGroupWriteInsertFields",
        "toolkit.buttons:notify",
        (Ask.BOOK,),
    ),
    Button(
        "Folder",
        "打开台账文件夹",
        "打开当前文件所在的台账文件夹。",
        "FileOpen",
        "toolkit.buttons:folder",
        (Ask.BOOK,),
    ),
    Button("Help", "帮助", "打开使用手册。", "Help", "toolkit.buttons:manual"),
)

BUTTONS_BY_ID: dict[str, Button] = {button.id: button for button in BUTTONS}
