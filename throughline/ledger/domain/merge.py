"""Merging facts into contacts: what happened once counts once.

1. Live facts (calls, meetings, meetings elsewhere) that share an occasion or overlap in time are one contact.
2. What was written meanwhile (messages, edits) belongs to the earliest live contact that it overlaps. It never
   joins two live contacts: an afternoon of writing with two calls in it has two calls.
3. What is left: overlapping writing, and messages with under 30 quiet minutes between them, are one contact,
   unless a live contact lies between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from throughline.ledger.domain.contacts import LIVE, Contact
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.domain.spans import most_seconds, overlap

QUIET = timedelta(minutes=30)

# Best first: which kind names a contact, and by which medium it took place.
_KINDS = (Kind.MEETING, Kind.CALL, Kind.ELSEWHERE, Kind.EDIT, Kind.MESSAGE)
_MEDIA = (Medium.IN_PERSON, Medium.VIDEO, Medium.VOICE, Medium.DOCUMENT, Medium.TEXT)
_EXEMPTIONS = (Exemption.NEED, Exemption.AGREED_AUDIO, Exemption.NETWORK)


def merge(facts: Iterable[Fact]) -> list[Contact]:
    """The contacts behind these facts, by time. Facts in any order, of any relationships, repeated or not."""
    by_relationship: dict[UUID, list[Fact]] = {}
    for fact in sorted({fact.source: fact for fact in facts}.values(), key=_by_time):
        by_relationship.setdefault(fact.relationship_id, []).append(fact)
    contacts = [_contact(group) for ordered in by_relationship.values() for group in _groups(ordered)]
    return sorted(contacts, key=lambda contact: (contact.started_at, contact.sources))


def _by_time(fact: Fact) -> tuple[datetime, datetime, str]:
    return fact.started_at, fact.ended_at, fact.source


def _groups(ordered: Sequence[Fact]) -> list[list[Fact]]:
    live = _live_groups([fact for fact in ordered if fact.kind in LIVE])
    left: list[Fact] = []
    for fact in ordered:
        if fact.kind not in LIVE:
            home = next((group for group in live if _belongs(fact, group)), None)
            left.append(fact) if home is None else home.append(fact)
    return live + _written_groups(left, [_span(group) for group in live])


def _live_groups(ordered: Sequence[Fact]) -> list[list[Fact]]:
    """Joined by occasion or overlap, and by what follows from both (a third fact may join two groups)."""
    groups: list[list[Fact]] = []
    for fact in ordered:
        joined = [group for group in groups if _joins(fact, group)]
        rest = [group for group in groups if group not in joined]
        groups = [*rest, sorted([*(f for group in joined for f in group), fact], key=_by_time)]
    return sorted(groups, key=lambda group: _by_time(group[0]))


def _joins(fact: Fact, group: Sequence[Fact]) -> bool:
    return any(_same_occasion(fact, other) or _overlap(fact, other) for other in group)


def _belongs(written: Fact, live: Sequence[Fact]) -> bool:
    return _joins(written, [fact for fact in live if fact.kind in LIVE])


def _same_occasion(one: Fact, other: Fact) -> bool:
    return bool(one.occasion) and one.occasion == other.occasion


def _overlap(one: Fact, other: Fact) -> bool:
    return overlap((one.started_at, one.ended_at), (other.started_at, other.ended_at))


def _written_groups(ordered: Sequence[Fact], live: Sequence[tuple[datetime, datetime]]) -> list[list[Fact]]:
    """Runs of writing. `ordered` by start, so that a run is broken once and for all."""
    groups: list[list[Fact]] = []
    for fact in ordered:
        run = groups[-1] if groups else []
        if any(_follows(fact, earlier, live) for earlier in run):
            run.append(fact)
        else:
            groups.append([fact])
    return groups


def _follows(fact: Fact, earlier: Fact, live: Sequence[tuple[datetime, datetime]]) -> bool:
    if _overlap(fact, earlier) or _same_occasion(fact, earlier):
        return True
    if not fact.kind == earlier.kind == Kind.MESSAGE or fact.started_at - earlier.ended_at >= QUIET:
        return False
    return not any(earlier.ended_at <= start < fact.started_at for start, _ in live)


def _span(group: Sequence[Fact]) -> tuple[datetime, datetime]:
    return min(fact.started_at for fact in group), max(fact.ended_at for fact in group)


def _contact(group: Sequence[Fact]) -> Contact:
    """One contact of all these facts: the best medium, each second once, every source named."""
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
