"""A window on real files: the sample's folder, made once; drawn nowhere, so that the tests run on any machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

pytest.importorskip("PySide6.QtWidgets", reason="the desktop program's library (PySide6) is not installed")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from toolkit.desktop import theme
from toolkit.desktop.memory import Memory
from toolkit.desktop.shell import Shell
from toolkit.desktop.theme import Mode
from toolkit.housekeeping.demo import demo
from toolkit.sample.round import ROUND

WAIT = 60_000
"""Milliseconds until a job that hangs is given up."""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder; never written to by a test."""
    return demo(tmp_path_factory.mktemp("desktop") / "分工示例").folder


@pytest.fixture
def folder(sample: Path, tmp_path: Path) -> Path:
    """The sample's folder for one test to work in."""
    return Path(shutil.copytree(sample, tmp_path / "分工示例"))


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Shell], None]:
    """Wait until everything that was started has ended."""

    def wait(shell: Shell) -> None:
        qtbot.waitUntil(lambda: not shell.runner.busy, timeout=WAIT)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait


@pytest.fixture
def shell(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Shell]:
    """The window, without a folder."""
    theme.apply(qapp, Mode.LIGHT, False)
    made = Shell(Memory(tmp_path / "desktop.ini"), tmp_path / "示例")
    qtbot.addWidget(made)
    made.show()
    yield made
    made.runner.wait()


@pytest.fixture
def opened(shell: Shell, folder: Path, settle: Callable[[Shell], None]) -> Shell:
    """The window on the sample's folder, its summary read."""
    shell.open_folder(folder)
    settle(shell)
    assert shell.space.round == ROUND
    return shell
