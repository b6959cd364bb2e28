"""Recording facts, and making the ledger anew from those who produce them.

A producer records by a plain call at the end of its own action, inside that transaction, and registers a function
that streams all its rows as facts again:

    register_producer("calls", contacts.facts)     # in AppConfig.ready
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TypeVar

from django.db import transaction

from throughline.ledger.domain.facts import Fact
from throughline.ledger.models import FactRow, PartRow
from throughline.ledger.queries import facts_by_source

T = TypeVar("T")
Producer = Callable[[], Iterator[Fact]]

_producers: dict[str, Producer] = {}
_BATCH = 500


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found: facts that were right already, were written, and had no source any more."""

    unchanged: int
    written: int
    removed: int


def register_producer(name: str, facts: Producer) -> None:
    _producers[name] = facts


@transaction.atomic
def record(fact: Fact) -> None:
    """Write or overwrite the fact of this source. The same call twice leaves the same rows.

    Raises ValueError for a fact that ends before it starts.
    """
    if fact.ended_at < fact.started_at:
        raise ValueError(f"{fact.source} ends before it starts.")
    values = asdict(fact)
    del values["parts"], values["source"]
    row, _ = FactRow.objects.update_or_create(source=fact.source, defaults=values)
    PartRow.objects.filter(fact=row).delete()
    PartRow.objects.bulk_create(PartRow(fact=row, **asdict(part)) for part in fact.parts)


def forget(source: str) -> None:
    """Remove the fact of a source that turned out not to have happened."""
    FactRow.objects.filter(source=source).delete()


@transaction.atomic
def rebuild() -> Rebuilt:
    """Replay every producer, and remove what no producer vouches for. What is right already is left alone.

    A fact that is recorded while this runs stays: only sources that were there at the start can be removed.
    """
    orphans = set(FactRow.objects.values_list("source", flat=True))
    unchanged = written = 0
    for batch in _batches(fact for producer in _producers.values() for fact in producer()):
        known = facts_by_source(fact.source for fact in batch)
        for fact in batch:
            orphans.discard(fact.source)
            if known.get(fact.source) == _as_kept(fact):
                unchanged += 1
            else:
                record(fact)
                written += 1
    for sources in _batches(iter(orphans)):
        FactRow.objects.filter(source__in=sources).delete()
    return Rebuilt(unchanged, written, len(orphans))


def _as_kept(fact: Fact) -> Fact:
    """The fact as it reads from its rows: parts in order of person."""
    return Fact(**{**fact.__dict__, "parts": tuple(sorted(fact.parts, key=lambda part: part.person_id))})


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(islice(items, _BATCH)):
        yield batch
