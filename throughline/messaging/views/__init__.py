"""The pages of a conversation. They read, and write, without scripts; with them they are live."""

from __future__ import annotations

from throughline.messaging.views.conversation import conversation, seen
from throughline.messaging.views.files import file, forget, small, take
from throughline.messaging.views.message import delete, letter, message, sign

__all__ = ["conversation", "delete", "file", "forget", "letter", "message", "seen", "sign", "small", "take"]
