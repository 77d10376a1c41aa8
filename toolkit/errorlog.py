"""Keeping what nobody expected where a person can send it from."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from toolkit import __version__


def write_log() -> str:
    """Write the traceback of the exception being handled; returns the file's path, or that it could not be written."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    log = Path(base) / "fengong" / "error.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"fengong {__version__}\n{traceback.format_exc()}", encoding="utf-8")
    except OSError:
        return "（未能写出记录文件）"
    return str(log)
