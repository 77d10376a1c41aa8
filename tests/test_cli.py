"""The command line: Chinese throughout, exit statuses of the contract, never a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from toolkit import cli
from toolkit.registry.commands import COMMANDS


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.run(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_help_lists_every_command_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--help")
    assert status == 0
    for command in COMMANDS:
        assert command.name in out and command.label in out
    assert not re.search(r"Usage|Options|Show this|Commands", out)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_chinese_page(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    name: str = command.name  # type: ignore[attr-defined]
    status, out, _ = run(capsys, *name.split(), "--help")
    assert status == 0 and "用法" in out and "--json FILE" in out
    assert not re.search(r"Usage|Options|Show this|required", out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["merg"], "没有这个命令"),
        (["merge"], "缺少参数"),
        (["merge", "--bogus"], "没有这个选项"),
        (["merge", "没有的文件夹", "--plan", "p.xlsx", "-o", "s.xlsx"], "找不到文件"),
        (["check", ".", "--as-of", "明天"], "2022-12-31"),
        (["merge", ".", "--plan", "README.md", "-o", "s.xlsx", "--jobs", "零"], "整数"),
    ],
)
def test_a_wrong_call_is_refused_with_advice(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").touch()
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == ""
    assert says in err and "→" in err and "Traceback" not in err


def test_what_nobody_expected_is_logged_not_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_program", broken)
    status, _, err = run(capsys, "demo")
    assert status == 2 and "Traceback" not in err
    assert "ZeroDivisionError" in (tmp_path / "fengong" / "error.log").read_text("utf-8")


def test_json_goes_to_standard_output_alone(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    status = cli.run(["demo", "-o", str(tmp_path / "演示"), "--json", "-"])
    out, err = capfdbinary.readouterr()
    assert status == 0
    assert {"path", "kind", "unit"} <= set(json.loads(out)["files"][0])
    assert "单位" in err.decode()
