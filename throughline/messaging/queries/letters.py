"""The mail that a message came as."""

from __future__ import annotations

from throughline.messaging.models import Letter, Message, Via
from throughline.notices.domain.letters import read


def letter_of(message: Message) -> Letter | None:
    return Letter.objects.filter(message=message).first() if message.via == Via.MAIL else None


def text_of_letter(message: Message) -> str:
    """All of its text, or "" for a message that did not come by mail."""
    found = letter_of(message)
    return read(bytes(found.raw)).text.strip() if found else ""
