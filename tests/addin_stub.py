"""Stand-ins that let xlwings' own registration code run without Excel, recording what it would tell Excel."""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any


class Recorder:
    """Takes any call and remembers ``MacroOptions`` and imported modules."""

    def __init__(self) -> None:
        self.options: list[dict[str, Any]] = []
        self.imported: list[str] = []

    @property
    def Application(self) -> Recorder:
        return self

    @property
    def VBProject(self) -> Recorder:
        return self

    Version = "16.0"
    Name = "分工.xlam"

    def VBComponents(self, _name: str) -> str:
        return "xlwings_udfs"

    def MacroOptions(self, *args: Any, **options: Any) -> None:
        self.options.append({**dict(zip(("Macro", "Description"), args, strict=False)), **options})


class _Components(Recorder):
    """``VBProject.VBComponents`` is called and has methods."""

    def __call__(self, _name: str) -> str:
        return "xlwings_udfs"

    def Remove(self, _component: object) -> None:
        pass

    def Import(self, path: str) -> None:
        with open(path, encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
            self.imported.append(stream.read())


class Workbook(Recorder):
    """A workbook that records."""

    def __init__(self) -> None:
        super().__init__()
        self.VBComponents = _Components()  # type: ignore[assignment]


def load_udfs() -> Any:
    """``xlwings.udfs`` as on Windows, with the COM modules stubbed; ``xw.func`` and friends really register."""
    for name in ("pythoncom", "pywintypes", "win32com", "win32com.client", "xlwings.com_server"):
        sys.modules.setdefault(name, types.ModuleType(name))
    sys.modules["pywintypes"].com_error = type("com_error", (Exception,), {})  # type: ignore[attr-defined]
    sys.modules["pythoncom"].CoInitialize = lambda: None  # type: ignore[attr-defined]
    client = sys.modules["win32com.client"]
    client.Dispatch = lambda thing: thing  # type: ignore[attr-defined]
    sys.modules["win32com"].client = client  # type: ignore[attr-defined]
    windows = types.ModuleType("xlwings._xlwindows")
    windows.is_range_instance = lambda _value: False  # type: ignore[attr-defined]
    windows.Range = lambda xl=None: types.SimpleNamespace(api=xl)  # type: ignore[attr-defined]
    windows.comtypes = types.ModuleType("comtypes")  # type: ignore[attr-defined]
    for name in ("BOOK_CALLER", "Dispatch", "Book", "ComRange", "FakeRange"):
        setattr(windows, name, lambda *a, **k: None)
    sys.modules["xlwings._xlwindows"] = windows
    import xlwings as xw

    xw._xlwindows = windows
    sys.modules["xlwings.com_server"].loop = None  # type: ignore[attr-defined]
    udfs = importlib.import_module("xlwings.udfs")
    values = {"clean_value_data": lambda data, *_: data, "prepare_xl_data_element": lambda data, *_: data}
    xw.engines.add(xw.main.Engine(impl=types.SimpleNamespace(name="excel", type="desktop", apps=[], **values)))
    udfs.Book = lambda impl=None: types.SimpleNamespace(sheets=[])
    xw.func, xw.sub, xw.arg, xw.ret = udfs.xlfunc, udfs.xlsub, udfs.xlarg, udfs.xlret
    return udfs
