"""Taking one's data along: asked for on a page, packed by a job, sealed, and gone after a week."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from throughline.accounts import parcels
from throughline.accounts.models import Export, Person
from throughline.foundation import clock
from throughline.foundation.encryption.envelope import new_key, open_sealed, seal
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.ids import new_id
from throughline.foundation.jobs.registry import enqueue
from throughline.foundation.rights.package import Whose, packed

LASTS = timedelta(days=7)
STUCK = timedelta(hours=6)
"""An export that is not ready by then never will be: somebody may ask again."""


@transaction.atomic
def ask_for_export(*, by: Person) -> Export:
    """Have everything packed. Twice is once, until the first is ready; a new one takes the place of those before."""
    Person.objects.select_for_update().get(pk=by.pk)
    making = Export.objects.filter(person=by, ready_at=None).first()
    if making is not None and making.asked_at > clock.now() - STUCK:
        return making
    for old in Export.objects.filter(person=by):
        _forget(old)
    export = Export(id=new_id(), person=by)
    export.wrapped = seal(installation_key(), new_key(), _context(export.pk))
    export.save()
    enqueue("accounts.make_export", export_id=export.pk)
    return export


def make_export(*, export_id: UUID) -> None:
    """Pack it, unless it is packed or was forgotten meanwhile. No transaction is open while it reads."""
    export = Export.objects.select_related("person").filter(pk=export_id, ready_at=None).first()
    if export is None:
        return
    person, digest, size = export.person, hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in packed(Whose(person.pk, person.called, person.email), at=clock.now()):
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    parcels.keep(export.pk, key_of(export), counted())
    now = clock.now()
    done = {"ready_at": now, "expires_at": now + LASTS, "size": size, "digest": digest.hexdigest()}
    if not Export.objects.filter(pk=export_id).update(**done):
        parcels.forget(export_id)  # the person went, or asked anew, while it was packed


@transaction.atomic
def note_fetched(*, export: Export) -> None:
    """When it was fetched first."""
    Export.objects.filter(pk=export.pk, fetched_at=None).update(fetched_at=clock.now())


@transaction.atomic
def forget_old_exports(*, now: datetime) -> int:
    """Those that expired, and those that were never ready. Returns how many."""
    expired = Export.objects.filter(expires_at__lte=now)
    stuck = Export.objects.filter(ready_at=None, asked_at__lte=now - LASTS)
    old = [*expired, *stuck]
    for export in old:
        _forget(export)
    return len(old)


def key_of(export: Export) -> bytes:
    return open_sealed(installation_key(), bytes(export.wrapped), _context(export.pk))


def _forget(export: Export) -> None:
    transaction.on_commit(partial(parcels.forget, export.pk))
    export.delete()


def _context(export_id: UUID) -> bytes:
    return b"export-key:" + export_id.bytes
