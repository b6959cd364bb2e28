"""Reads about calls, named by what they return."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404
from django.utils.crypto import salted_hmac
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from throughline.accounts.queries import needs_of
from throughline.agreements.queries import ways_for
from throughline.agreements.queries.wording import channel_words
from throughline.calls.domain.cameras import Camera, by_voice, camera_for
from throughline.calls.domain.closing import SILENCE
from throughline.calls.domain.media import Edge, Span, Talk, talk
from throughline.calls.domain.relays import IceServer, Relays
from throughline.calls.models import Call, HiddenAddress, Presence, SpanRow
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.prepared import prepared
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Member, edges_of, members_of, relationships_of, state_of
from throughline.relationships.things import Aside, Thing, aside_for, thing_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person


@dataclass(frozen=True)
class RunningCall:
    """A call that somebody is in right now. `inside`: ids of the people who are connected."""

    call_id: UUID
    relationship_id: UUID
    occasion: str
    opened_at: datetime
    inside: frozenset[UUID]


@dataclass(frozen=True)
class Room:
    """What a call's page needs: who can be in it, who is, and how much camera this person's needs allow.

    by_voice: voice comes before video in what they signed, so cameras are off to begin with. fallback: what they
    signed for when the call fails, in words; "" without an agreement. relays: what the browser may go through;
    hidden: it goes through them alone. aside: the planned thing beside the picture.
    """

    others: tuple[Member, ...]
    inside: tuple[Member, ...]
    camera: Camera
    back: Thing | None
    by_voice: bool = False
    fallback: str = ""
    relays: tuple[IceServer, ...] = ()
    hidden: bool = False
    aside: Aside | None = None

    @property
    def names(self) -> str:
        return _names(self.others)

    @property
    def names_inside(self) -> str:
        return _names(self.inside)

    @property
    def people(self) -> dict[str, str]:
        """Names by id, for the page's script."""
        return {str(member.person_id): member.called for member in self.others}


@dataclass(frozen=True)
class Remains:
    """What is left of a call for one person.

    `running`: somebody is still in it. `again`: a quick call that they may make anew. `back`: the planned thing.
    """

    others: tuple[Member, ...]
    talk: Talk | None
    running: bool
    again: bool
    back: Thing | None

    @property
    def names(self) -> str:
        return _names(self.others)


def room_for(person: Person, call: Call) -> Room:
    others = _others(call, person)
    connected = people_connected(call)
    ways = ways_for(call.relationship_id, planned=bool(call.occasion))
    return Room(
        others=others,
        inside=tuple(member for member in others if member.person_id in connected),
        camera=camera_for(needs_of(person)),
        back=_occasion_of(call, person),
        by_voice=ways is not None and by_voice(ways),
        fallback=channel_words(ways.fallback) if ways else "",
        relays=tuple(relays_for(person)),
        hidden=hides_address(person),
        aside=_beside(call, person),
    )


def relays_for(person: Person) -> list[IceServer]:
    """With credentials of a few hours, under a name from which nobody can be known."""
    name = salted_hmac("throughline.calls.relay", person.pk.hex, algorithm="sha256").hexdigest()[:16]
    return Relays(ENV.turn_urls, ENV.turn_secret).for_somebody(name, clock.now())


def hides_address(person: Person) -> bool:
    return HiddenAddress.objects.filter(person=person).exists()


def people_connected(call: Call) -> frozenset[UUID]:
    """Whoever is in it now."""
    return frozenset(_connected(call).values_list("person_id", flat=True))


def what_remains_of(call: Call, person: Person) -> Remains:
    running = call.closed_at is None and _connected(call).exists()
    return Remains(
        others=_others(call, person),
        talk=talk_of(call),
        running=running,
        again=not running and not call.occasion and state_of(call.relationship_id, clock.now()) is not State.ENDED,
        back=_occasion_of(call, person),
    )


def running_calls_of(person: Person) -> list[RunningCall]:
    """In all relationships of this person, the oldest first. An opened call that nobody has entered is left out."""
    return running_calls_in(summary.relationship_id for summary in relationships_of(person))


