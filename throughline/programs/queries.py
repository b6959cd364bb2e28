"""Reads about programmes, named by what they return. A coordinator's reads hold counts and names, no content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.meetings.queries import upcoming_in
from throughline.programs.access import enrolment_for
from throughline.programs.models import Consent, Coordinator, Enrolment, Programme
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Member, members_by_relationship, started_by_relationship, states_of
from throughline.relationships.things import OpenItem, Thing

if TYPE_CHECKING:
    from throughline.accounts.models import Person

KIND = "programs.enrolment"
MOST_MEETINGS = 100  # planned ahead in one relationship


@dataclass(frozen=True)
class Counts:
    """What a coordinator sees of one relationship: who, in which state, since when. `days` is None before it began."""

    enrolment_id: UUID
    relationship_id: UUID
    members: tuple[Member, ...]
    state: State
    days: int | None
    has_next_meeting: bool


@dataclass(frozen=True)
class Joined:
    """A programme as a member sees it from one relationship."""

    enrolment_id: UUID
    programme: str
    begun: bool


def programmes_of(coordinator: Person) -> list[Programme]:
    return list(Programme.objects.filter(coordinators__person=coordinator).order_by("name", "pk"))


def coordinators_of(programme_id: UUID) -> list[Person]:
    rows = Coordinator.objects.filter(programme_id=programme_id).select_related("person").order_by("since", "pk")
    return [row.person for row in rows]


def enrolments_in(programme: Programme) -> QuerySet[Enrolment]:
    """Those that take part now, the newest first: to be shown page by page."""
    return Enrolment.objects.filter(programme=programme, begun_at__isnull=False, leaving__isnull=True).order_by("-pk")


def counts_of(enrolments: Sequence[Enrolment]) -> list[Counts]:
    """A fixed number of queries, however many there are."""
    ids, now = [one.relationship_id for one in enrolments], clock.now()
    members, states, started = members_by_relationship(ids), states_of(ids, now), started_by_relationship(ids)
    planned = {meeting.relationship_id for meeting in upcoming_in(ids, MOST_MEETINGS * max(1, len(ids)))}
    return [
        Counts(
            enrolment_id=one.pk,
            relationship_id=one.relationship_id,
            members=members[one.relationship_id],
            state=states[one.relationship_id],
            days=(now - started[one.relationship_id]).days if one.relationship_id in started else None,
            has_next_meeting=one.relationship_id in planned,
        )
        for one in enrolments
    ]


def standing_enrolment(programme_id: UUID, relationship_id: UUID) -> Enrolment | None:
    """The one that is proposed or going on; at most one."""
    rows = Enrolment.objects.filter(programme_id=programme_id, relationship_id=relationship_id, leaving__isnull=True)
    return rows.order_by("-pk").first()


def enrolments_of(relationship_id: UUID) -> list[Joined]:
    """The programmes that this relationship takes part in, or is asked to."""
    rows = _taking_part(relationship_id)
    return [Joined(enrolment_id, name, begun_at is not None) for enrolment_id, name, begun_at in rows]


@prepared
def _taking_part(relationship_id: UUID) -> QuerySet[Enrolment, tuple[UUID, str, datetime | None]]:
    rows = Enrolment.objects.filter(relationship_id=relationship_id, leaving__isnull=True).order_by("pk")
    return rows.values_list("pk", "programme__name", "begun_at")


def consented(enrolment: Enrolment) -> set[UUID]:
    return set(Consent.objects.filter(enrolment=enrolment).values_list("person_id", flat=True))


def enrolment_thing(person: Person, enrolment_id: UUID) -> Thing:
    """Raises Http404."""
    return _thing(enrolment_id, enrolment_for(person, enrolment_id).programme.name)


def open_enrolments(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """Proposals that wait for this person's yes. One query."""
    for enrolment_id, relationship_id, name in _proposed(person.pk, relationship_ids):
        yield OpenItem(_thing(enrolment_id, name), relationship_id, _("Join %(name)s?") % {"name": name})


@prepared
def _proposed(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Enrolment, tuple[UUID, UUID, str]]:
    mine = Consent.objects.filter(enrolment=OuterRef("pk"), person=person_id)
    waiting = Enrolment.objects.filter(
        ~Exists(mine),
        relationship_id__in=ids,
        relationship__memberships__person=person_id,
        relationship__ending__isnull=True,
        leaving__isnull=True,
        begun_at__isnull=True,
    )
    return waiting.values_list("pk", "relationship_id", "programme__name")


def notice_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """For our mails. Raises LookupError or DoesNotExist when it is gone."""
    person_id = UUID(ids["person_id"])
    return {
        "person": people_by_id([person_id])[person_id],
        "programme": Programme.objects.get(pk=ids["programme_id"]),
    }


def _thing(enrolment_id: UUID, programme: str) -> Thing:
    return Thing(KIND, enrolment_id, programme, reverse("programs:enrolment", args=[enrolment_id]))
