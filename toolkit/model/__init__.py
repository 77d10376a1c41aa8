"""The words of fengong as data: what is read, issued, collected and reported.

Everything here is a frozen dataclass without input or output, so that it can
cross process boundaries and be compared in tests.  The English name of each
class is the word used in code, the Chinese word beside it is what a clerk sees.
"""

from toolkit.model.base import Cancelled, Json, Progress, Severity, no_progress
from toolkit.model.collection import Collection, FileRecord, Outcome, Round, UnitReport, UnitState
from toolkit.model.decisions import CellChange, Change, Correction, Decision, Trend, Verdict
from toolkit.model.entries import ENTRY_FIELDS, Entry, Extra, Place, State
from toolkit.model.found import Finding, Judgement
from toolkit.model.plan import Assignment, Deadline, Plan, Review, Role, Source, Task
from toolkit.model.roster import Duty, Group, Roster, Unit

__all__ = [
    "ENTRY_FIELDS",
    "Assignment",
    "Cancelled",
    "CellChange",
    "Change",
    "Collection",
    "Correction",
    "Deadline",
    "Decision",
    "Duty",
    "Entry",
    "Extra",
    "FileRecord",
    "Finding",
    "Group",
    "Json",
    "Judgement",
    "Outcome",
    "Place",
    "Plan",
    "Progress",
    "Review",
    "Role",
    "Roster",
    "Round",
    "Severity",
    "Source",
    "State",
    "Task",
    "Trend",
    "Unit",
    "UnitReport",
    "UnitState",
    "Verdict",
    "no_progress",
]
