"""What is wrong with a part, in one clear sentence each with a way out, at the field that can mend it.

`today` is the date where the person is; a date long past or far ahead is a slip of the keyboard.
"""

from throughline.agreements.domain.faults.base import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_HOLIDAYS,
    MOST_ITEMS,
    MOST_TURNS,
    Fault,
)
from throughline.agreements.domain.faults.parts import faults_between, faults_of

__all__ = [
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "MOST_HOLIDAYS",
    "MOST_ITEMS",
    "MOST_TURNS",
    "Fault",
    "faults_between",
    "faults_of",
]
