"""What a message is to other rooms: a thing with a title that tells nothing of what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.relationships.things import Thing

if TYPE_CHECKING:
    from throughline.messaging.models import Message

MESSAGE = "messaging.message"


def thing_of(message: Message) -> Thing:
    return Thing(
        MESSAGE,
        message.pk,
        _("Message from %(name)s") % {"name": message.sender.called},
        reverse("messaging:conversation", args=[message.relationship_id]) + f"#m{message.number}",
    )
