"""Parts of a workbook deflated and hashed in a thread of their own, while the next are being written.

Both need no lock of Python's, so that the second core does them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from toolkit import opc
from toolkit.workbooks.package import Packer, Part, packed

_AHEAD = 8
"""Pieces that may wait, so that a sheet of a million rows does not pile up."""


class Deflating:
    """A part that is given piece by piece."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._packer = Packer()
        self._waiting: deque[Future[None]] = deque()

    def add(self, data: bytes) -> None:
        """The next piece; returns before it is deflated."""
        self._waiting.append(self._thread.submit(self._packer.add, data))
        if len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def part(self) -> Part:
        """The whole, once every piece was given."""
        while self._waiting:
            self._waiting.popleft().result()
        return self._packer.part()


class Deflater:
    """Deflates the large parts of one workbook."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="fengong-deflate")

    def __enter__(self) -> Deflater:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown(cancel_futures=fault is not None)

    def part(self, data: bytes = b"") -> Deflating:
        """A part that begins with ``data``."""
        deflating = Deflating(self._thread)
        if data:
            deflating.add(data)
        return deflating


def sealed(small: Mapping[str, bytes], large: Mapping[str, Deflating]) -> bytes:
    """The sealed workbook of all these parts; the content types are among the small ones."""
    parts = {name: Part.of(data) for name, data in opc.declared(small).items()}
    parts |= {name: deflating.part() for name, deflating in large.items()}
    return packed(parts, lambda seal: opc.custom_properties({opc.SEAL: seal}))
