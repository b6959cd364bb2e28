"""What is signed for the next meeting: what to have ready, and the way to meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.accounts.domain.channels import Channel
from throughline.agreements.queries import terms_in_force
from throughline.agreements.queries.wording import channel_words
from throughline.foundation import clock
from throughline.meetings.domain.preparing import Task, tasks

if TYPE_CHECKING:
    from throughline.agreements.domain.terms import Ways
    from throughline.relationships.queries import Member

CALLS = (Channel.VIDEO, Channel.VOICE)


@dataclass(frozen=True)
class ToPrepare:
    """mine: whether the reader is meant. late: whether the time for it is over."""

    what: str
    whose: str
    mine: bool
    due: datetime
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
    reader_id: UUID, members: Iterable[Member], relationship_id: UUID, start: datetime
) -> AgreedForMeeting | None:
    """None while nothing is signed. One query."""
    terms = terms_in_force(relationship_id)
    if terms is None:
        return None
    people = list(members)
    due = [_to_prepare(task, reader_id, people) for task in tasks(terms.preparation, start)]
    return AgreedForMeeting(tuple(due), way_of(terms.channels.planned))


def way_of(ways: Ways) -> Way:
    first = ways.preferred[0]
    return Way(channel_words(first), channel_words(ways.fallback), first in CALLS, first is Channel.VOICE)


def _to_prepare(task: Task, reader_id: UUID, people: list[Member]) -> ToPrepare:
    meant = [member for member in people if member.role in task.roles]
    mine = any(member.person_id == reader_id for member in meant)
    others = ", ".join(member.called for member in meant if member.person_id != reader_id)
    whose = _("You and %(names)s") % {"names": others} if mine and others else _("You") if mine else others
    return ToPrepare(task.what, whose, mine, task.due, task.due < clock.now())
