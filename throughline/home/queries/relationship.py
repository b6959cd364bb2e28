"""One relationship, as one of its members sees it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.terms import Ways
from throughline.agreements.queries import VersionSummary, version_in_force
from throughline.agreements.queries.wording import channel_words
from throughline.calls.queries import RunningCall, running_calls_in
from throughline.foundation import clock
from throughline.goals.queries import GoalLine, going_goals_of
from throughline.home.domain.lately import Stretch, stretches_of
from throughline.home.queries.beginnings import AGREEMENT, MEETING, Beginning, asked_by, beginnings_of
from throughline.meetings.queries import Upcoming, upcoming_in
from throughline.messaging.queries import unread_of
from throughline.practices.domain.measure import Measure
from throughline.practices.queries import Known, measures_in, record_of
from throughline.programs.queries import Joined, enrolments_of
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Asked, Member, Summary, summary_of
from throughline.relationships.things import OpenItem, open_items_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

MEETINGS_SHOWN = 3
STRETCHES_SHOWN = 6
LOOKING_BACK = timedelta(days=28)
MEASURES_SHOWN = ("protected-time", "check-ins", "video-share")


@dataclass(frozen=True)
class RelationshipPage:
    """Everything that one of its members sees first about a relationship. lately: what happened, the latest first.

    asked: the invitation that nobody has accepted yet, of the reader's own. A room that has something to show here
    adds a field, a file of its own beside _open_items.html, and its queries to the pinned number in test_pages.py.
    """

    summary: Summary
    calls: list[RunningCall]
    asked: Asked | None
    needs: list[OpenItem]
    beginning: Beginning | None
    meetings: list[Upcoming]
    lately: list[Stretch]
    measures: list[Measure]
    goals: list[GoalLine]
    agreed: VersionSummary | None
    programmes: list[Joined]
    unread: int
    quick: Ways | None = None
    readable: bool = True
    """Whether what is in force can be read; it cannot when it was damaged where it is stored."""

    @property
    def relationship_id(self) -> UUID:
        return self.summary.relationship_id

    @property
    def quick_words(self) -> str:
        """How they signed to reach each other in between: "voice; if that fails, phone"; "" until they have."""
        if self.quick is None:
            return ""
        ways = {"first": channel_words(self.quick.preferred[0]), "fallback": channel_words(self.quick.fallback)}
        return _("%(first)s; if that fails, %(fallback)s") % ways

    @property
    def call_first(self) -> bool:
        """Whether they signed that a call comes before a message."""
        return self.quick is not None and self.quick.preferred[0] in (Channel.VIDEO, Channel.VOICE)

    @property
    def active(self) -> bool:
        return self.summary.state is State.ACTIVE

    def called(self, person_id: UUID | None) -> str:
        return next((member.called for member in self.summary.members if member.person_id == person_id), "")

    def others_in(self, relationship_id: UUID) -> tuple[Member, ...]:
        return self.summary.others


def relationship_page_of(person: Person, relationship_id: UUID) -> RelationshipPage:
    """A fixed number of queries. Raises Http404 to whoever takes no part."""
    summary = summary_of(person, relationship_id)
    if summary is None:
        raise Http404
    now = clock.now()
    record = record_of(relationship_id, now, Known(summary.members, summary.begun_at, summary.pauses))
    going = [] if summary.state is State.ENDED else [relationship_id]
    meetings = upcoming_in(going, MEETINGS_SHOWN, pauses={relationship_id: summary.pauses})
    starts = {relationship_id: meetings[0].start} if meetings else {}
    asked = asked_by(person, [summary])
    beginning = next(iter(beginnings_of(person, [summary], starts, asked)), None)
    lately = [contact for contact in record.contacts if contact.started_at >= now - LOOKING_BACK]
    besides = {MEETING, AGREEMENT} if beginning else {MEETING}
    return RelationshipPage(
        summary=summary,
        calls=running_calls_in([relationship_id]),
        asked=asked.get(relationship_id),
        needs=open_items_in(person, going, besides),
        beginning=beginning,
        meetings=meetings,
        lately=stretches_of(lately)[:STRETCHES_SHOWN],
        measures=measures_in(record, MEASURES_SHOWN),
        goals=going_goals_of(person, [relationship_id]),
        agreed=version_in_force(relationship_id),
        programmes=enrolments_of(relationship_id),
        unread=unread_of(person, [relationship_id]).get(relationship_id, 0),
        quick=record.terms.channels.quick if record.terms else None,
        readable=record.terms is not None,
    )
