"""What a unit meant, field by field, in the words of the merge JSON."""

from __future__ import annotations

from datetime import date

from toolkit.sample.answers import Answer

LABELS = {
    "status": "完成情况",
    "progress": "进展说明",
    "evidence": "佐证材料",
    "done_on": "完成日期",
    "remark": "备注",
}
"""Field of an entry → column of the form."""


def typed(answer: Answer, field: str) -> str | date:
    """What was typed for a field; empty text where nothing was."""
    return answer.cells.get(LABELS[field], "")


def tidy(text: str) -> str:
    """Text without what no one sees: line ends of either kind, blanks at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_told(entry: dict[str, object], answer: Answer, field: str) -> bool:
    """Whether an entry of the merge JSON says in ``field`` what the unit typed and meant."""
    value = typed(answer, field)
    if field == "status":
        return tidy(str(entry["status_text"])) == tidy(answer.status) and entry["status"] == answer.word
    if field == "done_on":
        day = answer.day.isoformat() if answer.day else None
        as_written = isinstance(value, date) or tidy(str(entry["done_on_text"])) == tidy(value)
        return entry["done_on"] == day and as_written
    return tidy(str(entry[field])) == tidy(str(value))


def text_of(entry: dict[str, object], field: str) -> str:
    """What an entry of the merge JSON shows for a field, empty when it shows nothing."""
    name = {"status": "status_text", "done_on": "done_on_text"}.get(field, field)
    return tidy(str(entry[name] or entry[field] or ""))
