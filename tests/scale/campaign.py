"""A round that came back whole, for tests that merge it in several ways."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.campaign import make_campaign
from toolkit.merge import MergeResult, merge

DAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Campaign:
    """Plan, roster and returns in a folder."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, forms: int) -> Campaign:
        make_campaign(folder, forms)
        return cls(folder)

    @property
    def returns(self) -> Path:
        return self.folder / "回收"

    def merged(self, name: str, paths: Any = None, **options: Any) -> MergeResult:
        """The round merged into ``name``; every way of merging must give the same bytes."""
        plan = self.folder / "任务分工表.xlsx"
        return merge(paths or [self.returns], plan, self.folder / name, as_of=DAY, **options)

    def spoiled(self) -> None:
        """What comes back besides good forms: a copy, a broken file, a picture, a lock file."""
        first, second = sorted(self.returns.iterdir())[:2]
        shutil.copy(first, self.returns / f"（副本）{first.name}")
        (self.returns / "坏了.xlsx").write_bytes(second.read_bytes()[:4000])
        (self.returns / "~$锁.xlsx").write_bytes(b"x")
        (self.returns / "会场照片.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
