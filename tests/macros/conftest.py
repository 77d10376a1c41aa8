"""A desk with the demo's files on it, on a path with Chinese and a blank."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from two_levels import gather_city, make_city, make_county

from toolkit.housekeeping.demo import demo


@pytest.fixture(scope="session")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, made once."""
    folder = tmp_path_factory.mktemp("演示 台账")
    demo(folder)
    return folder


@pytest.fixture
def desk(campaign: Path, tmp_path: Path) -> Path:
    """A clerk's folder: notice, plan, roster, returned forms."""
    folder = tmp_path / "桌面 台账"
    folder.mkdir()
    for name in ("示例通知.docx", "任务分工表.xlsx", "单位名录.xlsx"):
        shutil.copy(campaign / name, folder / name)
    (returns,) = (campaign / "回收").iterdir()
    shutil.copytree(returns, folder / "回收")
    return folder


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The folder of a city whose county rolled its round up; the summary is 汇总/填报期/汇总表.xlsx."""
    folder = make_city(tmp_path / "云岭市")
    gather_city(folder, make_county(tmp_path / "望川县", folder))
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where the buttons find the program and put their jobs; dialogs are answered by FENGONG_PICK."""
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    program = Path(sys.executable).with_name("fengong")
    return {"FENGONG": str(program), "TEMP": str(jobs), "TMPDIR": str(jobs), "FENGONG_QUIET": "1"}
