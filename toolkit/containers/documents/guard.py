"""The frame around every document reader: whatever happens inside ends as content or as a finding."""

from __future__ import annotations

import functools
from collections.abc import Callable

from toolkit.containers.content import Content, FileKind, Paragraph
from toolkit.containers.limits import Unreadable
from toolkit.findings import files as found

Read = Callable[[bytes, str], Content]


def guarded(kind: FileKind) -> Callable[[Read], Read]:
    """A reader of ``kind`` that never raises for bad input.

    A refusal becomes its own finding.  Anything else that a damaged file makes a parser raise becomes
    :data:`found.DOCUMENT_FAILED`: one bad file must not stop a batch.  A document in which nothing was read
    says so.
    """

    def wrap(read: Read) -> Read:
        @functools.wraps(read)
        def safe(data: bytes, name: str) -> Content:
            try:
                content = read(data, name)
            except Unreadable as refusal:
                return Content(kind, findings=[refusal.finding])
            except MemoryError:
                raise  # the frame around all readers knows how much there was
            except Exception as failure:
                return Content(
                    kind, findings=[found.DOCUMENT_FAILED.at(reason=f"内部结构不合规，{type(failure).__name__}")]
                )
            if not content.findings and not _says_anything(content):
                content.findings.append(found.NO_TEXT.at())
            return content

        return safe

    return wrap


def _says_anything(content: Content) -> bool:
    return any(
        block.text.strip() if isinstance(block, Paragraph) else any(map(any, block.sheet.rows))
        for block in content.blocks
    )
