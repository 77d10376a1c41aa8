"""Every table of the ledger as a person reads it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from toolkit.ledger.rows import Table, Values, rows_of
from toolkit.model import ENTRY_FIELDS, Outcome, Role, Severity, State, Verdict

_STATES = {State.REPORTED.value: "已报", State.BLANK.value: "未填", State.MISSING.value: "未报"}
_FIELDS = dict(zip(ENTRY_FIELDS, ("完成情况", "进展说明", "佐证材料", "完成日期", "备注"), strict=True))
_ROLES = {role.value: role.label for role in Role}
_SEVERITIES = {severity.value: severity.label for severity in Severity}
_OUTCOMES = {outcome.value: outcome.label for outcome in Outcome}
_VERDICTS = {verdict.value: verdict.label for verdict in Verdict} | {"": "撤销"}
_PRESENT = {1: "", 0: "已不在"}

Shown = Callable[[Any], object]


def _places(text: str) -> str:
    """The cells an entry was read from: 文件 › 工作表 › I7, once each."""
    places = [" › ".join(place) for _, *place in json.loads(text)]
    return "；".join(dict.fromkeys(places))


def _listed(text: str) -> str:
    return "、".join(json.loads(text))


def _filled(text: str) -> str:
    """The rows of a survey, one a line: 姓名：王小明，岗位：专职."""
    return "\n".join("，".join(f"{cell.field}：{cell.text}" for cell in row) for row in rows_of(text))


def _field(name: str) -> str:
    """A field of an entry as a person calls it; the cells of a survey are called by their own names."""
    return _FIELDS.get(name, name)


def _codes(text: str) -> str:
    return "、".join(duty[0] for duty in json.loads(text))


_TABLES: tuple[tuple[str, str, tuple[tuple[str, str, Shown | None], ...]], ...] = (
    ("日志", "event", (("at", "时间", None), ("who", "经办", None), ("verb", "操作", None), ("round", "填报期", None),
                       ("what", "内容", None))),
    ("任务分工表", "plan", (("plan_id", "标识", None), ("revision", "版本", None), ("title", "标题", None),
                            ("tasks", "任务数", None))),
    ("单位名录", "roster", (("units", "单位数", None),)),
    ("填报期", "round", (("name", "填报期", None), ("due", "截止日期", None))),
    ("下发", "form", (("round", "填报期", None), ("unit", "单位", None), ("path", "填报表", None),
                      ("sha256", "sha256", None), ("duties", "任务编码", _codes))),
    ("收到的文件", "file", (("round", "填报期", None), ("path", "文件", None), ("present", "现状", _PRESENT.get),
                            ("outcome", "处理结果", _OUTCOMES.get), ("units", "单位", _listed),
                            ("size", "字节数", None), ("modified", "自述保存时间", None), ("sha256", "sha256", None))),
    ("填报项", "entry", (("round", "填报期", None), ("task", "编码", None), ("number", "序号", None),
                         ("unit", "单位", None), ("role", "职责", _ROLES.get), ("present", "现状", _PRESENT.get),
                         ("state", "报送", _STATES.get), ("status", "完成情况", None),
                         ("status_text", "填报原文", None), ("progress", "进展说明", None),
                         ("evidence", "佐证材料", None), ("done_on", "完成日期", None),
                         ("done_on_text", "完成日期原文", None), ("remark", "备注", None),
                         ("sources", "来源", _places), ("rows", "各栏内容", _filled))),
    ("问题", "finding", (("round", "填报期", None), ("present", "现状", _PRESENT.get),
                         ("severity", "级别", _SEVERITIES.get), ("unit", "单位", None), ("task", "编码", None),
                         ("message", "问题", None), ("advice", "怎么办", None), ("path", "文件", None),
                         ("sheet", "工作表", None), ("cell", "单元格", None), ("code", "问题编号", None))),
    ("汇总", "merge", (("round", "填报期", None), ("as_of", "统计日期", None), ("summary", "汇总表", None))),
    ("审核", "decision", (("round", "填报期", None), ("task", "编码", None), ("unit", "单位", None),
                          ("verdict", "审核", _VERDICTS.get), ("opinion", "审核意见", None))),
    ("改动", "correction", (("round", "填报期", None), ("task", "编码", None), ("unit", "单位", None),
                            ("field", "栏目", _field), ("old", "原来", None), ("new", "改为", None),
                            ("why", "依据", None))),
)  # fmt: skip
"""Title, table, and of each column its name, its header, and how its values are shown."""


def tables(connection: sqlite3.Connection) -> Iterator[Table]:
    """The tables, every version of every row, with when it was recorded and by which event."""
    for title, table, columns in _TABLES:
        named = ", ".join(f"{table}.{name}" for name, _, _ in columns)
        if table == "event":
            asked = connection.execute(f"SELECT id, {named} FROM event ORDER BY id")
            lead: tuple[str, ...] = ("事件",)
        else:
            asked = connection.execute(
                f"SELECT event.at, {table}.event, {named} FROM {table} JOIN event ON event.id = {table}.event "
                f"ORDER BY {table}.id"
            )
            lead = ("记录时间", "事件")
        ways = [None] * len(lead) + [shown for _, _, shown in columns]
        yield Table(title, (*lead, *(header for _, header, _ in columns)), [_shown(row, ways) for row in asked])


def _shown(row: Values, ways: list[Shown | None]) -> Values:
    return tuple(shown(value) if shown else value for value, shown in zip(row, ways, strict=True))
