"""The pages of a conversation. They read, and write, without scripts; with them they are live."""

from __future__ import annotations

from throughline.messaging.views.conversation import conversation, seen, sends_by
from throughline.messaging.views.files import file, forget, small, take
from throughline.messaging.views.message import delete, letter, message, sign
from throughline.messaging.views.promise import promise
from throughline.messaging.views.searching import search

__all__ = [
    "conversation",
    "delete",
    "file",
    "forget",
    "letter",
    "message",
    "promise",
    "search",
    "seen",
    "sends_by",
    "sign",
    "small",
    "take",
]
