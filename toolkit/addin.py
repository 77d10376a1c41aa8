"""Worksheet functions and button entry points for Excel through xlwings.

Everything is generated from :mod:`toolkit.registry`: each function stands here under its Chinese name and its ASCII
twin, with category and argument help, and computes what :mod:`toolkit.functions` computes.  Buttons call ``press`` by
``RunPython``.  Only PCs with Excel and Python use this module; a packaged program has no worksheet functions (xlwings'
own limit).  Stay out of ``xlwings.pro``.
"""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings as xw

from toolkit import buttons, functions
from toolkit.registry.buttons import BUTTONS_BY_ID, Ask
from toolkit.registry.functions import FUNCTIONS, WorksheetFunction


def _registered(entry: WorksheetFunction, name: str) -> Callable[..., Any]:
    """One worksheet function under one of its names, with the signature that the host shows."""

    def compute(*arguments: Any) -> Any:
        given = list(arguments)
        while given and given[-1] is None:
            given.pop()
        return functions.call(name, given)

    compute.__name__ = compute.__qualname__ = name
    compute.__doc__ = entry.help
    compute.__annotations__ = {}
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    compute.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(p.name, kind, default=None if p.optional else inspect.Parameter.empty)
            for p in entry.parameters
        ]
    )
    function: Callable[..., Any] = compute
    for parameter in entry.parameters:
        options: dict[str, Any] = {"ndim": 2} if parameter.many else {}
        function = xw.arg(parameter.name, doc=f"{parameter.label}：{parameter.help}", **options)(function)
    # Last, because xw.arg would set the category back to xlwings' own.
    registered: Callable[..., Any] = xw.func(category=entry.category)(function)
    return registered


for _entry in FUNCTIONS:
    for _name in (_entry.name, _entry.twin):
        globals()[_name] = _registered(_entry, _name)


def press(button_id: str, *picked: str) -> None:
    """``RunPython "import toolkit.addin; toolkit.addin.press('Check')"``: one button on the calling workbook.

    Works on a copy of the workbook as it stands on screen; what is said goes to a message box of Excel, what is made
    is opened there.  ``picked`` answers what the button asks for; without it Excel's own dialogs ask.
    """
    book = xw.Book.caller()
    folder = Path(tempfile.mkdtemp(prefix="fengong-"))
    button = BUTTONS_BY_ID[button_id]
    snapshot = original = None
    if Ask.BOOK in button.asks:
        snapshot = folder / f"snapshot{Path(book.name).suffix or '.xlsx'}"
        book.api.SaveCopyAs(str(snapshot))
        original = Path(book.fullname) if Path(book.fullname).is_file() else None
    chosen = picked or _chosen(book, button.asks)
    if chosen is None:
        return
    sheet = book.sheets.active.name if snapshot else ""
    selection = book.app.selection if Ask.SELECTION in button.asks else None
    cells = selection.address if selection is not None else ""
    done = buttons.run(button_id, buttons.Job(folder, snapshot, original, sheet, cells, tuple(map(Path, chosen))))
    message = (folder / buttons.STATUS_FILE).read_text("utf-8").partition("\n")[2]
    if done:
        for path in (folder / buttons.OPEN_FILE).read_text("utf-8").splitlines():
            book.api.FollowHyperlink(path)
    book.app.alert(message, title="分工", mode="info" if done else "critical")


def _chosen(book: Any, asks: tuple[Ask, ...]) -> tuple[str, ...] | None:
    """What the clerk picks in Excel's dialogs; ``None`` when cancelled."""
    if not {Ask.NOTICE, Ask.RETURNS, Ask.FORM} & set(asks):
        return ()
    kind = 4 if Ask.RETURNS in asks else 3  # msoFileDialogFolderPicker, msoFileDialogFilePicker
    dialog = book.app.api.FileDialog(kind)
    return (str(dialog.SelectedItems(1)),) if dialog.Show() else None
