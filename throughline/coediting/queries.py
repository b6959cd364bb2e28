"""Reads of documents, named by what they return. What is written but not stored yet is always included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from throughline.coediting.domain import reading
from throughline.coediting.domain.merging import document_of, insertions, root_of, sound
from throughline.coediting.models import Document, Snapshot, Update
from throughline.coediting.waiting import queue
from throughline.foundation import clock
from throughline.relationships.queries import members_of

COMPACT_AFTER = timedelta(seconds=60)
"""Rows younger than this stay: several times what a process takes to reconcile."""
COMPACT_FROM = 40
"""Rows in a log before merging them is worth it."""


def stored_updates(document_id: UUID) -> list[bytes]:
    """The merged state, then the log: two queries. Empty for a document that is not there."""
    with transaction.atomic():
        snapshot = Snapshot.objects.filter(document_id=document_id).first()
        rows = list(Update.objects.filter(document_id=document_id, seq__gt=_up_to(snapshot)).order_by("seq"))
    return ([snapshot.state] if snapshot else []) + [row.content for row in rows]


def all_updates(document_id: UUID) -> list[bytes]:
    """What is stored and what this process is about to store."""
    waiting = sound(queue.of(document_id))
    return [*stored_updates(document_id), *waiting]


def state_of(document_id: UUID) -> bytes:
    """The merged Yjs state, as one update."""
    return document_of(all_updates(document_id)).get_update()


def html_of(document_id: UUID) -> str:
    """Sanitised HTML, empty for an empty document."""
    return reading.html_of(root_of(document_of(all_updates(document_id))))


def text_of(document_id: UUID) -> str:
    return reading.text_of(root_of(document_of(all_updates(document_id))))


def authors_of(document_id: UUID) -> dict[UUID, int]:
    """Characters that each person inserted, as far as it is stored."""
    snapshot = Snapshot.objects.filter(document_id=document_id).first()
    rows = Update.objects.filter(document_id=document_id, seq__gt=_up_to(snapshot)).order_by("seq")
    before = [snapshot.state] if snapshot else []
    counts: Counter[UUID] = insertions(before, [(row.by_id, row.content) for row in rows])
    for person, inserted in (snapshot.inserted if snapshot else {}).items():
        counts[UUID(person)] += inserted
    return dict(counts)


def updates_after(document_id: UUID, seq: int) -> list[tuple[int, bytes]]:
    """The log after an update, with each one's seq: for reconciling between processes."""
    rows = Update.objects.filter(document_id=document_id, seq__gt=seq).order_by("seq")
    return [(row.seq, row.content) for row in rows]


def last_seqs(document_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How far each document's log goes."""
    return dict(Document.objects.filter(pk__in=list(document_ids)).values_list("pk", "last_seq"))


def names_in(document_id: UUID) -> dict[UUID, str]:
    """What the members of a document's relationship are called."""
    relationship_id = Document.objects.values_list("relationship_id", flat=True).get(pk=document_id)
    return {member.person_id: member.called for member in members_of(relationship_id)}


def documents_to_compact(most: int) -> list[UUID]:
    """Those with a long log, the longest first."""
    older = Update.objects.filter(at__lt=clock.now() - COMPACT_AFTER)
    long = older.values("document_id").annotate(rows=Count("pk")).filter(rows__gte=COMPACT_FROM)
    return [row["document_id"] for row in long.order_by("-rows")[:most]]


def _up_to(snapshot: Snapshot | None) -> int:
    return snapshot.up_to if snapshot else 0
