"""``fengong.toml``: what an office may tune, and clear words when it is written wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit import settings
from toolkit.findings import CannotDo
from toolkit.model import Severity


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "任务分工表.xlsx") == settings.DEFAULT


def test_a_file_beside_the_plan_is_read(tmp_path: Path) -> None:
    (tmp_path / "fengong.toml").write_text(
        '\ufeffdue_soon_days = 14\ndisabled_rules = ["rules.too-long"]\n'
        '[severities]\n"rules.overdue" = "错误"\n[statuses]\n"收官" = "已完成"\n[score]\non_time = 50\n',
        encoding="utf-8",
    )
    read = settings.load(tmp_path / "任务分工表.xlsx")
    assert read.due_soon_days == 14 and read.disabled_rules == {"rules.too-long"}
    assert read.severities == {"rules.overdue": Severity.ERROR}
    assert read.vocabulary.read("收官") == "已完成"
    assert (read.score.on_time, read.score.quality) == (50, settings.DEFAULT.score.quality)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("due_soon_days = ", "读不出来"),
        ("due_soon = 3", "due_soon"),
        ("due_soon_days = -1", "0 到 366"),
        ('disabled_rules = ["rules.nothing"]', "rules.nothing"),
        ('disabled_rules = "x"', "应写成"),
        ('[severities]\n"rules.overdue" = "严重"', "错误、提醒 或 说明"),
        ('[statuses]\n"收官" = "搞定"', "搞定"),
        ("[score]\nspeed = 3", "speed"),
    ],
)
def test_a_wrong_file_is_refused_in_chinese(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "fengong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CannotDo) as refusal:
        settings.load(tmp_path)
    (finding,) = refusal.value.findings
    assert says in finding.message and finding.advice
