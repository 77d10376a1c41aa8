"""The buttons of 任务分工 in LibreOffice: each hands the workbook on screen to the fengong program.

Runs inside LibreOffice's own Python, so it uses nothing but the standard library and UNO.  The protocol (job
folder, status file, files to open) is described in ``toolkit/buttons.py``; the clerk's own file is never written.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
import unohelper
from com.sun.star.awt.MessageBoxType import ERRORBOX, INFOBOX
from com.sun.star.beans import PropertyValue
from com.sun.star.task import XJobExecutor

SERVICE = "cn.fengong.Button"
EXTENSION = "cn.fengong.buttons"
PATIENCE = 1800.0
"""Seconds to wait for a program that has stopped reporting progress."""


class FengongButton(unohelper.Base, XJobExecutor):
    """``service:cn.fengong.Button?ID`` in a menu or toolbar calls ``trigger("ID")``."""

    def __init__(self, context):
        self.context = context
        self.desktop = self._service("com.sun.star.frame.Desktop")
        self.document = self.desktop.getCurrentComponent()

    def trigger(self, button_id):
        """Do the work of one button; whatever goes wrong ends as a sentence."""
        try:
            button = _buttons(self._home())[button_id]
            arguments = self._ask(button)
            if arguments is not None:
                self._run(button, arguments)
        except Refusal as refusal:
            self._say(str(refusal), failed=True)
        except Exception as problem:
            self._say(f"没有做成：{type(problem).__name__}: {problem}\n请把这句话告诉维护人员。", failed=True)

    # --- what the button needs ---------------------------------------------------------

    def _ask(self, button):
        """Command-line arguments for what the button asks, ``None`` when the clerk cancels a dialog."""
        arguments = []
        if "book" in button["asks"]:
            arguments += self._snapshot(selection="selection" in button["asks"])
        for kind in ("notice", "returns", "form"):
            if kind in button["asks"]:
                picked = self._pick(kind)
                if picked is None:
                    return None
                arguments += ["--pick", picked]
        return arguments

    def _snapshot(self, selection):
        """Save the workbook as it stands on screen into a new job folder, leaving the file itself alone."""
        if self.document is None or not self.document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            raise Refusal("没有打开的工作簿。\n请先打开要处理的表，再按这个按钮。")
        folder = Path(tempfile.mkdtemp(prefix="fengong-book-"))
        snapshot = folder / "snapshot.xlsx"
        self.document.storeToURL(
            uno.systemPathToFileUrl(str(snapshot)), (_property("FilterName", "Calc MS Excel 2007 XML"),)
        )
        arguments = ["--snapshot", str(snapshot)]
        if self.document.getURL():
            arguments += ["--original", uno.fileUrlToSystemPath(self.document.getURL())]
        controller = self.document.getCurrentController()
        arguments += ["--sheet", controller.getActiveSheet().getName()]
        if selection:
            arguments += ["--cells", _selected(self.document.getCurrentSelection())]
        return arguments

    def _pick(self, kind):
        """A notice, a folder or .zip of returns, or an upper form, chosen by the clerk; ``None`` when cancelled."""
        if prepared := os.environ.get("FENGONG_PICK"):
            return prepared
        if kind == "returns":
            picker = self._service("com.sun.star.ui.dialogs.FolderPicker")
            picker.setTitle("选择放回收表的文件夹（要选压缩包时按“取消”）")
            if picker.execute():
                return uno.fileUrlToSystemPath(picker.getDirectory())
        picker = self._service("com.sun.star.ui.dialogs.FilePicker")
        if kind == "returns":
            picker.setTitle("选择放回收表的压缩包")
            picker.appendFilter("压缩包", "*.zip;*.7z")
        elif kind == "form":
            picker.setTitle("选择上级发给本单位的填报表")
            picker.appendFilter("填报表", "*.xlsx")
        else:
            picker.setTitle("选择通知")
            picker.appendFilter("通知", "*.docx;*.doc;*.wps;*.pdf;*.xlsx;*.xls;*.et;*.html;*.htm;*.txt;*.odt")
        picker.appendFilter("全部文件", "*.*")
        return uno.fileUrlToSystemPath(picker.getFiles()[0]) if picker.execute() else None

    # --- running the program ---------------------------------------------------------------

    def _run(self, button, arguments):
        job = Path(tempfile.mkdtemp(prefix="fengong-"))
        command = [*program(self._home()), "button", button["id"], "--job", str(job), *arguments]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if sys.platform == "win32":
            quiet["creationflags"] = subprocess.CREATE_NO_WINDOW
        process = subprocess.Popen(command, env=_clean_environment(), **quiet)
        status = self._wait(process, job, button["label"])
        first, _, message = status.partition("\n")
        if first == "OK":
            self._open(job)
        self._say(message, failed=first != "OK")

    def _wait(self, process, job, label):
        """The status file's text, once the program has written it; progress goes to the status bar."""
        indicator = self._indicator()
        indicator.start(f"{label}…", 100)
        last, deadline = "", time.monotonic() + PATIENCE
        try:
            while process.poll() is None:
                text = _text(job / "progress.txt")
                if text != last:
                    last, deadline = text, time.monotonic() + PATIENCE
                    percent, _, what = text.partition(" ")
                    indicator.setText(f"{label}：{what}")
                    indicator.setValue(int(percent or 0))
                if time.monotonic() > deadline:
                    process.kill()
                    raise Refusal("程序很久没有动静，已停止。\n原文件没有改动，请重试；再不行请打开分工程序处理。")
                self._service("com.sun.star.awt.Toolkit").processEventsToIdle()
                time.sleep(0.05)
        finally:
            indicator.end()
        if not (job / "status.txt").exists():
            raise Refusal(f"程序没有正常结束（退出码 {process.returncode}）。\n原文件没有改动，请重试。")
        return _text(job / "status.txt")

    def _open(self, job):
        for name in _text(job / "open.txt").splitlines():
            path = Path(name)
            if path.suffix.lower() in (".xlsx", ".xls", ".ods", ".docx", ".odt"):
                self.desktop.loadComponentFromURL(uno.systemPathToFileUrl(name), "_blank", 0, ())
            else:
                shell = self._service("com.sun.star.system.SystemShellExecute")
                shell.execute(uno.systemPathToFileUrl(name), "", 0)

    # --- the office program ------------------------------------------------------------------

    def _service(self, name):
        return self.context.getServiceManager().createInstanceWithContext(name, self.context)

    def _home(self):
        """The folder this extension was installed to."""
        information = self.context.getByName("/singletons/com.sun.star.deployment.PackageInformationProvider")
        return Path(uno.fileUrlToSystemPath(information.getPackageLocation(EXTENSION)))

    def _indicator(self):
        frame = self.desktop.getCurrentFrame()
        return frame.createStatusIndicator() if frame is not None else _Silent()

    def _say(self, message, failed=False):
        log = os.environ.get("FENGONG_SAID")
        if log:
            Path(log).write_text(("ERR\n" if failed else "OK\n") + message, encoding="utf-8")
        frame = self.desktop.getCurrentFrame()
        if frame is None or os.environ.get("FENGONG_QUIET"):
            return
        window = frame.getContainerWindow()
        box = window.getToolkit().createMessageBox(window, ERRORBOX if failed else INFOBOX, 1, "分工", message)
        box.execute()


