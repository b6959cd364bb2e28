"""Reads about commitments, named by what they return."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from throughline.commitments.access import commitment_for
from throughline.commitments.domain.ends import End, Kept, kept
from throughline.commitments.domain.origins import tells_itself
from throughline.commitments.models import Commitment
from throughline.foundation import clock
from throughline.foundation.encryption.fields import Sealed, SealedText
from throughline.foundation.places import address_of
from throughline.foundation.prepared import prepared
from throughline.relationships.things import CHOICES, Choice, OpenItem, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

KIND = "commitments.commitment"
LONGEST = 80  # characters of a title


@dataclass(frozen=True)
class Promise:
    """A commitment as the members of its relationship see it. Days are in the owner's zone."""

    id: UUID
    relationship_id: UUID
    owner_id: UUID
    owner_called: str
    words: str
    due: date
    first_due: date
    kept: Kept
    ended_at: datetime | None
    reason: str
    origin: tuple[str, UUID] | None


def open_commitments_of(person: Person) -> list[Promise]:
    """What this person has taken on and neither done nor dropped, in everything that goes on; the next due first."""
    return [_promise(row) for row in _open(person).order_by("due", "pk")]


def commitments_in(relationship_id: UUID) -> list[Promise]:
    """Everything taken on here: what is open first, by its day, then what has ended, the latest first. One query."""
    rows = Commitment.objects.filter(relationship_id=relationship_id).select_related("owner", "closing")
    found = [_promise(row) for row in rows]
    going = sorted((one for one in found if one.ended_at is None), key=lambda one: (one.due, one.id))
    ended = [one for one in found if one.ended_at is not None]
    return going + sorted(ended, key=lambda one: (one.ended_at, one.id), reverse=True)


def commitments_from(origin: tuple[str, UUID], relationship_id: UUID) -> list[Promise]:
    """What came out of one thing, such as a meeting."""
    return [one for one in commitments_in(relationship_id) if one.origin == origin]


@dataclass(frozen=True)
class Undertaken:
    """That somebody takes something on at a thing. until, first_until: the ends of those days where the owner lives, in
    UTC; `first_until` by the day that was said first. open: neither done nor dropped."""

    origin_id: UUID
    owner_id: UUID
    due: date
    until: datetime
    first_until: datetime
    open: bool


def undertaken_at(kind: str, things: Collection[UUID]) -> list[Undertaken]:
    """What was taken on at these things and not dropped, without its words. One query; none without things."""
    if not things:
        return []
    rows = Commitment.objects.filter(origin_kind=kind, origin_id__in=things).exclude(closing__end=End.DROPPED.value)
    found = rows.order_by("made_at").values_list("origin_id", "owner_id", "due", "first_due", "owner__zone", "closing")
    return [
        Undertaken(origin, owner, due, _end_of(due, zone), _end_of(first, zone), closing is None)
        for origin, owner, due, first, zone, closing in found
        if origin is not None
    ]


def open_at(origin: tuple[str, UUID], owner: Person) -> Commitment | None:
    """What this person took on at one thing and has neither done nor dropped, the latest."""
    kind, thing_id = origin
    rows = Commitment.objects.filter(owner=owner, origin_kind=kind, origin_id=thing_id, closing__isnull=True)
    return rows.order_by("-made_at").first()


def commitment_thing(person: Person, commitment_id: UUID) -> Thing:
    """Raises Http404."""
    found = commitment_for(person, commitment_id)
    return _thing(found.pk, found.relationship_id, found.words)


def open_items(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """This person's own open commitments in these relationships. One query."""
    words: SealedText = Commitment._meta.get_field("words")
    act = _("Do what you took on")
    for commitment_id, key, sealed, due, origin_kind in _open_in(person.pk, relationship_ids):
        if not tells_itself(origin_kind):
            thing = _thing(commitment_id, key, words.opened(sealed, commitment_id, scope=key))
            yield OpenItem(thing, key, act, _end_of(due, person.zone))


def choices(person: Person, relationship_id: UUID, words: str) -> list[Choice]:
    """What was taken on here, as other rooms point at it. One query."""
    found = [one for one in commitments_in(relationship_id) if words.casefold() in one.words.casefold()]
    return [Choice(_thing(one.id, relationship_id, one.words), one.owner_called) for one in found[:CHOICES]]


def find_in(person: Person, relationship_id: UUID, ids: Sequence[UUID]) -> list[Thing]:
    rows = Commitment.objects.filter(relationship_id=relationship_id, pk__in=ids)
    return [_thing(row.pk, relationship_id, row.words) for row in rows]


@prepared
def _open_in(owner_id: UUID, ids: Sequence[UUID]) -> QuerySet[Commitment, tuple[UUID, UUID, Sealed, date, str]]:
    rows = Commitment.objects.filter(
        owner=owner_id, relationship_id__in=ids, closing__isnull=True, relationship__ending__isnull=True
    )
    return rows.values_list("pk", "relationship_id", "words", "due", "origin_kind")


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo(zone)).astimezone(UTC)


def _open(person: Person) -> QuerySet[Commitment]:
    return Commitment.objects.filter(
        owner=person, closing__isnull=True, relationship__ending__isnull=True
    ).select_related("owner", "closing")


def _thing(commitment_id: UUID, relationship_id: UUID, words: str) -> Thing:
    address = f"{address_of('commitments:list', relationship_id)}#c-{commitment_id}"
    return Thing(KIND, commitment_id, words if len(words) <= LONGEST else Truncator(words).chars(LONGEST), address)


def _promise(row: Commitment) -> Promise:
    closing = getattr(row, "closing", None)
    zone = ZoneInfo(row.owner.zone)
    return Promise(
        id=row.pk,
        relationship_id=row.relationship_id,
        owner_id=row.owner_id,
        owner_called=row.owner.called,
        words=row.words,
        due=row.due,
        first_due=row.first_due,
        kept=kept(
            first_due=row.first_due,
            due=row.due,
            today=clock.today_in(row.owner.zone),
            end=End(closing.end) if closing else None,
            ended_on=closing.at.astimezone(zone).date() if closing else None,
        ),
        ended_at=closing.at if closing else None,
        reason=closing.reason if closing else "",
        origin=(row.origin_kind, row.origin_id) if row.origin_id else None,
    )
