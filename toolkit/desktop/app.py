"""``fengong-desktop``: starts the window, on the folder given, the last one, or the sample."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from toolkit.desktop import theme
from toolkit.desktop.memory import Memory, default_file
from toolkit.desktop.shell import Shell

SAMPLE = "分工示例"
"""Folder in 文档 that the first start fills with the bundled sample."""


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The Qt application, in Chinese and sharp on any screen."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(["fengong-desktop", *arguments])
    app.setApplicationName("fengong")
    app.setApplicationDisplayName("分工")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    return app


def main() -> None:
    """Start the window; an argument names the working folder, or a file in it."""
    multiprocessing.freeze_support()
    app = application()
    memory = Memory(default_file())
    theme.apply(app, memory.mode, memory.large)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    shell = Shell(memory, Path(documents) / SAMPLE)
    shell.show()
    given = [path if path.is_dir() else path.parent for path in map(Path, sys.argv[1:]) if path.exists()]
    shell.begin(given[0] if given else None)
    sys.exit(app.exec())
