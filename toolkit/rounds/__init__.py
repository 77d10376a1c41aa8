"""Between rounds (各期之间): what is carried forward, what changed, what the office decided and mended by hand.

Pure functions of plain model objects; the verbs bring them from the ledger and the summary.
"""

from toolkit.rounds.carry import Key, Last, last_told, texts_before
from toolkit.rounds.changes import change_of
from toolkit.rounds.office import standing_decisions
from toolkit.rounds.standing import Standing

__all__ = [
    "Key",
    "Last",
    "Standing",
    "change_of",
    "last_told",
    "standing_decisions",
    "texts_before",
]
