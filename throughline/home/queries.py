"""What the pages of home combine from the rooms below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.agreements.queries import VersionSummary, version_in_force
from throughline.calls.queries import RunningCall, running_calls_in
from throughline.foundation import clock
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.queries import contacts_of
from throughline.meetings.queries import Upcoming, upcoming_in
from throughline.messaging.queries import unread_of
from throughline.practices.domain.measure import Measure
from throughline.practices.queries import measures_of
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Member, Summary, relationships_of
from throughline.relationships.things import OpenItem, open_items_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

MEETINGS_ON_TODAY = 5
MEETINGS_OF_ONE = 3
CONTACTS_SHOWN = 8
LOOKING_BACK = timedelta(days=28)
MEASURES_SHOWN = ("protected-time", "video-share")


@dataclass(frozen=True)
class Today:
    """A person's day: calls that are open, what needs them, the next meetings, and their people."""

    calls: list[RunningCall]
    needs: list[OpenItem]
    meetings: list[Upcoming]
    people: dict[UUID, Summary]
    unread: dict[UUID, int]

    def others_in(self, relationship_id: UUID) -> tuple[Member, ...]:
        return self.people[relationship_id].others


@dataclass(frozen=True)
class RelationshipPage:
    """Everything that one of its members sees first about a relationship."""

    summary: Summary
    calls: list[RunningCall]
    needs: list[OpenItem]
    meetings: list[Upcoming]
    contacts: list[Contact]
    measures: list[Measure]
    agreed: VersionSummary | None
    unread: int

    @property
    def relationship_id(self) -> UUID:
        return self.summary.relationship_id

    @property
    def active(self) -> bool:
        return self.summary.state is State.ACTIVE

    def others_in(self, relationship_id: UUID) -> tuple[Member, ...]:
        return self.summary.others


def today_of(person: Person) -> Today:
    """A fixed number of queries, however many relationships there are."""
    people = {summary.relationship_id: summary for summary in relationships_of(person)}
    going_on = [key for key, summary in people.items() if summary.state is not State.ENDED]
    return Today(
        calls=running_calls_in(going_on),
        needs=open_items_of(person, list(people)),
        meetings=upcoming_in(going_on, MEETINGS_ON_TODAY),
        people=people,
        unread=unread_of(person, people),
    )


def relationship_page_of(person: Person, relationship_id: UUID) -> RelationshipPage:
    """For a member. Raises StopIteration to nobody else: access is asked before."""
    now = clock.now()
    contacts = contacts_of(relationship_id, now - LOOKING_BACK, now)
    return RelationshipPage(
        summary=next(found for found in relationships_of(person) if found.relationship_id == relationship_id),
        calls=running_calls_in([relationship_id]),
        needs=open_items_of(person, [relationship_id]),
        meetings=upcoming_in([relationship_id], MEETINGS_OF_ONE),
        contacts=sorted(contacts, key=lambda contact: contact.started_at, reverse=True)[:CONTACTS_SHOWN],
        measures=[measure for measure in measures_of(relationship_id, now) if measure.id in MEASURES_SHOWN],
        agreed=version_in_force(relationship_id),
        unread=unread_of(person, [relationship_id]).get(relationship_id, 0),
    )
