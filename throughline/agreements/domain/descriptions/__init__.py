"""What each term will do, said in plain sentences."""

from throughline.agreements.domain.descriptions.confidence import (
    AT_END,
    MODE_NAMES,
    MODES,
    NOTES,
    RECORDINGS,
    Clause,
    clauses,
    who_can_see,
)
from throughline.agreements.domain.descriptions.names import (
    BY_CHANNEL,
    CADENCES,
    CHANNELS,
    PROMPTS,
    REACHING_OUT,
    TITLES,
    UNITS,
    WEEKDAYS,
    WEEKS,
    WHO,
    WORDS_TITLE,
)
from throughline.agreements.domain.descriptions.parts import describe, rhythm, working_hours

__all__ = [
    "AT_END",
    "BY_CHANNEL",
    "CADENCES",
    "CHANNELS",
    "MODES",
    "MODE_NAMES",
    "NOTES",
    "PROMPTS",
    "REACHING_OUT",
    "RECORDINGS",
    "TITLES",
    "UNITS",
    "WEEKDAYS",
    "WEEKS",
    "WHO",
    "WORDS_TITLE",
    "Clause",
    "clauses",
    "describe",
    "rhythm",
    "who_can_see",
    "working_hours",
]
