"""Keeping logs short."""

from __future__ import annotations

from datetime import timedelta

from throughline.coediting.actions import compact_document
from throughline.coediting.queries import documents_to_compact
from throughline.foundation.jobs.registry import scheduled

AT_ONCE = 200


@scheduled("coediting.compact", every=timedelta(minutes=1))
def compact() -> None:
    for document_id in documents_to_compact(AT_ONCE):
        compact_document(document_id=document_id)
