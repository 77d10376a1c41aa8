"""What returned files said when they were last read, kept in the ledger (issue 8, *incremental*)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress

from toolkit import plain
from toolkit.containers.walk import Met
from toolkit.gathering import Kept
from toolkit.intake.reading import Reading
from toolkit.ledger import Ledger

_BATCH = 40
"""Readings that are written at once."""


class KeptReadings(Kept):
    """Readings in the ledger, by the file's hash and name and everything else they depend on."""

    def __init__(self, ledger: Ledger, scope: str, password: str | None) -> None:
        self._ledger = ledger
        self._scope = scope
        self._password = password or ""
        self._fresh: dict[str, str] = {}

    def known(self, met: Sequence[Met]) -> Mapping[str, Reading]:
        """Path → reading of the files that are as they were; one that cannot be read back is read anew."""
        keys = {self._key(item): item.path for item in met if item.sha256}
        readings = {}
        for key, text in self._ledger.readings(keys).items():
            with suppress(ValueError, TypeError, KeyError):
                readings[keys[key]] = plain.load(Reading, text)
        return readings

    def keep(self, met: Met, reading: Reading) -> None:
        """Remember what a file says, in batches."""
        if met.sha256:
            self._fresh[self._key(met)] = plain.dump(reading)
        if len(self._fresh) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was not written yet."""
        if self._fresh:
            self._ledger.keep_readings(self._scope, self._fresh)
            self._fresh = {}

    def _key(self, met: Met) -> str:
        told = "\0".join((met.sha256, met.path, self._scope, self._password))
        return hashlib.sha256(told.encode()).hexdigest()