def running_calls_in(relationship_ids: Iterable[UUID]) -> list[RunningCall]:
    """The same for these relationships: one query, whatever their number.

    Until the sweep has closed it, a call counts as running although nobody was heard of for a while: the clock may
    have leapt, and whoever was in it can go on in it.
    """
    calls: dict[tuple[UUID, UUID, str, datetime], set[UUID]] = {}
    for call_id, key, occasion, opened_at, person_id in _inside(list(relationship_ids)):
        calls.setdefault((call_id, key, occasion, opened_at), set()).add(person_id)
    return [RunningCall(*call, frozenset(inside)) for call, inside in calls.items()]


@prepared
def _inside(ids: Sequence[UUID]) -> QuerySet[Presence, tuple[UUID, UUID, str, datetime, UUID]]:
    connected = Presence.objects.filter(call__relationship_id__in=ids, call__closed_at=None, left_at=None)
    rows = connected.order_by("call__opened_at", "call_id")
    return rows.values_list("call_id", "call__relationship_id", "call__occasion", "call__opened_at", "person_id")


def talks_of(occasion: str) -> list[Talk]:
    """What came of the calls of a planned thing, in order; calls in which nobody was together are left out."""
    calls = list(Call.objects.filter(occasion=occasion).order_by("opened_at")) if occasion else []
    spans = spans_of([call.pk for call in calls])
    talks = [talk(spans[call.pk], _edges(call)) for call in calls]
    return [found for found in talks if found]


def talk_of(call: Call) -> Talk | None:
    """What has come of one call so far, running or closed."""
    return talk(spans_of([call.pk])[call.pk], _edges(call))


def spans_of(call_ids: Collection[UUID]) -> dict[UUID, list[Span]]:
    """Every reported stretch of these calls. One query."""
    spans: dict[UUID, list[Span]] = {call_id: [] for call_id in call_ids}
    for row in SpanRow.objects.filter(presence__call__in=call_ids).select_related("presence"):
        spans[row.presence.call_id].append(_span(row))
    return spans


def people_in(call: Call) -> frozenset[UUID]:
    """Everybody who was ever connected to this call."""
    return frozenset(Presence.objects.filter(call=call).values_list("person_id", flat=True))


def can_go_on(call: Call) -> bool:
    """Whether a closed call ended without anybody wanting it to (a killed server): then it may be opened again."""
    return call.closed_at is not None and not Presence.objects.filter(call=call, by_choice=True).exists()


def _connected(call: Call) -> QuerySet[Presence]:
    """Sockets that are there and were heard of lately: a killed server leaves rows that say they are."""
    return Presence.objects.filter(call=call, left_at=None, seen_until__gte=clock.now() - SILENCE)


def _others(call: Call, person: Person) -> tuple[Member, ...]:
    return tuple(member for member in members_of(call.relationship_id) if member.person_id != person.pk)


def _occasion_of(call: Call, person: Person) -> Thing | None:
    """The planned thing, as this person may see it. A quick call has none."""
    kind, _, identifier = call.occasion.partition(":")
    if not identifier:
        return None
    try:
        return thing_for(person, kind, UUID(identifier))
    except Http404:
        return None


def _beside(call: Call, person: Person) -> Aside | None:
    kind, _, identifier = call.occasion.partition(":")
    try:
        return aside_for(person, kind, UUID(identifier)) if identifier else None
    except Http404:
        return None


def _names(members: Iterable[Member]) -> str:
    return get_text_list([member.called for member in members], _("and"))


def _edges(call: Call) -> list[Edge]:
    return [(edge.mentor_id, edge.mentee_id) for edge in edges_of(call.relationship_id)]


def _span(row: SpanRow) -> Span:
    return Span(
        person_id=row.presence.person_id,
        start=row.start,
        end=row.end,
        sends_voice=row.sends_voice,
        sends_video=row.sends_video,
        hears=frozenset(map(UUID, row.hears)),
        sees=frozenset(map(UUID, row.sees)),
    )


def people_on(occasion: str) -> frozenset[UUID]:
    """Everybody who was ever connected to a call of this planned thing, alone or not."""
    if not occasion:
        return frozenset()
    return frozenset(Presence.objects.filter(call__occasion=occasion).values_list("person_id", flat=True))
