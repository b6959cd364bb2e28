"""What happens to documents: one verb a function."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db import Error, transaction

from throughline.coediting.domain.merging import Block, document_of, element_of, insertions, merged, root_of
from throughline.coediting.models import Document, Snapshot, Update
from throughline.coediting.queries import COMPACT_AFTER, all_updates
from throughline.coediting.signals import document_changed
from throughline.foundation import clock
from throughline.foundation.encryption.keyring import KeyDestroyedError, keyring
from throughline.foundation.live.topics import access_changed, publish

log = logging.getLogger("throughline.coediting")

ANNOUNCE_EVERY = 5.0
"""Seconds between two signals for one person's writing in one document."""


@dataclass(frozen=True)
class Change:
    """A checked update and who made it."""

    by_id: UUID
    update: bytes


@transaction.atomic
def open_document(relationship_id: UUID, origin: str) -> UUID:
    """The document of an origin, made when it is first asked for."""
    document, _ = Document.objects.get_or_create(origin=origin, defaults={"relationship_id": relationship_id})
    return document.pk


@transaction.atomic
def destroy_document(document_id: UUID) -> None:
    """For good, with its history; whoever has it open loses the seat."""
    Document.objects.filter(pk=document_id).delete()
    transaction.on_commit(partial(access_changed, topic=f"document:{document_id}"))


def append_updates(*, changes: dict[UUID, list[Change]]) -> set[UUID]:
    """Store what was written in several documents, in one transaction. Returns those that are no longer there.

    Raises django.db.Error when the database is away; nothing is stored then.
    """
    with transaction.atomic():
        found = {row.pk: row for row in Document.objects.select_for_update().filter(pk__in=changes).order_by("pk")}
        rows, gone = list[Update](), set(changes) - set(found)
        for document in found.values():
            try:
                rows += _rows_for(document, changes[document.pk])
            except KeyDestroyedError:
                gone.add(document.pk)
        Update.objects.bulk_create(rows)
        Document.objects.bulk_update(found.values(), ["last_seq"])
        for document in found.values():
            if document.pk not in gone:
                _announce(document, {change.by_id for change in changes[document.pk]})
    return gone


def _rows_for(document: Document, changes: list[Change]) -> list[Update]:
    """One row for each run of one person's changes. Raises KeyDestroyedError."""
    keyring.key_of(document.relationship_id)
    rows = []
    for by_id, run in groupby(changes, key=attrgetter("by_id")):
        document.last_seq += 1
        row = Update(document=document, relationship_id=document.relationship_id, seq=document.last_seq, by_id=by_id)
        row.content = merged([change.update for change in run])
        rows.append(row)
    return rows


@transaction.atomic
def append_blocks(*, document_id: UUID, by_id: UUID, blocks: Sequence[Block]) -> None:
    """Put headings and paragraphs at the end, as if that person had typed them. Open editors fetch them at once."""
    doc = document_of(all_updates(document_id))
    before = doc.get_state()
    for block in blocks:
        root_of(doc).children.append(element_of(block))
    append_updates(changes={document_id: [Change(by_id, doc.get_update(before))]})
    transaction.on_commit(partial(publish, f"document:{document_id}", {"again": True}))


_announced: dict[tuple[UUID, UUID], float] = {}


def _announce(document: Document, authors: set[UUID]) -> None:
    """A receiver that fails loses its own work, never what was written."""
    at = clock.monotonic()
    if len(_announced) > 10_000:
        _announced.clear()
    for by_id in authors:
        if at - _announced.get((document.pk, by_id), -ANNOUNCE_EVERY) < ANNOUNCE_EVERY:
            continue
        _announced[document.pk, by_id] = at
        try:
            with transaction.atomic():
                document_changed.send(
                    Document,
                    document_id=document.pk,
                    relationship_id=document.relationship_id,
                    origin=document.origin,
                    by_id=by_id,
                )
        except Error:
            raise
        except Exception as error:
            log.error("a receiver of document_changed failed: %s", type(error).__name__)


@transaction.atomic
def compact_document(*, document_id: UUID) -> None:
    """Merge the older part of the log into the snapshot. Each row is applied once, so the cost is linear."""
    document = Document.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return
    older = list(document.updates.filter(at__lt=clock.now() - COMPACT_AFTER).order_by("seq"))
    if not older:
        return
    snapshot = Snapshot.objects.filter(document=document).first()
    before = [snapshot.state] if snapshot else []
    log_rows = [(str(row.by_id), row.content) for row in older]
    counts: dict[str, int] = defaultdict(int, snapshot.inserted if snapshot else {})
    for person, inserted in insertions(before, log_rows).items():
        counts[person] += inserted
    snapshot = snapshot or Snapshot(document=document, relationship_id=document.relationship_id)
    snapshot.state = document_of([*before, *(update for _, update in log_rows)]).get_update()
    snapshot.up_to, snapshot.at, snapshot.inserted = older[-1].seq, clock.now(), dict(counts)
    snapshot.save()
    document.updates.filter(seq__lte=snapshot.up_to).delete()
