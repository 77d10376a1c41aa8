"""Reminders as an .ics file (RFC 5545), which every calendar program imports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from toolkit.schedule.reminders import Reminder

_OCTETS = 75
"""Octets of a line, the break not counted (RFC 5545, 3.1)."""


def calendar_file(reminders: Iterable[Reminder], made_on: date, title: str) -> bytes:
    """All-day events, each with an alarm the morning before; the same reminders give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fengong//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    for reminder in reminders:
        lines += _event(reminder, made_on)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(reminder: Reminder, made_on: date) -> list[str]:
    key = f"{reminder.on}|{reminder.kind}|{reminder.task}|{reminder.what}"
    summary = f"{reminder.kind}：{reminder.what}"
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(key.encode()).hexdigest()[:24]}@fengong",
        f"DTSTAMP:{made_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{reminder.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{reminder.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        *([f"DESCRIPTION:{_text('、'.join(reminder.units))}"] if reminder.units else []),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(summary)}",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in pieces that no character is torn apart by."""
    piece = ""
    for char in line:
        if len((piece + char).encode()) > _OCTETS:
            yield piece
            piece = " "
        piece += char
    yield piece
