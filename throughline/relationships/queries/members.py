"""Who is in a relationship, and which ones a person is in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from throughline.accounts.domain.names import called_by
from throughline.foundation import clock
from throughline.foundation.encryption.keyring import can_unwrap
from throughline.foundation.places import address_of
from throughline.foundation.prepared import prepared
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import Span, State, state_at
from throughline.relationships.models import Membership, RelationshipKey
from throughline.relationships.queries.states import pauses_by_relationship, pauses_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    """One line of "Your people", seen by one of them: `role` and `since` are the reader's own, `others` all the rest.

    begun_at: when the second of them joined; None while somebody is awaited. pauses: those that all have accepted.
    members: everybody, the reader too; mentors first, then by when they joined.
    """

    relationship_id: UUID
    state: State
    role: Role
    others: tuple[Member, ...]
    since: datetime
    begun_at: datetime | None = None
    pauses: tuple[Span, ...] = ()
    members: tuple[Member, ...] = ()
    mode: str = ""  # who can read, as signed

    @property
    def called(self) -> str:
        """What the others are called; empty while nobody has joined."""
        return ", ".join([member.called for member in self.others])


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


def named_files(names: Sequence[str]) -> set[str]:
    """Of these sealed files, those whose relationship is still here. One query."""
    of = {name: UUID(hex=name.split("/")[1]) for name in names}
    here = set(RelationshipKey.objects.filter(pk__in=set(of.values())).values_list("pk", flat=True))
    return {name for name, relationship_id in of.items() if relationship_id in here}


def relationships_of(person: Person) -> list[Summary]:
    """Everything this person takes part in, the newest first; two queries, however many there are."""
    found = _seats(_seats_beside(person.pk))
    pauses = pauses_by_relationship(found)
    return [_summary(person.pk, found[key], pauses[key]) for key in sorted(found, reverse=True)]


def summary_of(person: Person, relationship_id: UUID) -> Summary | None:
    """The one line, or None for somebody who takes no part. Two queries."""
    seats = _seats(_seats_in([relationship_id])).get(relationship_id, [])
    if person.pk not in {seat.member.person_id for seat in seats if not seat.left}:
        return None
    return _summary(person.pk, seats, pauses_of(relationship_id))


@dataclass(frozen=True)
class _Seat:
    """A membership as it was read: who, since when, and when the whole relationship ended."""

    relationship_id: UUID
    member: Member
    since: datetime
    ended_at: datetime | None
    left: bool = False
    mode: str = ""


def _summary(reader_id: UUID, seats: Sequence[_Seat], pauses: Sequence[Span]) -> Summary:
    [own] = [seat for seat in seats if seat.member.person_id == reader_id]
    joined = sorted(seat.since for seat in seats)
    return Summary(
        relationship_id=own.relationship_id,
        state=state_at(clock.now(), joined=joined, ended_at=own.ended_at, pauses=pauses),
        role=own.member.role,
        others=tuple(seat.member for seat in seats if seat is not own),
        since=own.since,
        begun_at=joined[1] if len(joined) > 1 else None,
        pauses=tuple(pauses),
        members=tuple(seat.member for seat in seats),
        mode=own.mode,
    )


_Row = tuple[Any, ...]


def _read(memberships: QuerySet[Membership]) -> QuerySet[Membership, _Row]:
    return memberships.order_by("since", "pk").values_list(
        "relationship_id", "since", "relationship__ending__at", "role",
        "person_id", "person__name", "person__email", "person__zone", "person__photo", "person__pronouns",
        "left_at", "relationship__mode",
    )  # fmt: skip


@prepared
def _seats_beside(person_id: UUID) -> QuerySet[Membership, _Row]:
    mine = Membership.objects.filter(person=person_id, left_at=None).values("relationship_id")
    return _read(Membership.objects.filter(relationship_id__in=mine))


@prepared
def _seats_in(ids: Sequence[UUID]) -> QuerySet[Membership, _Row]:
    return _read(Membership.objects.filter(relationship_id__in=ids))


def _seats(rows: Iterable[_Row]) -> dict[UUID, list[_Seat]]:
    """By relationship, mentors first, then by when they joined. Values, since lists of people are on every page."""
    found: dict[UUID, list[_Seat]] = {}
    for key, since, ended_at, role, person_id, name, email, zone, photo, pronouns, left_at, mode in rows:
        address = _photo_address(person_id, photo)
        member = Member(person_id, called_by(name, email), Role(role), zone, address, pronouns)
        found.setdefault(key, []).append(_Seat(key, member, since, ended_at, left_at is not None, mode))
    for seats in found.values():
        seats.sort(key=lambda seat: seat.member.role is not Role.MENTOR)
    return found


def members_of(relationship_id: UUID) -> tuple[Member, ...]:
    """Mentors first, then by when they joined."""
    return members_by_relationship([relationship_id])[relationship_id]


def members_by_relationship(ids: Iterable[UUID]) -> dict[UUID, tuple[Member, ...]]:
    wanted = list(ids)
    seats = _seats(_seats_in(wanted))
    return {key: tuple(seat.member for seat in seats.get(key, ())) for key in wanted}


def relationships_beside(person_ids: Iterable[UUID]) -> list[UUID]:
    """Every relationship that one of these people is in. One query."""
    mine = Membership.objects.filter(person_id__in=list(person_ids), left_at=None)
    return list(mine.order_by().values_list("relationship_id", flat=True).distinct())


def photo_address(person: Person) -> str:
    """Where a person's photo is served to those who know them; empty without one. Changes with the photo."""
    return _photo_address(person.pk, person.photo)


def _photo_address(person_id: UUID, photo: str) -> str:
    return f"{address_of('accounts:photo', person_id)}?{photo[:8]}" if photo else ""


def know_each_other(viewer_id: UUID, person_id: UUID) -> bool:
    """Whether both are members of one relationship: they see each other's profile and photo."""
    shared = Membership.objects.filter(person_id=viewer_id, left_at=None).values("relationship_id")
    return Membership.objects.filter(person_id=person_id, left_at=None, relationship_id__in=shared).exists()


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
