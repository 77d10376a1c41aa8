"""Units, their other names and their groups: who a written name means, and who owes which task."""

from toolkit.language.bodies import is_group_name
from toolkit.roster.compare import Comparison, compare_expansions
from toolkit.roster.expand import Expansion, GroupUse, expand
from toolkit.roster.names import How, Match, Names
from toolkit.roster.propose import propose
from toolkit.roster.receiving import own_part

__all__ = [
    "Comparison",
    "Expansion",
    "GroupUse",
    "How",
    "Match",
    "Names",
    "compare_expansions",
    "expand",
    "is_group_name",
    "own_part",
    "propose",
]
