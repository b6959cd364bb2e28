"""What happened in a relationship, as contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import UUID

from django.db.models import Q, QuerySet

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
    near = FactRow.objects.filter(
        relationship_id=relationship_id, started_at__gte=since - _EDGE, started_at__lt=until + _EDGE
    )
    here = Q(relationship_id=relationship_id)
    of_an_occasion = here & Q(occasion__in=near.exclude(occasion="").values("occasion"))
    in_time = here & Q(started_at__gte=since - _EDGE, started_at__lt=until + _EDGE)
    plain = Q(kind=Kind.MESSAGE, occasion="", automatic=False)
    others = _facts(FactRow.objects.filter(~plain, in_time | of_an_occasion))
    rows = FactRow.objects.filter(plain, in_time).order_by("started_at", "source")
    sent = [Sent(*row) for row in rows.values_list("source", "started_at", "initiator_id")]
    contacts = merge(others + bursts_of(relationship_id, sent, others))
    return Happened(
        contacts=[contact for contact in contacts if since <= contact.started_at < until],
        turns=turns_of([message for message in sent if since <= message.at < until]),
    )


def facts_by_source(sources: Iterable[str]) -> dict[str, Fact]:
    return {fact.source: fact for fact in _facts(FactRow.objects.filter(source__in=list(sources)))}


def _facts(rows: QuerySet[FactRow]) -> list[Fact]:
    """Two queries. Parts are read as bare values, in order of person's id: there are several for each fact."""
    parts: dict[UUID, list[Part]] = {}
    of_these = PartRow.objects.filter(fact_id__in=rows.values("pk"))
    for fact_id, by, present, voice, video in of_these.values_list("fact_id", "person_id", "present", "voice", "video"):
        parts.setdefault(fact_id, []).append(Part(by, present, voice, video))
    return [_fact(row, tuple(sorted(parts.get(row.pk, ()), key=attrgetter("person_id")))) for row in rows]


def _fact(row: FactRow, parts: tuple[Part, ...]) -> Fact:
    return Fact(
        source=row.source,
        relationship_id=row.relationship_id,
        kind=Kind(row.kind),
        medium=Medium(row.medium),
        started_at=row.started_at,
        ended_at=row.ended_at,
        initiator_id=row.initiator_id,
        occasion=row.occasion,
        together=row.together,
        both_voice=row.both_voice,
        both_video=row.both_video,
        session=row.session,
        exemption=Exemption(row.exemption),
        automatic=row.automatic,
        self_reported=row.self_reported,
        parts=parts,
    )
