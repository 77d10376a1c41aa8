"""VBA sources as pure ASCII: Chinese in literals becomes ChrW, Chinese comments are dropped.

Trap (BUTTONS.md): Chinese in VBA source silently becomes ``?``, because modules are stored in a Western code page.
"""

from __future__ import annotations

import re

_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_LONGEST_LINE = 1000


def ascii_source(source: str) -> str:
    """The module with every literal spelled in ASCII; raises ``ValueError`` where that is not possible."""
    lines = []
    for line in source.splitlines():
        code = _spell(_without_comment(line))
        if not code.isascii():
            raise ValueError(f"Chinese outside a literal: {line}")
        if len(code) > _LONGEST_LINE:
            code = _broken(code)
        lines.append(code)
    return "\r\n".join(lines) + "\r\n"


def _without_comment(line: str) -> str:
    quoted = False
    for place, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == "'" and not quoted:
            comment = line[place:]
            return line if comment.isascii() else line[:place].rstrip()
    return line


def _spell(line: str) -> str:
    return _LITERAL.sub(lambda match: _literal(match.group(1)), line)


def _literal(text: str) -> str:
    if text.isascii():
        return f'"{text}"'
    pieces = [
        f'"{piece}"' if piece.isascii() else " & ".join(f"ChrW(&H{ord(char):04X})" for char in piece)
        for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]+", text)
    ]
    return "(" + " & ".join(pieces) + ")"


def _broken(code: str) -> str:
    """A long line continued on the next ones, broken between the parts of a joined text."""
    parts, lines, current = code.split(" & "), [], ""
    for part in parts:
        if current and len(current) + len(part) > _LONGEST_LINE - 10:
            lines.append(current)
            current = part
        else:
            current = f"{current} & {part}" if current else part
    return " & _\r\n    ".join([*lines, current])
