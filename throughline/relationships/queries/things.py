"""This room's things, for links from anywhere: a relationship, an invitation, a pause; and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.accounts.domain.names import called_by
from throughline.accounts.queries import closure_of, people_by_id
from throughline.foundation import clock
from throughline.foundation.places import address_of_relationship
from throughline.foundation.prepared import prepared
from throughline.relationships.access import invitation_for, pause_for, relationship_for
from throughline.relationships.models import Pause, PauseAcceptance
from throughline.relationships.queries.members import members_of
from throughline.relationships.things import OpenItem, Thing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person

RELATIONSHIP, INVITATION, PAUSE = "relationships.relationship", "relationships.invitation", "relationships.pause"


def relationship_thing(person: Person, relationship_id: UUID) -> Thing:
    """Raises Http404."""
    relationship_for(person, relationship_id)
    others = [member.called for member in members_of(relationship_id) if member.person_id != person.pk]
    title = _("You and %(names)s") % {"names": ", ".join(others)} if others else _("An invitation of yours")
    return Thing(RELATIONSHIP, relationship_id, title, address_of_relationship(relationship_id))


def invitation_thing(person: Person, invitation_id: UUID) -> Thing:
    """Raises Http404 to everybody but the inviter."""
    invitation_for(person, invitation_id)
    return Thing(INVITATION, invitation_id, _("Your invitation"), reverse("relationships:asked", args=[invitation_id]))


def pause_thing(person: Person, pause_id: UUID) -> Thing:
    """Raises Http404 to everybody outside the relationship."""
    pause = pause_for(person, pause_id)
    return _pause(pause.pk, pause.relationship_id)


def open_pauses(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """Pauses that wait for this person's yes. One query."""
    for pause_id, key, starts_at, name, email in _unanswered(person.pk, relationship_ids, clock.now()):
        act = _("%(name)s proposes a pause") % {"name": called_by(name, email)}
        yield OpenItem(_pause(pause_id, key), key, act, starts_at)


@prepared
def _unanswered(
    person_id: UUID, ids: Sequence[UUID], now: datetime
) -> QuerySet[Pause, tuple[UUID, UUID, datetime, str, str]]:
    accepted = PauseAcceptance.objects.filter(pause=OuterRef("pk"), person=person_id)
    waiting = Pause.objects.filter(
        ~Exists(accepted),
        relationship_id__in=ids,
        relationship__memberships__person=person_id,
        relationship__memberships__since__lte=F("proposed_at"),
        relationship__ending__isnull=True,
        closing__isnull=True,
        ends_at__gt=now,
    )
    return waiting.values_list("pk", "relationship_id", "starts_at", "by__name", "by__email")


def _pause(pause_id: UUID, relationship_id: UUID) -> Thing:
    return Thing(PAUSE, pause_id, _("A pause"), reverse("relationships:pause", args=[relationship_id]))


def closing_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises LookupError when the closing was taken back meanwhile."""
    person_id = UUID(ids["person_id"])
    closure = closure_of(people_by_id([person_id])[person_id])
    if closure is None:
        raise LookupError("taken back")
    return {"closure": closure}


def notice_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """For our mails: the person who did it. Raises LookupError when that person is gone."""
    person_id = UUID(ids["person_id"])
    return {"person": people_by_id([person_id])[person_id]}
