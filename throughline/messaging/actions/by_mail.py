"""An answer that comes by mail: its words become a message, and the whole mail stays beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.messaging.access import conversation_for, message_for
from throughline.messaging.actions.keeping import keep_file
from throughline.messaging.actions.refusing import CannotSendError
from throughline.messaging.actions.sending import send_message
from throughline.messaging.domain.limits import LONGEST, MOST_FILES
from throughline.messaging.models import Letter, Message, Via
from throughline.notices.domain.answers import Arrived, Refused
from throughline.notices.domain.extracting import extracted
from throughline.notices.domain.letters import File, read

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

_MAILS = UUID("5e0c4b0a-6a43-4f35-9d6e-0d3a7a1f8b52")


@transaction.atomic
def take_reply(*, arrived: Arrived) -> Message:
    """Raises Refused with a sentence for whoever wrote it."""
    person = people_by_id([arrived.person_id])[arrived.person_id]
    try:
        asked = message_for(person, UUID(arrived.ids["message_id"]))
        relationship = conversation_for(person, asked.relationship_id)
        return _sent(arrived, person, relationship, asked)
    except Http404:
        raise Refused(_("You are no longer in this conversation, so your mail was not taken.")) from None
    except CannotSendError as error:
        raise Refused(str(error)) from error


def _sent(arrived: Arrived, person: Person, relationship: Relationship, asked: Message) -> Message:
    letter = read(arrived.raw)
    words = extracted(letter.text).words
    if len(words) > LONGEST:
        words = f"{words[: LONGEST - 1]}…"
    name = f"{person.pk} {arrived.message_id or arrived.received_at.isoformat()}"
    message = send_message(
        relationship=relationship,
        by=person,
        client_id=uuid5(_MAILS, name),
        text=words,
        answers=asked.pk if not asked.deleted_at else None,
        via=Via.MAIL,
        files=_kept(letter.files, person, relationship, name),
    )
    Letter.objects.get_or_create(message=message, defaults={"relationship": relationship, "raw": arrived.raw})
    return message


def _kept(files: Sequence[File], person: Person, relationship: Relationship, name: str) -> list[UUID]:
    """What may be kept, as from the page. What may not stays in the mail as it came, which is never lost."""
    kept = []
    for place, file in enumerate(files[:MOST_FILES]):
        client_id = uuid5(_MAILS, f"{name} {place}")
        with suppress(CannotSendError), transaction.atomic():
            found = keep_file(
                relationship=relationship, by=person, name=file.name, content=file.content, client_id=client_id
            )
            kept.append(found.pk)
    return kept
