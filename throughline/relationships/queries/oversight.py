"""Who outside may see something of a relationship, and who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from throughline.relationships.domain.roles import Sight
from throughline.relationships.models import Look, Membership, Oversight, Relationship

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Overseer:
    person_id: UUID
    called: str
    may_see: Sight
    since: datetime
    ground: str


@dataclass(frozen=True)
class Looked:
    person_id: UUID
    called: str
    what: Sight
    at: datetime


def may_see(person: Person, relationship: Relationship, what: Sight | str) -> bool:
    """Whether this person may see `what`: a member sees everything; anybody else needs an Oversight row."""
    member = Q(pk__in=Membership.objects.filter(person=person, left_at=None).values("relationship_id"))
    given = Q(pk__in=Oversight.objects.filter(person=person, may_see=str(what)).values("relationship_id"))
    return Relationship.objects.filter(member | given, pk=relationship.pk).exists()


def overseers_of(relationship_id: UUID) -> list[Overseer]:
    rows = Oversight.objects.filter(relationship_id=relationship_id).select_related("person").order_by("since", "pk")
    return [Overseer(row.person_id, row.person.called, Sight(row.may_see), row.since, row.ground) for row in rows]


def looks_of(relationship_id: UUID) -> list[Looked]:
    """The newest first."""
    rows = Look.objects.filter(relationship_id=relationship_id).select_related("person").order_by("-at", "-pk")
    return [Looked(row.person_id, row.person.called, Sight(row.what), row.at) for row in rows]
