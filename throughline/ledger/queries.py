"""What happened in a relationship, as contacts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.foundation.prepared import prepared
from throughline.ledger.domain.bursts import Sent, Turn, bursts_of, turns_of
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.domain.merge import merge
from throughline.ledger.models import FactRow, PartRow

# What lies this far outside a window can still belong to a contact that began within it.
_EDGE = timedelta(days=1)


@dataclass(frozen=True)
class Happened:
    """A stretch of a relationship. contacts: those that began in it. turns: who wrote, one after the other."""

    contacts: list[Contact]
    turns: list[Turn]


def contacts_of(relationship_id: UUID, since: datetime, until: datetime) -> list[Contact]:
    """The contacts that began in [since, until), by time. Three queries, however many there are.

    Of messages in a row, only the first stands among a contact's sources.
    """
    return happened_in(relationship_id, since, until).contacts


def happened_in(relationship_id: UUID, since: datetime, until: datetime) -> Happened:
    """Contacts and turns of [since, until), from one read of three queries. Times are UTC.

    A message in the ledger is a moment, and its only part is that of its sender: so thousands of them are read as
    bare values and drawn together before they are merged.
    """
    near = (relationship_id, since - _EDGE, until + _EDGE)
    others = _facts(_near(*near), _near_parts(*near))
    sent = [Sent(*row) for row in _messages(*near)]
    contacts = merge(others + bursts_of(relationship_id, sent, others))
    return Happened(
        contacts=[contact for contact in contacts if since <= contact.started_at < until],
        turns=turns_of([message for message in sent if since <= message.at < until]),
    )


def facts_by_source(sources: Iterable[str]) -> dict[str, Fact]:
    named = list(sources)
    return {fact.source: fact for fact in _facts(_named(named), _named_parts(named))}


_PLAIN = Q(kind=Kind.MESSAGE, occasion="", automatic=False)
_Row = tuple[Any, ...]
_PartOf = tuple[UUID, UUID, int, int, int]


@prepared
def _messages(
    relationship_id: UUID, since: datetime, until: datetime
) -> QuerySet[FactRow, tuple[str, datetime, UUID | None]]:
    rows = FactRow.objects.filter(
        _PLAIN, relationship_id=relationship_id, started_at__gte=since, started_at__lt=until
    ).order_by("started_at", "source")
    return rows.values_list("source", "started_at", "initiator_id")


@prepared
def _near(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[FactRow, _Row]:
    return _values(_besides_messages(relationship_id, since, until))


@prepared
def _near_parts(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[PartRow, _PartOf]:
    return _parts_of(_besides_messages(relationship_id, since, until))


def _besides_messages(relationship_id: UUID, since: datetime, until: datetime) -> QuerySet[FactRow]:
    """What is no plain message, of that time or of an occasion of that time."""
    in_time = Q(started_at__gte=since, started_at__lt=until)
    occasions = FactRow.objects.filter(in_time, relationship_id=relationship_id).exclude(occasion="").values("occasion")
    return FactRow.objects.filter(~_PLAIN, in_time | Q(occasion__in=occasions), relationship_id=relationship_id)


@prepared
def _named(sources: Sequence[str]) -> QuerySet[FactRow, _Row]:
    return _values(FactRow.objects.filter(source__in=sources))


def _values(rows: QuerySet[FactRow]) -> QuerySet[FactRow, _Row]:
    return rows.values_list(
        "pk", "source", "relationship_id", "kind", "medium", "started_at", "ended_at", "initiator_id", "occasion",
        "together", "both_voice", "both_video", "session", "exemption", "automatic", "self_reported",
    )  # fmt: skip


@prepared
def _named_parts(sources: Sequence[str]) -> QuerySet[PartRow, _PartOf]:
    return _parts_of(FactRow.objects.filter(source__in=sources))


def _parts_of(rows: QuerySet[FactRow]) -> QuerySet[PartRow, _PartOf]:
    parts = PartRow.objects.filter(fact_id__in=rows.values("pk"))
    return parts.values_list("fact_id", "person_id", "present", "voice", "video")


def _facts(rows: Sequence[_Row], part_rows: Sequence[_PartOf]) -> list[Fact]:
    """Parts in order of person's id, since there are several for each fact."""
    parts: dict[UUID, list[Part]] = {}
    for fact_id, by, present, voice, video in part_rows:
        parts.setdefault(fact_id, []).append(Part(by, present, voice, video))
    return [_fact(row, tuple(sorted(parts.get(row[0], ()), key=attrgetter("person_id")))) for row in rows]


def _fact(row: _Row, parts: tuple[Part, ...]) -> Fact:
    _id, source, relationship_id, kind, medium, started_at, ended_at, initiator_id, occasion, *rest = row
    together, both_voice, both_video, session, exemption, automatic, self_reported = rest
    return Fact(
        source=source,
        relationship_id=relationship_id,
        kind=Kind(kind),
        medium=Medium(medium),
        started_at=started_at,
        ended_at=ended_at,
        initiator_id=initiator_id,
        occasion=occasion,
        together=together,
        both_voice=both_voice,
        both_video=both_video,
        session=session,
        exemption=Exemption(exemption),
        automatic=automatic,
        self_reported=self_reported,
        parts=parts,
    )
