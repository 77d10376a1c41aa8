"""What the program remembers between two starts: a small file, nothing in a registry."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from toolkit.desktop.theme import Mode

_KEPT_FOLDERS = 8


def default_file() -> Path:
    """Where the file lies unless a test says otherwise."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "desktop.ini"


class Memory:
    """The last folders and the look."""

    def __init__(self, path: Path) -> None:
        self._kept = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def folders(self) -> list[Path]:
        """The working folders opened last that are still there, the newest first."""
        kept = str(self._kept.value("folders", "") or "")
        return [Path(text) for text in kept.split("\n") if text and Path(text).is_dir()]

    def open_folder(self, folder: Path) -> None:
        """Remember a working folder as the newest."""
        folders = [folder, *(known for known in self.folders if known != folder)][:_KEPT_FOLDERS]
        self._kept.setValue("folders", "\n".join(map(str, folders)))

    @property
    def mode(self) -> Mode:
        """外观."""
        kept = str(self._kept.value("mode", ""))
        return next((mode for mode in Mode if mode.value == kept), Mode.SYSTEM)

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._kept.setValue("mode", mode.value)

    @property
    def large(self) -> bool:
        """大字."""
        return str(self._kept.value("large", "")).lower() == "true"

    @large.setter
    def large(self, large: bool) -> None:
        self._kept.setValue("large", str(large).lower())

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, as Qt keeps it."""
        kept = self._kept.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._kept.setValue("geometry", geometry)

    def write(self) -> None:
        """Put everything into the file now."""
        self._kept.sync()
