"""The self-test of an installed program: what it proves, and that it notices what is missing."""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path

import pytest
from extras import EXTRAS

from toolkit import cli, resources
from toolkit.housekeeping import selftest
from toolkit.housekeeping.selftest import CHECKS, LIBRARIES

PACKAGE = Path(selftest.__file__).parent
SURFACE_LIBRARIES = {"PySide6", "xlwings", "pandas"}
"""What only the desktop program, PCs with Excel and notebooks load."""


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> object:
    """Run some of the checks, to keep a test short."""

    def keep(*names: str) -> None:
        monkeypatch.setattr(selftest, "CHECKS", {name: CHECKS[name] for name in names})

    return keep


def test_everything_passes_and_figures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["selftest", "--json", "-"]) == cli.DONE
    told = capsys.readouterr()
    result = json.loads(told.out)
    assert result["passed"] and not result["packaged"]
    assert [check["name"] for check in result["checks"]] == list(CHECKS)
    assert "任务 36 项，单位 31 个" in told.err
    assert "自检通过。" in told.err


def test_a_missing_template_fails_it_with_advice(
    only, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only("自带文件")
    monkeypatch.setattr(resources, "templates_dir", lambda: tmp_path)
    assert cli.run(["selftest"]) == cli.DONE_WITH_ERRORS
    told = capsys.readouterr().out
    assert "[未通过] 自带文件：缺少模板 任务分工表.xlsx" in told
    assert "请重新安装" in told


def test_a_missing_library_fails_it_and_the_other_checks_still_run(only, monkeypatch: pytest.MonkeyPatch) -> None:
    only("所用的库", "自带文件")
    monkeypatch.setitem(sys.modules, "xlrd", None)
    failed, passed = selftest.selftest().checks
    assert not failed.passed and "xlrd" in failed.figures
    assert passed.passed


def test_nothing_is_left_behind(only, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only("断言", "全流程")
    monkeypatch.setattr(selftest.tempfile, "tempdir", str(tmp_path))
    assert all(check.passed for check in selftest.selftest().checks)
    assert list(tmp_path.iterdir()) == []


def test_every_library_the_program_uses_is_loaded() -> None:
    """A library that only one reader imports would otherwise be missed until a clerk meets such a file."""
    used: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                used |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                used.add(node.module.partition(".")[0])
    foreign = used - set(sys.stdlib_module_names) - {"toolkit"} - SURFACE_LIBRARIES - EXTRAS
    assert foreign <= {name.partition(".")[0] for name in LIBRARIES}
