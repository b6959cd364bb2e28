"""Merging facts into contacts: what happened once counts once.

1. Live facts (calls, meetings, meetings elsewhere) that share an occasion or overlap in time are one contact.
2. What was written meanwhile (messages, edits) belongs to the earliest live contact that it overlaps. It never
   joins two live contacts: an afternoon of writing with two calls in it has two calls.
3. What is left: overlapping writing, and messages with under 30 quiet minutes between them, are one contact,
   unless a live contact lies between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from throughline.ledger.domain.contacts import LIVE, Contact
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.domain.grouping import groups_of
from throughline.ledger.domain.spans import most_seconds

# Best first: which kind names a contact, and by which medium it took place.
_KINDS = (Kind.MEETING, Kind.CALL, Kind.ELSEWHERE, Kind.EDIT, Kind.MESSAGE)
_MEDIA = (Medium.IN_PERSON, Medium.VIDEO, Medium.VOICE, Medium.DOCUMENT, Medium.TEXT)
_EXEMPTIONS = (Exemption.NEED, Exemption.AGREED_AUDIO, Exemption.NETWORK)


def merge(facts: Iterable[Fact]) -> list[Contact]:
    """The contacts behind these facts, by time. Facts in any order, of any relationships, repeated or not."""
    by_relationship: dict[UUID, list[Fact]] = {}
    for fact in sorted({fact.source: fact for fact in facts}.values(), key=_by_time):
        by_relationship.setdefault(fact.relationship_id, []).append(fact)
    contacts = [_contact(group) for ordered in by_relationship.values() for group in groups_of(ordered)]
    return sorted(contacts, key=lambda contact: (contact.started_at, contact.sources))


def _by_time(fact: Fact) -> tuple[datetime, datetime, str]:
    return fact.started_at, fact.ended_at, fact.source


def _span(group: Sequence[Fact]) -> tuple[datetime, datetime]:
    return min(fact.started_at for fact in group), max(fact.ended_at for fact in group)


def _contact(group: Sequence[Fact]) -> Contact:
    """One contact of all these facts: the best medium, each second once, every source named."""
    if len(group) == 1:
        return _alone(group[0])
    facts = sorted(group, key=_by_time)
    live = [fact for fact in facts if fact.kind in LIVE]
    lead = live or facts
    started_at, ended_at = _span(lead)
    return Contact(
        relationship_id=facts[0].relationship_id,
        kind=min((fact.kind for fact in lead), key=_KINDS.index),
        medium=min((fact.medium for fact in lead), key=_MEDIA.index),
        started_at=started_at,
        ended_at=ended_at,
        initiator_id=next((fact.initiator_id for fact in facts if fact.initiator_id), None),
        occasion=next((fact.occasion for fact in lead if fact.occasion), ""),
        together=_seconds(facts, attrgetter("together")),
        both_voice=_seconds(facts, attrgetter("both_voice")),
        both_video=_seconds(facts, attrgetter("both_video")),
        session=any(_makes_a_session(fact) for fact in facts),
        exemption=next((reason for reason in _EXEMPTIONS if any(f.exemption == reason for f in lead)), Exemption.NONE),
        automatic=all(fact.automatic for fact in facts),
        self_reported=all(fact.self_reported for fact in facts),
        parts=_parts(facts),
        sources=tuple(sorted(fact.source for fact in facts)),
    )


def _alone(fact: Fact) -> Contact:
    """What the general case makes of one fact: by far the most frequent one."""
    return Contact(
        relationship_id=fact.relationship_id,
        kind=fact.kind,
        medium=fact.medium,
        started_at=fact.started_at,
        ended_at=fact.ended_at,
        initiator_id=fact.initiator_id,
        occasion=fact.occasion,
        together=fact.together,
        both_voice=fact.both_voice,
        both_video=fact.both_video,
        session=_makes_a_session(fact),
        exemption=fact.exemption,
        automatic=fact.automatic,
        self_reported=fact.self_reported,
        parts=tuple(sorted(fact.parts, key=attrgetter("person_id"))),
        sources=(fact.source,),
    )


def _makes_a_session(fact: Fact) -> bool:
    """A call within an occasion is a session only when the occasion says that it was held."""
    return fact.session and not (fact.kind is Kind.CALL and fact.occasion)


def _seconds(facts: Sequence[Fact], measure: Callable[[Fact], int]) -> int:
    return most_seconds([(fact.started_at, fact.ended_at, measure(fact)) for fact in facts])


def _parts(facts: Sequence[Fact]) -> tuple[Part, ...]:
    people = sorted({part.person_id for fact in facts for part in fact.parts})
    return tuple(_part(person_id, facts) for person_id in people)


def _part(person_id: UUID, facts: Sequence[Fact]) -> Part:
    own = [(fact, part) for fact in facts for part in fact.parts if part.person_id == person_id]
    seconds = {
        name: most_seconds([(fact.started_at, fact.ended_at, getattr(part, name)) for fact, part in own])
        for name in ("present", "voice", "video")
    }
    return Part(person_id, **seconds)
