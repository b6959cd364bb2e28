"""Saying by which day one answers, and what becomes of the reply clock when somebody's time changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.agreements.queries import answer_due
from throughline.commitments.actions import end_those_from, make_commitment, re_date
from throughline.commitments.domain.ends import End
from throughline.commitments.queries import open_at
from throughline.foundation import clock
from throughline.messaging.actions.locking import changed, locked
from throughline.messaging.actions.refusing import CannotSendError
from throughline.messaging.domain.promises import FURTHEST
from throughline.messaging.kinds import MESSAGE
from throughline.messaging.models import Message
from throughline.messaging.queries import Line, lines_of, waits_for
from throughline.messaging.queries.promises import waiting_for_person
from throughline.relationships.access import is_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def promise_answer(*, message: Message, by: Person, day: date) -> Line:
    """ "I'll answer by": a commitment of whoever was asked, for everybody there to see. It stops the reply clock until
    the end of that day of theirs. Said again, the day moves. Raises CannotSendError with a sentence."""
    conversation = locked(message.relationship_id)
    message = Message.objects.select_related("answers", "relationship", "sender").get(pk=message.pk)
    today = clock.today_in(by.zone)
    if not waits_for(message, by.pk) or not is_open(message.relationship_id):
        raise CannotSendError(_("This message does not wait for your answer any more."))
    if not today <= day <= today + FURTHEST:
        raise CannotSendError(_("Choose a day from today on, a month ahead at most."))
    known = open_at((MESSAGE, message.pk), by)
    if known is None:
        words = _("Answer %(name)s") % {"name": message.sender.called}
        make_commitment(relationship=message.relationship, owner=by, due=day, words=words, origin=(MESSAGE, message.pk))
    elif known.due == day:
        [line] = lines_of([message])
        return line
    else:
        re_date(commitment=known, by=by, due=day)
    return changed(conversation, message)


def keep_promises(*, relationship_id: UUID, by: Person) -> None:
    """Whoever writes has answered what they were asked."""
    end_those_from(kind=MESSAGE, relationship_id=relationship_id, by=by, end=End.DONE)


def release_from(*, message: Message, by: Person) -> None:
    """The question was taken back: nobody owes an answer to it."""
    reason = _("The message was deleted.")
    end_those_from(
        kind=MESSAGE,
        relationship_id=message.relationship_id,
        by=by,
        end=End.DROPPED,
        things=[message.pk],
        reason=reason,
    )


@transaction.atomic
def count_again(*, person_id: UUID) -> None:
    """Somebody is away on other days now, or lives in another zone: what waits for their answer is due by that."""
    for message in waiting_for_person(person_id):
        conversation = locked(message.relationship_id)
        due = answer_due(message.relationship_id, asked_by_id=message.sender_id, at=message.sent_at, again=True)
        if due and due != message.answer_by:
            message.answer_by = due
            changed(conversation, message, "answer_by")
