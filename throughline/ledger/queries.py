"""What happened in a relationship, as contacts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.domain.merge import merge
from throughline.ledger.models import FactRow

# What lies this far outside a window can still belong to a contact that began within it.
_EDGE = timedelta(days=1)


def contacts_of(relationship_id: UUID, since: datetime, until: datetime) -> list[Contact]:
    """The contacts that began in [since, until), by time. Two queries, however many there are."""
    near = FactRow.objects.filter(
        relationship_id=relationship_id, started_at__gte=since - _EDGE, started_at__lt=until + _EDGE
    )
    occasions = near.exclude(occasion="").values("occasion")
    rows = FactRow.objects.filter(
        Q(relationship_id=relationship_id, started_at__gte=since - _EDGE, started_at__lt=until + _EDGE)
        | Q(relationship_id=relationship_id, occasion__in=occasions)
    )
    return [contact for contact in merge(_facts(rows)) if since <= contact.started_at < until]


def facts_by_source(sources: Iterable[str]) -> dict[str, Fact]:
    return {fact.source: fact for fact in _facts(FactRow.objects.filter(source__in=list(sources)))}


def _facts(rows: QuerySet[FactRow]) -> list[Fact]:
    return [_fact(row) for row in rows.prefetch_related("parts")]


def _fact(row: FactRow) -> Fact:
    parts = sorted(row.parts.all(), key=lambda part: part.person_id)
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
        parts=tuple(Part(part.person_id, part.present, part.voice, part.video) for part in parts),
    )
