"""The worksheet functions of 分工 in LibreOffice: each cell asks one long-lived fengong program.

Runs inside LibreOffice's own Python.  The program is started once (``fengong functions``) and answers one JSON line
for each JSON line it is sent, so that a column of formulas costs no start-up a cell.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import uno
import unohelper
from cn.fengong import XFunctions

SERVICE = "cn.fengong.Functions"
EXTENSION = "cn.fengong.buttons"


class _Program:
    """The fengong program that answers for all cells."""

    def __init__(self, command):
        quiet = {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}
        hidden = ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH")
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        self._process = subprocess.Popen(
            [*command, "functions"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            **quiet,
        )
        self._lock = threading.Lock()

    def ask(self, name, arguments):
        with self._lock:
            self._process.stdin.write(json.dumps([name, arguments]).encode() + b"\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        if not line:
            raise OSError("the program ended")
        return json.loads(line)


class FengongFunctions(unohelper.Base, XFunctions):
    """One method for each name of each function; all of them ask the program."""

    def __init__(self, context):
        self.context = context
        self._program = None

    def ask_program(self, name, arguments, table):
        """The program's answer; a sentence when there is no program."""
        given = [_plain(argument) for argument in arguments]
        while given and given[-1] is None:
            given.pop()
        for attempt in (1, 2):
            try:
                if self._program is None:
                    self._program = _Program(self._command())
                return _cells(self._program.ask(name, given), table)
            except OSError:
                self._program = None
                if attempt == 2:
                    return _cells("#分工：没有找到分工程序，请先安装", table)
        return None

    def _command(self):
        information = self.context.getByName("/singletons/com.sun.star.deployment.PackageInformationProvider")
        home = Path(uno.fileUrlToSystemPath(information.getPackageLocation(EXTENSION)))
        sys.path.insert(0, str(home / "python"))
        from fengong_buttons import program

        return program(home)


def _plain(value):
    """A cell's value for JSON: ``None`` for what was left out."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) else None


def _cells(answer, table):
    """An answer as LibreOffice takes it: a table, as the function's type says, is a tuple of tuples."""
    if not table:
        return answer
    rows = answer if isinstance(answer, list) else [[answer]]
    return tuple(tuple("" if cell is None else cell for cell in row) for row in rows)


def _method(name, table):
    def method(self, *arguments):
        return self.ask_program(name, arguments, table)

    return method


def _add_methods():
    listing = json.loads(Path(__file__).with_name("functions.json").read_text("utf-8"))
    for method, name, table in listing:
        setattr(FengongFunctions, method, _method(name, table))


_add_methods()
g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(FengongFunctions, SERVICE, (SERVICE, "com.sun.star.sheet.AddIn"))
