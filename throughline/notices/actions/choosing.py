"""What a person chooses: when, by which way, and whether mail may say what was written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation import clock
from throughline.foundation.jobs.registry import enqueue
from throughline.notices.actions.sending import SEND
from throughline.notices.domain.topics import CHOSEN, Rhythm, Topic, Way
from throughline.notices.models import CameBack, Notice, Reach, Wish

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def choose_rhythm(*, by: Person, rhythm: Rhythm, working_days_only: bool, words: bool) -> None:
    """words: mail may say what was written to them. What waits is looked at again by the new choice."""
    row, _made = Reach.objects.select_for_update().get_or_create(person=by)
    row.rhythm, row.working_days_only, row.said_at = rhythm, working_days_only, clock.now()
    row.words_since = (row.words_since or clock.now()) if words else None
    row.save()
    _look_again(by.pk)


@transaction.atomic
def rest_until(*, by: Person, until: datetime | None) -> None:
    """Nothing reaches them before this instant; None ends it. What is held back comes then, once."""
    row, _made = Reach.objects.select_for_update().get_or_create(person=by)
    row.undisturbed_until, row.said_at = until, clock.now()
    row.save()
    _look_again(by.pk)


@transaction.atomic
def wish(*, by: Person, topic: Topic, way: Way, wanted: bool) -> None:
    """Raises ValueError for a topic that nobody can choose."""
    if topic not in CHOSEN:
        raise ValueError(f"{topic} is not for choosing")
    said = {"wanted": wanted, "said_at": clock.now()}
    Wish.objects.update_or_create(person=by, topic=topic, way=way, defaults=said)


@transaction.atomic
def stop_mail(*, person_id: UUID, topic: Topic) -> None:
    """By the link in a mail, without signing in: no more mail of this topic. Twice is harmless."""
    said = {"wanted": False, "said_at": clock.now()}
    if topic in CHOSEN:
        Wish.objects.update_or_create(person_id=person_id, topic=topic, way=Way.MAIL, defaults=said)


@transaction.atomic
def mail_arrives(*, by: Person) -> None:
    """They say that their mailbox takes mail again."""
    CameBack.objects.filter(person=by).delete()


def _look_again(person_id: UUID) -> None:
    waiting = Notice.objects.filter(recipient=person_id, sent_at=None, dropped_at=None).order_by("created_at")
    for notice_id in waiting.values_list("pk", flat=True):
        enqueue(SEND, notice_id=str(notice_id))
