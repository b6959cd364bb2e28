"""What is signed for the next meeting: what to have ready, and the way to meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.accounts.domain.channels import Channel
from throughline.agreements.queries import version_and_terms
from throughline.agreements.queries.wording import channel_words
from throughline.foundation import clock
from throughline.meetings.domain.preparing import Task, tasks
from throughline.meetings.models import Preparation

if TYPE_CHECKING:
    from throughline.agreements.domain.terms import Ways
    from throughline.relationships.queries import Member

CALLS = (Channel.VIDEO, Channel.VOICE)


@dataclass(frozen=True)
class ToPrepare:
    """mine: whether the reader is meant. late: whether the time for it is over. number: of the signed item.

    posts: what each who is meant has posted, when the meeting was asked about.
    """

    number: int
    what: str
    whose: str
    mine: bool
    due: datetime
    late: bool
    posts: tuple[Posted, ...] = ()

    def by(self, person_id: UUID) -> Posted | None:
        return next((post for post in self.posts if post.person_id == person_id), None)


@dataclass(frozen=True)
class Posted:
    """What somebody had ready, and when it was first there."""

    person_id: UUID
    called: str
    words: str
    at: datetime
    late: bool


@dataclass(frozen=True)
class Way:
    """How a meeting is held. here: as a call of ours. voice: with cameras off to begin with."""

    words: str
    fallback: str
    here: bool
    voice: bool


@dataclass(frozen=True)
class AgreedForMeeting:
    tasks: tuple[ToPrepare, ...]
    way: Way


def agreed_for(
    reader_id: UUID,
    members: Iterable[Member],
    relationship_id: UUID,
    start: datetime,
    meeting_id: UUID | None = None,
) -> AgreedForMeeting | None:
    """None while nothing is signed. One query; with the meeting, whose preparation was posted is read too, one more."""
    found = version_and_terms(relationship_id)
    if found is None:
        return None
    version_id, terms = found
    people = list(members)
    asked = tasks(terms.preparation, start)
    posts = _posts_for(version_id, meeting_id, people) if meeting_id and asked else {}
    due = [_to_prepare(task, reader_id, people, posts.get(task.number, ())) for task in asked]
    return AgreedForMeeting(tuple(due), way_of(terms.channels.planned))


def way_of(ways: Ways) -> Way:
    first = ways.preferred[0]
    return Way(channel_words(first), channel_words(ways.fallback), first in CALLS, first is Channel.VOICE)


def _posts_for(version_id: UUID, meeting_id: UUID, people: list[Member]) -> dict[int, tuple[Posted, ...]]:
    """By the number of the item in that version."""
    called = {member.person_id: member.called for member in people}
    found: dict[int, tuple[Posted, ...]] = {}
    rows = Preparation.objects.filter(meeting_id=meeting_id, version_id=version_id, posted_at__isnull=False)
    for row in rows.order_by("posted_at"):
        assert row.posted_at is not None
        name = called.get(row.person_id, _("former participant"))
        post = Posted(row.person_id, name, row.words, row.posted_at, row.posted_at > row.due)
        found[row.number] = (*found.get(row.number, ()), post)
    return found


def _to_prepare(task: Task, reader_id: UUID, people: list[Member], posts: tuple[Posted, ...]) -> ToPrepare:
    meant = [member for member in people if member.role in task.roles]
    mine = any(member.person_id == reader_id for member in meant)
    others = ", ".join(member.called for member in meant if member.person_id != reader_id)
    whose = _("You and %(names)s") % {"names": others} if mine and others else _("You") if mine else others
    return ToPrepare(task.number, task.what, whose, mine, task.due, task.due < clock.now(), posts)
