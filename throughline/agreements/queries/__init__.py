"""Reads about agreements, named by what they return."""

from throughline.agreements.queries.answering import answer_due
from throughline.agreements.queries.beginnings import Beginning, beginnings_in
from throughline.agreements.queries.force import (
    VersionSummary,
    terms_in_force,
    version_and_terms,
    version_in_force,
    ways_for,
)
from throughline.agreements.queries.framing import framing_of
from throughline.agreements.queries.history import chain_holds, history_of

__all__ = [
    "Beginning",
    "VersionSummary",
    "answer_due",
    "beginnings_in",
    "chain_holds",
    "framing_of",
    "history_of",
    "terms_in_force",
    "version_and_terms",
    "version_in_force",
    "ways_for",
]
