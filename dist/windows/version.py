"""What Windows shows in a program's properties."""

from __future__ import annotations

from typing import Any

_CHINESE, _UNICODE = 0x0804, 1200


def version_info(version: str, file_name: str, description: str) -> Any:
    """The version resource of one program; only PyInstaller on Windows can write it."""
    from PyInstaller.utils.win32 import versioninfo as win

    numbers = (*map(int, version.split(".")), 0, 0, 0, 0)[:4]
    texts = {
        "CompanyName": "fengong",
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": file_name,
        "LegalCopyright": "MIT",
        "OriginalFilename": f"{file_name}.exe",
        "ProductName": "分工",
        "ProductVersion": version,
    }
    table = win.StringTable(f"{_CHINESE:04X}{_UNICODE:04X}", [win.StringStruct(*pair) for pair in texts.items()])
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            win.StringFileInfo([table]),
            win.VarFileInfo([win.VarStruct("Translation", [_CHINESE, _UNICODE])]),
        ],
    )
