"""The pictures of the manual, taken of the real window on a virtual screen, and the manual as PDF.

``python docs/screenshots.py`` writes docs/图/*.png and docs/手册.pdf; ``--look FOLDER`` takes the same windows small,
dark, in large type and empty instead, for a person to look at.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from screenshots_office import take_office
from taking import COLOURS, settle, shoot, virtual_screen

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "图"
_SIZE = (1280, 720)
_LOOKS = (
    ("LIGHT", False, (1366, 728)),
    ("LIGHT", False, (1024, 660)),
    ("LIGHT", False, (1920, 1040)),
    ("DARK", False, (1366, 728)),
    ("LIGHT", True, (1366, 728)),
)
"""What a person judges: screens of 1366×768, 1024×700 and 1920×1080 less their task bars, dark, and in large type."""
_PDF_PICTURE_WIDTH = 620.0
"""Pixels of the screen: a little less than the text of an A4 page."""


def first_start(work: Path) -> Shell:
    """The program as it opens for the first time: on the sample."""
    from toolkit.desktop.memory import Memory
    from toolkit.desktop.shell import Shell

    shell = Shell(Memory(work / "desktop.ini"), work / "文档" / "分工示例")
    shell.resize(*_SIZE)
    shell.show()
    shell.begin(None)
    settle(shell)
    shell.head.path.setText("文档")  # the pictures shall not show where they were taken
    return shell


def take_steps(shell: Shell, folder: Path) -> None:
    """The five steps on the sample, each where a clerk would stand."""
    from toolkit.desktop.journey import Step

    shoot(shell, "示例", folder)
    shell.banner.hide()
    shell.draft.next_doubt()
    settle(shell)
    shoot(shell, "拟表", folder)
    shell.go_to(Step.ISSUE)
    settle(shell)
    shoot(shell, "下发", folder)
    shell.go_to(Step.COLLECT)
    _choose_unit(shell, "市应急管理局")
    settle(shell)
    shoot(shell, "收表", folder)
    shell.go_to(Step.MERGE)
    settle(shell)
    shoot(shell, "汇总", folder)
    shell.merge.tabs.setCurrentIndex(3)
    settle(shell)
    shoot(shell, "矩阵", folder)
    shell.merge.tabs.setCurrentIndex(0)
    shell.go_to(Step.NOTIFY)
    _choose_document(shell, "退回单")
    settle(shell)
    shoot(shell, "反馈", folder)


def take_dialogs(shell: Shell, folder: Path) -> None:
    """The viewer at a cell, and the log."""
    from toolkit.desktop.journey import Step
    from toolkit.desktop.viewer import Viewer

    shell.go_to(Step.COLLECT)
    rows = shell.collect.findings.rows
    place = next(place for place, finding in enumerate(rows) if finding.cell)
    shell.collect.look_at(rows[place].path or "", rows[place].sheet or "", rows[place].cell or "")
    settle(shell)
    viewer = shell.findChild(Viewer)
    assert viewer is not None
    shoot(viewer, "看原文件", folder)
    viewer.close()


def _choose_unit(shell: Shell, unit: str) -> None:
    board = shell.collect.board
    for place in range(board.rowCount()):
        if board.index(place, 1).data() == unit:
            shell.collect.board_view.setCurrentIndex(board.index(place, 1))


def _choose_document(shell: Shell, kind: str) -> None:
    rows = shell.notify.model.rows
    place = next((place for place, document in enumerate(rows) if document.kind == kind), 0)
    shell.notify.view.setCurrentIndex(shell.notify.model.index(place, 0))


def _open_sample(shell: Shell) -> None:
    from toolkit.desktop.journey import Step

    shell.open_folder(shell.sample)
    settle(shell)
    shell.head.path.setText("文档")
    shell.go_to(Step.DRAFT)


def look(folder: Path) -> None:
    """Every window in every look, for a person to judge."""
    from toolkit.desktop.journey import Step
    from toolkit.desktop.theme import Mode

    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        shell = first_start(work)
        for name, large, size in _LOOKS:
            mode = Mode[name]
            shell.resize(*size)
            shell.dress(mode, large)
            here = folder / f"{mode.value}{'大字' if large else ''}{size[0]}x{size[1]}"
            _open_sample(shell)
            take_steps(shell, here)
            take_office(shell, here, work / here.name)
        _open_sample(shell)
        take_dialogs(shell, folder)
        shell.show_manual()
        settle(shell)
        shoot(shell._manual, "手册", folder) if shell._manual else None
        empty = work / "空文件夹"
        empty.mkdir()
        shell.open_folder(empty)
        for step in Step:
            shell.go_to(step)
            settle(shell)
            shoot(shell, f"空{step.label}", folder)
        shell.close()


def summary_picture(sample: Path, work: Path) -> None:
    """总表 as it prints: through LibreOffice to a page, the page to a picture."""
    from PIL import Image, ImageChops

    from toolkit.pdf import export

    summary = next(sample.glob("汇总/*/汇总表.xlsx"))
    export(summary, work / "summary.pdf")
    subprocess.run(
        ["pdftoppm", "-r", "110", "-png", "-f", "1", "-l", "1", str(work / "summary.pdf"), str(work / "page")],
        check=True,
    )
    with Image.open(next(work.glob("page*.png"))) as page:
        plain = page.convert("RGB")
    white = Image.new("RGB", plain.size, "white")
    left, top, right, bottom = ImageChops.difference(plain, white).getbbox() or (0, 0, *plain.size)
    edge = 12
    cut = plain.crop((left - edge, top - edge, right + edge, bottom + edge))
    cut.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURES / "汇总表.png", optimize=True)


def manual_pdf(target: Path) -> None:
    """The manual as PDF, as the program shows it."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

    from toolkit.desktop.manual import put_manual

    document = QTextDocument()
    put_manual(document, HERE / "手册.md", _PDF_PICTURE_WIDTH)
    writer = QPdfWriter(str(target))
    writer.setTitle("分工使用手册")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print_(writer)


def keep_shown(taken: Path) -> None:
    """Copy the pictures that the manual shows; the others are for a person to look at."""
    text = (HERE / "手册.md").read_text("utf-8")
    for picture in taken.glob("*.png"):
        if f"图/{picture.name})" in text:
            shutil.copyfile(picture, PICTURES / picture.name)


def main() -> None:
    """Take the pictures of the manual, or those to look at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--look", type=Path, metavar="FOLDER")
    wish = parser.parse_args()
    sys.path.insert(0, str(HERE.parent))
    with virtual_screen():
        from toolkit.desktop import theme
        from toolkit.desktop.app import application
        from toolkit.desktop.theme import Mode

        app = application()
        theme.apply(app, Mode.LIGHT, False)
        if wish.look:
            shutil.rmtree(wish.look, ignore_errors=True)
            look(wish.look.resolve())
            return
        with tempfile.TemporaryDirectory() as name:
            shell = first_start(Path(name))
            shell.dress(Mode.LIGHT, False)
            taken = Path(name) / "图"
            take_steps(shell, taken)
            take_dialogs(shell, taken)
            take_office(shell, taken, Path(name))
            summary_picture(shell.sample, Path(name))
            shell.close()
            keep_shown(taken)
        manual_pdf(HERE / "手册.pdf")


if __name__ == "__main__":
    main()
