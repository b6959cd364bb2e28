"""What cannot be sent, and why."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from throughline.messaging.domain.limits import LONGEST
from throughline.relationships.access import is_open


class CannotSendError(ValueError):
    """Why a message was not taken: a sentence for its sender, in the language that is active."""


def cleaned(text: str) -> str:
    """As it is kept: without what no browser would send, and without empty lines around it."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def refuse_unfit(relationship_id: UUID, text: str, *, alone: bool = True) -> None:
    """Raises CannotSendError when these words cannot be a message here. alone: no file comes with them."""
    if alone and not text:
        raise CannotSendError(_("There is nothing in this message yet."))
    if len(text) > LONGEST:
        words = _("A message holds at most %(most)d characters; this one has %(length)d. Send it in parts.")
        raise CannotSendError(words % {"most": LONGEST, "length": len(text)})
    if not is_open(relationship_id):
        raise CannotSendError(_("This relationship has ended: you can read here, and no longer write."))
