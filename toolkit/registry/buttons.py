"""The buttons of the tab 任务分工: ribbon, sheet buttons, menus and toolbars are made from :data:`BUTTONS`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
    FORM = "form"
    """The form that the level above issued, chosen in a dialog."""


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
        "Rollup",
        "上报",
        "把打开的汇总表填进上级发来的填报表，附下级明细，结果写在旁边。",
        "FileSendAsAttachment",
        "toolkit.buttons:rollup",
        (Ask.BOOK, Ask.FORM),
    ),
    Button(
        "Trace",
        "溯源",
        "汇总表里选中的一格是哪个单位报的：在每一级的哪份文件、哪一格，直到最下级。",
        "TracePrecedents",
        "toolkit.buttons:trace",
        (Ask.BOOK, Ask.SELECTION),
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
