"""What the column 完成时限 says is never lost: it is a day, a rhythm, or words that a person must look at."""

from __future__ import annotations

import pytest
from divisions import plan_of

HEAD = "<p>云溪市2026年重点任务分工表</p><p>2026年1月2日</p>"


@pytest.mark.parametrize("said", ["12月20日左右", "2026年12月31前", "汛期前", "待定", "2026年11月31日前"])
def test_words_that_tell_no_day_are_kept_and_marked(said: str) -> None:
    head = "<tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>"
    row = f"<tr><td>1</td><td>6月底前完成河道清淤招标，公布结果。</td><td>市水利局</td><td>{said}</td></tr>"
    task = plan_of(f"<html><body>{HEAD}<table>{head}{row}</table></body></html>", "表.html").tasks[0]
    assert said in task.recurrence
    assert [(mark.field, mark.evidence) for mark in task.review] == [("deadlines", said)]


@pytest.mark.parametrize("said", ["", "—", "/", "无"])
def test_an_empty_cell_needs_nobody(said: str) -> None:
    head = "<tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>"
    row = f"<tr><td>1</td><td>公布河长联系电话。</td><td>市水利局</td><td>{said}</td></tr>"
    task = plan_of(f"<html><body>{HEAD}<table>{head}{row}</table></body></html>", "表.html").tasks[0]
    assert task.recurrence == () and task.review == ()
