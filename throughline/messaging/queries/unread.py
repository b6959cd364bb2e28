"""Who wrote last, what nobody has seen yet, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from throughline.accounts.domain.names import called_by
from throughline.commitments.queries import undertaken_at
from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.messaging.domain.promises import is_overdue
from throughline.messaging.kinds import MESSAGE, thing_of
from throughline.messaging.models import Message, SeenMarker
from throughline.messaging.queries.promises import promised_at
from throughline.relationships.things import OpenItem

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def last_words_of(relationship_id: UUID) -> dict[UUID, int]:
    """The number of each person's last message."""
    rows = Message.objects.filter(relationship_id=relationship_id).values("sender_id").order_by()
    return dict(rows.annotate(last=Max("number")).values_list("sender_id", "last"))


def oldest_unseen(person_id: UUID, relationship_id: UUID, after: int = 0) -> Message | None:
    """The first message of somebody else's that came after this person's seen marker, and after this number."""
    seen = SeenMarker.objects.filter(person_id=person_id, relationship_id=relationship_id).values("number")
    return (
        Message.objects.filter(
            relationship_id=relationship_id, number__gt=Coalesce(Subquery(seen), 0), deleted_at__isnull=True
        )
        .filter(number__gt=after)
        .exclude(sender_id=person_id)
        .order_by("number")
        .first()
    )


def unread_of(person: Person, relationship_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many messages of others came after this person's seen marker. One query; nothing is stored."""
    return dict(_unread(person.pk, list(relationship_ids)))


@prepared
def _unread(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Message, tuple[UUID, int]]:
    marker = SeenMarker.objects.filter(person=person_id, relationship_id=OuterRef("relationship_id")).values("number")
    return (
        Message.objects.filter(relationship_id__in=ids)
        .exclude(sender=person_id)
        .annotate(seen=Coalesce(Subquery(marker), 0))
        .filter(number__gt=F("seen"))
        .values("relationship_id")
        .annotate(unread=Count("pk"))
        .values_list("relationship_id", "unread")
        .order_by()
    )


def last_words_in(relationship_ids: Iterable[UUID]) -> dict[UUID, dict[UUID, datetime]]:
    """When each person last wrote in these relationships; who never did is left out. One query."""
    rows = Message.objects.filter(relationship_id__in=list(relationship_ids)).order_by()
    found: dict[UUID, dict[UUID, datetime]] = {}
    for key, sender, at in rows.values_list("relationship_id", "sender_id").annotate(last=Max("sent_at")):
        found.setdefault(key, {})[sender] = at
    return found


_Asking = tuple[UUID, UUID, int, str, str, datetime | None]


@prepared
def _waiting_for(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Message, _Asking]:
    """Messages that ask this person for an answer and came after their own last word."""
    own_last = (
        Message.objects.filter(sender=person_id, relationship_id=OuterRef("relationship_id"))
        .order_by("-number")
        .values("number")[:1]
    )
    return (
        Message.objects.filter(~Q(sender=person_id), relationship_id__in=ids, please_answer=True, deleted_at=None)
        .annotate(own_last=Coalesce(Subquery(own_last), 0))
        .filter(number__gt=F("own_last"))
        .order_by("sent_at")
        .values_list("pk", "relationship_id", "number", "sender__name", "sender__email", "answer_by")
    )


def open_items_of(person: Person, relationship_ids: Sequence[UUID]) -> Iterable[OpenItem]:
    """Messages that wait for this person's answer, by the time that is signed or by the day that they have said. They
    alone are told when it is over."""
    waiting = list(_waiting_for(person.pk, relationship_ids))
    promised, now = promised_at([row[0] for row in waiting]), clock.now()
    for message_id, key, number, name, email, due in waiting:
        called, said = called_by(name, email), promised.get(message_id, ())
        own = [one.until for one in said if one.person_id == person.pk]
        act = _("%(name)s asked for an answer") % {"name": called}
        if is_overdue(due, said, person.pk, now):
            act = _("Answer %(name)s, or say when") % {"name": called}
        elif own:
            act = _("Answer %(name)s, as you said") % {"name": called}
        yield OpenItem(thing_of(message_id, key, number, called), key, act, max(own, default=due))


@dataclass(frozen=True)
class Asked:
    """A message that asked for an answer, and the first that somebody else wrote after it: by whom and when. said: who
    promised an answer, with the end of the day that they said first, in UTC: until then no clock counts."""

    by_id: UUID
    at: datetime
    answered_by: UUID | None
    answered_at: datetime | None
    due: datetime | None
    said: tuple[tuple[UUID, datetime], ...] = ()


def asked_in(relationship_id: UUID, since: datetime, until: datetime) -> list[Asked]:
    """By time; a question that was taken back before anybody answered is none. Two queries."""
    later = Message.objects.filter(relationship_id=relationship_id, number__gt=OuterRef("number"), sent_at__lte=until)
    answer = later.exclude(sender_id=OuterRef("sender_id")).order_by("number")
    rows = (
        Message.objects.filter(
            relationship_id=relationship_id, please_answer=True, sent_at__gte=since, sent_at__lte=until
        )
        .annotate(who=Subquery(answer.values("sender_id")[:1]), when=Subquery(answer.values("sent_at")[:1]))
        .exclude(deleted_at__isnull=False, who__isnull=True)
        .order_by("sent_at")
    )
    found = list(rows.values_list("pk", "sender_id", "sent_at", "who", "when", "answer_by"))
    said: dict[UUID, list[tuple[UUID, datetime]]] = {}
    for one in undertaken_at(MESSAGE, [row[0] for row in found]):
        said.setdefault(one.origin_id, []).append((one.owner_id, one.first_until))
    return [Asked(by, at, who, when, due, tuple(said.get(key, ()))) for key, by, at, who, when, due in found]
