"""The record of rounds (台账): what was issued, what came back when, what was accepted.

An embedded SQLite file in the working folder.  Nothing in it is ever overwritten; every change belongs to an event
that tells when, who and what.  The room takes and gives plain model objects.
"""

from toolkit.ledger.book import FILE_NAME, Ledger, create, reading, writing
from toolkit.ledger.lock import Holder, holder
from toolkit.ledger.recording import Record
from toolkit.ledger.rows import Decided, Event, FormIssued, Merged, Table

__all__ = [
    "FILE_NAME",
    "Decided",
    "Event",
    "FormIssued",
    "Holder",
    "Ledger",
    "Merged",
    "Record",
    "Table",
    "create",
    "holder",
    "reading",
    "writing",
]
