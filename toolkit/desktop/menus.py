"""The menus of the window: everything that can be done, with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from toolkit.desktop.journey import Step
from toolkit.desktop.theme import Mode

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell


def build_menus(shell: Shell) -> None:
    """Fill the menu bar."""
    bar = shell.menuBar()
    files = bar.addMenu("文件(&F)")
    _add(files, "打开或新建台账文件夹(&O)…", shell.choose_folder, "Ctrl+O")
    _add(files, "示例文件夹(&D)", shell.open_sample)
    _add(files, "保存(&S)", shell.save, "Ctrl+S")
    files.addSeparator()
    _add(files, "退出(&X)", shell.close, "Ctrl+Q")
    edits = bar.addMenu("编辑(&E)")
    undo, redo = shell.undo.createUndoAction(shell, "撤销"), shell.undo.createRedoAction(shell, "重做")
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    redo.setShortcuts([QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z")])
    edits.addActions([undo, redo])
    books, keeper = bar.addMenu("台账(&B)"), shell.housekeeping
    _add(books, "读取汇总表里的审核(&K)", keeper.review, "Ctrl+K")
    _add(books, "七天内到期的任务(&W)…", keeper.calendar)
    books.addSeparator()
    _add(books, "台账日志(&J)…", keeper.log)
    _add(books, "导出台账(&X)", keeper.export)
    surveys = bar.addMenu("收集表(&C)")
    surveys.aboutToShow.connect(lambda: shell.surveys.fill(surveys))
    shell.surveys.fill(surveys)
    _build_views(shell, bar.addMenu("视图(&V)"))
    helps = bar.addMenu("帮助(&H)")
    _add(helps, "使用手册(&M)", shell.show_manual, "F1")
    _add(helps, "运行记录(&L)…", shell.show_journal)


def list_recent(shell: Shell) -> None:
    """Fill the menu of working folders."""
    menu = shell.head.recent
    menu.clear()
    for folder in shell.memory.folders:
        _add(menu, f"{folder.name}　{folder.parent}".replace("&", "&&"), partial(shell.open_folder, folder))
    menu.addSeparator()
    _add(menu, "打开或新建文件夹…", shell.choose_folder)
    _add(menu, "示例文件夹", shell.open_sample)


def _build_views(shell: Shell, menu: QMenu) -> None:
    for step in Step:
        _add(menu, f"{step.label}(&{step + 1})", partial(shell.go_to, step), f"Ctrl+{step + 1}")
    menu.addSeparator()
    group = QActionGroup(shell)
    for mode in Mode:
        action = _add(menu, mode.value, partial(shell.dress, mode))
        action.setCheckable(True)
        action.setChecked(mode is shell.memory.mode)
        group.addAction(action)
    menu.addSeparator()
    large = _add(menu, "大字(&L)", lambda: shell.dress(large=not shell.memory.large), "Ctrl+L")
    large.setCheckable(True)
    large.setChecked(shell.memory.large)


def _add(menu: QMenu, text: str, action: Callable[[], object], key: str = "") -> QAction:
    made = QAction(text, menu)
    made.triggered.connect(lambda _checked=False: action())
    if key:
        made.setShortcut(QKeySequence(key))
    menu.addAction(made)
    return made
