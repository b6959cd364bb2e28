"""Who is in a relationship, and which ones a person is in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from throughline.foundation import clock
from throughline.foundation.encryption.keyring import can_unwrap
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import State
from throughline.relationships.models import Membership, RelationshipKey
from throughline.relationships.queries.states import states_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Member:
    """A person as the others in a relationship see them."""

    person_id: UUID
    called: str
    role: Role
    zone: str
    photo: str = ""
    pronouns: str = ""


@dataclass(frozen=True)
class Summary:
    """One line of "Your people", seen by one of them: `role` is the reader's own, `others` everybody else."""

    relationship_id: UUID
    state: State
    role: Role
    others: tuple[Member, ...]
    since: datetime


@dataclass(frozen=True)
class Edge:
    """One mentor and one mentee who share a relationship: what measures run for."""

    mentor_id: UUID
    mentee_id: UUID


def wrapped_key_of(relationship_id: UUID) -> bytes | None:
    found = RelationshipKey.objects.filter(pk=relationship_id).values_list("wrapped", flat=True).first()
    return None if found is None else bytes(found)


def key_fits() -> bool:
    """Whether the installation's key opens what is here: asked of the oldest and the newest data key."""
    keys = RelationshipKey.objects.values_list("pk", "wrapped")
    found = [*keys.order_by("pk")[:1], *keys.order_by("-pk")[:1]]
    return all(can_unwrap(relationship_id, bytes(wrapped)) for relationship_id, wrapped in found)


def relationships_of(person: Person) -> list[Summary]:
    """Everything this person takes part in, the newest first; five queries, however many there are."""
    mine = {row.relationship_id: row for row in Membership.objects.filter(person=person).order_by("-relationship_id")}
    members, states = members_by_relationship(mine), states_of(mine, clock.now())
    return [
        Summary(
            relationship_id=relationship_id,
            state=states[relationship_id],
            role=Role(row.role),
            others=tuple(member for member in members[relationship_id] if member.person_id != person.pk),
            since=row.since,
        )
        for relationship_id, row in mine.items()
    ]


def members_of(relationship_id: UUID) -> tuple[Member, ...]:
    """Mentors first, then by when they joined."""
    return members_by_relationship([relationship_id])[relationship_id]


def members_by_relationship(ids: Iterable[UUID]) -> dict[UUID, tuple[Member, ...]]:
    found: dict[UUID, list[Member]] = {relationship_id: [] for relationship_id in ids}
    rows = Membership.objects.filter(relationship_id__in=found).select_related("person")
    for row in sorted(rows, key=lambda row: (row.role != Role.MENTOR, row.since, row.pk)):
        found[row.relationship_id].append(_member(row))
    return {relationship_id: tuple(members) for relationship_id, members in found.items()}


def _member(row: Membership) -> Member:
    person = row.person
    return Member(person.pk, person.called, Role(row.role), person.zone, photo_address(person), person.pronouns)


def photo_address(person: Person) -> str:
    """Where a person's photo is served to those who know them; empty without one. Changes with the photo."""
    return f"{reverse('accounts:photo', args=[person.pk])}?{person.photo[:8]}" if person.photo else ""


def know_each_other(viewer_id: UUID, person_id: UUID) -> bool:
    """Whether both are members of one relationship: they see each other's profile and photo."""
    shared = Membership.objects.filter(person_id=viewer_id).values("relationship_id")
    return Membership.objects.filter(person_id=person_id, relationship_id__in=shared).exists()


def edges_of(relationship_id: UUID) -> list[Edge]:
    """Every mentor with every mentee of the relationship."""
    members = members_of(relationship_id)
    return [
        Edge(mentor.person_id, mentee.person_id)
        for mentor in members
        if mentor.role is Role.MENTOR
        for mentee in members
        if mentee.role is Role.MENTEE
    ]
