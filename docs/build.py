"""Render the reference pages that must not drift: commands, findings, rules, settings.

``make docs`` writes them; a test asserts that what is committed is what this renders.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from toolkit.findings import ROOMS, catalogue
from toolkit.registry.command import Argument, Given, Need
from toolkit.registry.commands import COMMANDS
from toolkit.rules import RULES, SURVEY_RULES
from toolkit.settings import DEFAULT

HERE = Path(__file__).resolve().parent
_ROOM_TITLES = {
    "files": "打开文件",
    "notice": "读通知",
    "roster": "单位名录",
    "plan": "任务分工表与下发",
    "intake": "收回的填报表",
    "survey": "收集表",
    "rules": "填报内容",
    "ledger": "台账与各期之间",
    "output": "写出结果",
    "command": "命令写法",
    "desktop": "桌面程序",
}
_MADE = "<!-- 由 docs/build.py 生成，请勿手改 -->\n\n"


def commands_page() -> str:
    """Every command, its arguments and what they mean."""
    parts = ["# 命令\n", "每个命令都可以加 `--json FILE` 把结果写成 JSON（写 `-` 输出到屏幕）。\n"]
    for command in COMMANDS:
        line = " ".join(["fengong", command.name, *map(_written, command.arguments)])
        parts += [f"## {command.label} `{command.name}`\n", command.tip + "\n", f"```\n{line}\n```\n"]
        parts += ["| 参数 | 说明 |", "|---|---|"]
        parts += [f"| `{_shown(argument)}` | {argument.help} |" for argument in command.arguments]
        parts.append("")
    return _MADE + "\n".join(parts)


def _written(argument: Argument) -> str:
    text = _shown(argument) if argument.flag else argument.metavar
    text += "..." if argument.many else ""
    return text if argument.required and argument.given in (None, Given.FOLDER) else f"[{text}]"


def _shown(argument: Argument) -> str:
    if argument.flag is None:
        return argument.metavar
    if argument.need is Need.SWITCH:
        return argument.flag
    return f"{argument.short or argument.flag} {argument.metavar}".replace("|", "\\|")


def findings_page() -> str:
    """Every finding by room: code, severity, message, advice."""
    parts = [
        "# 问题\n",
        "程序能发现的每一种问题、它的编号，以及怎么办。编号可以写进 `fengong.toml` 来关闭或调整（见 设置.md）。\n",
    ]
    for room in ROOMS:
        kinds = sorted(
            (kind for code, kind in catalogue().items() if code.startswith(f"{room}.")),
            key=lambda kind: (kind.severity.rank, kind.code),
        )
        parts += [f"## {_ROOM_TITLES[room]}\n", "| 编号 | 程度 | 问题 | 怎么办 |", "|---|---|---|---|"]
        parts += [
            f"| `{kind.code}` | {kind.severity.label} | {_cell(kind.message)} | {_cell(kind.advice)} |"
            for kind in kinds
        ]
        parts.append("")
    return _MADE + "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").replace("{", "‹").replace("}", "›")


def rules_page() -> str:
    """Every rule in a line."""
    rows = [
        f"| {rule.doc} | {'、'.join(f'`{kind.code}`' for kind in rule.kinds)} |"
        for rule in dict.fromkeys((*RULES, *SURVEY_RULES))
    ]
    return _MADE + "\n".join(
        [
            "# 填报内容的规则\n",
            "合并和校验时逐条检查。按编号可在 `fengong.toml` 里关闭或调整程度。\n",
            "| 查什么 | 编号 |",
            "|---|---|",
            *rows,
            "",
        ]
    )


_SETTING_DOCS = {
    "disabled_rules": '关闭的问题编号，例如 `["rules.too-long"]`',
    "severities": '小节 `[severities]`：编号 = "错误"、"提醒" 或 "说明"',
    "statuses": '小节 `[statuses]`：本地的完成情况写法 = 规定用语，例如 `"收官" = "已完成"`',
    "due_soon_days": "离完成时限几天以内算“即将到期”",
    "bulletin_length": "通报里一条进展说明最多排多少字",
    "copy_length": "少于多少字的进展说明不查雷同",
    "copy_likeness": "相似度达到多少（0.5–1）算雷同",
    "empty_words": "本地还有哪些写法算空话",
    "unpublished_words": "不宜公开的用语",
    "score": "小节 `[score]`：得分的权重，`on_time` 完成时限、`quality` 完成质量",
    "still_rounds": "连续几期没有变化、又临近时限的，列为问题",
    "still_days": "离完成时限几天以内算“临近”（过了时限的一直算）",
    "question_minutes": "估算填报负担：新填一项任务要几分钟",
    "prefilled_minutes": "估算填报负担：有上期情况的一项任务要几分钟",
    "ask_ahead_days": "一次性任务提前多少天开始填报（默认一直填到销号）",
    "holidays": '程序里还没有的放假日，例如 `["2027-01-01/2027-01-03", "2027-02-05/2027-02-11"]`',
    "extra_workdays": '调休上班的周末，例如 `["2027-02-14"]`',
    "wait_seconds": "别的程序正在写台账时最多等多少秒",
}


def settings_page() -> str:
    """Every key of ``fengong.toml`` with its default."""
    rows = []
    for item in fields(DEFAULT):
        value = getattr(DEFAULT, item.name)
        shown = "、".join(value) if isinstance(value, tuple) else "" if value in (frozenset(), {}) else str(value)
        if item.name == "score":
            shown = f"on_time = {value.on_time:g}，quality = {value.quality:g}"
        rows.append(f"| `{item.name}` | {_SETTING_DOCS[item.name]} | {shown} |")
    return _MADE + "\n".join(
        [
            "# 设置\n",
            "在任务分工表旁边放一个 `fengong.toml`（UTF-8 编码），写要改的几项就行，没写的用默认值。\n",
            "| 设置项 | 意思 | 默认 |",
            "|---|---|---|",
            *rows,
            "",
            "```toml",
            "due_soon_days = 10",
            'disabled_rules = ["rules.too-long"]\n',
            '[severities]\n"rules.overdue" = "错误"\n',
            '[statuses]\n"收官" = "已完成"\n```\n',
        ]
    )


PAGES = {
    "命令.md": commands_page,
    "问题.md": findings_page,
    "规则.md": rules_page,
    "设置.md": settings_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
