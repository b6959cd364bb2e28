"""Reads about relationships, named by what they return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Q

from throughline.foundation import clock
from throughline.relationships.domain.roles import Role, Sight
from throughline.relationships.domain.states import Span, State, shortened, state_at
from throughline.relationships.models import (
    Ending,
    Membership,
    Oversight,
    Pause,
    Relationship,
    RelationshipKey,
)

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
    return Member(row.person_id, row.person.called, Role(row.role), row.person.zone)


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


def state_of(relationship_id: UUID, at: datetime) -> State:
    return states_of([relationship_id], at)[relationship_id]


def states_of(ids: Iterable[UUID], at: datetime) -> dict[UUID, State]:
    """Three queries for any number of relationships."""
    wanted = list(ids)
    joined: dict[UUID, list[datetime]] = defaultdict(list)
    for relationship_id, since in Membership.objects.filter(relationship_id__in=wanted).values_list(
        "relationship_id", "since"
    ):
        joined[relationship_id].append(since)
    ended = dict(Ending.objects.filter(relationship_id__in=wanted).values_list("relationship_id", "at"))
    pauses = pauses_by_relationship(wanted)
    return {
        relationship_id: state_at(
            at,
            joined=joined[relationship_id],
            ended_at=ended.get(relationship_id),
            pauses=pauses[relationship_id],
        )
        for relationship_id in wanted
    }


def pauses_of(relationship_id: UUID) -> list[Span]:
    """The pauses that every member accepted, as they were lived: shortened where somebody resumed early."""
    return pauses_by_relationship([relationship_id])[relationship_id]


def pauses_by_relationship(ids: Iterable[UUID]) -> dict[UUID, list[Span]]:
    found: dict[UUID, list[Span]] = {relationship_id: [] for relationship_id in ids}
    rows = (
        Pause.objects.filter(relationship_id__in=found)
        .annotate(
            yes=Count("acceptances", distinct=True),
            all=Count("relationship__memberships", distinct=True),
        )
        .filter(yes__gte=F("all"))
        .values_list("relationship_id", "starts_at", "ends_at", "closing__at")
        .order_by("starts_at")
    )
    for relationship_id, starts_at, ends_at, closed_at in rows:
        if lived := shortened(Span(starts_at, ends_at), closed_at):
            found[relationship_id].append(lived)
    return found


def may_see(person: Person, relationship: Relationship, what: Sight | str) -> bool:
    """Whether this person may see `what`: a member sees everything; anybody else needs an Oversight row."""
    member = Q(pk__in=Membership.objects.filter(person=person).values("relationship_id"))
    given = Q(pk__in=Oversight.objects.filter(person=person, may_see=str(what)).values("relationship_id"))
    return Relationship.objects.filter(member | given, pk=relationship.pk).exists()
