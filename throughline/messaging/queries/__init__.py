"""Reads about conversations, named by what they return. One idea a file."""

from __future__ import annotations

from throughline.messaging.queries.lines import (
    Line,
    Quoted,
    changed_after,
    changes_in,
    earlier_words_of,
    last_number_in,
    line_of,
    lines_of,
    messages_after,
    messages_before,
    seen_by,
)
from throughline.messaging.queries.unread import (
    Asked,
    asked_in,
    last_words_in,
    last_words_of,
    oldest_unseen,
    open_items_of,
    unread_of,
)

__all__ = [
    "Asked",
    "Line",
    "Quoted",
    "asked_in",
    "changed_after",
    "changes_in",
    "earlier_words_of",
    "last_number_in",
    "last_words_in",
    "last_words_of",
    "line_of",
    "lines_of",
    "messages_after",
    "messages_before",
    "oldest_unseen",
    "open_items_of",
    "seen_by",
    "unread_of",
]