class Refusal(OSError):
    """Why the button could not do its work, for the clerk."""


class _Silent:
    """A status bar for an office program without a window."""

    def start(self, text, top):
        pass

    def setText(self, text):
        pass

    def setValue(self, value):
        pass

    def end(self):
        pass


def _buttons(home):
    """The buttons by id, as generated from the registry of commands."""
    return {button["id"]: button for button in json.loads(_text(home / "buttons.json"))}


def _places(home):
    name = "fengong.exe" if sys.platform == "win32" else "fengong"
    if told := os.environ.get("FENGONG"):
        yield Path(told)
    yield home / "program" / name
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", "")) / "Programs" / "fengong" / name
    else:
        yield Path.home() / ".local" / "share" / "fengong" / name
        yield Path("/opt/fengong") / name


def program(home):
    """The command that starts fengong: told by the environment, beside the extension, in the user's folder."""
    looked = []
    for place in _places(home):
        looked.append(str(place))
        if place.is_file():
            return [str(place)]
    if found := shutil.which("fengong"):
        return [found]
    raise Refusal("没有找到分工程序。找过这些地方：\n" + "\n".join(looked) + "\n请先安装，或告诉维护人员程序放在哪里。")


def _clean_environment():
    """The environment without what makes a program load LibreOffice's own Python."""
    return {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH")
    }


def _selected(selection):
    """The selection in A1 notation, several ranges separated by commas."""
    if selection.supportsService("com.sun.star.sheet.SheetCellRanges"):
        addresses = selection.getRangeAddressesAsString().split(";")
    else:
        addresses = [selection.AbsoluteName]
    return ",".join(
        address.rpartition(".")[2].rpartition("!")[2] if ":" not in address else _both(address) for address in addresses
    )


def _both(address):
    start, _, end = address.partition(":")
    return f"{start.rpartition('.')[2]}:{end.rpartition('.')[2]}"


def _text(path):
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def _property(name, value):
    item = PropertyValue()
    item.Name, item.Value = name, value
    return item


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(FengongButton, SERVICE, (SERVICE,))
