"""Reads about conversations, named by what they return. One idea a file."""

from __future__ import annotations

from throughline.messaging.queries.letters import letter_of, text_of_letter
from throughline.messaging.queries.lines import (
    FileShown,
    Line,
    Quoted,
    changed_after,
    earlier_words_of,
    line_of,
    lines_of,
    messages_after,
    messages_before,
    place_of,
    quoted_in,
    seen_by,
    sending_key_of,
    shown,
)
from throughline.messaging.queries.promises import promised_at, waits_for
from throughline.messaging.queries.searching import Found, found_in
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
    "FileShown",
    "Found",
    "Line",
    "Quoted",
    "asked_in",
    "changed_after",
    "earlier_words_of",
    "found_in",
    "last_words_in",
    "last_words_of",
    "letter_of",
    "line_of",
    "lines_of",
    "messages_after",
    "messages_before",
    "oldest_unseen",
    "open_items_of",
    "place_of",
    "promised_at",
    "quoted_in",
    "seen_by",
    "sending_key_of",
    "shown",
    "text_of_letter",
    "unread_of",
    "waits_for",
]
