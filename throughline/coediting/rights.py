"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from throughline.coediting.models import Document
from throughline.coediting.queries import html_of
from throughline.foundation.rights.holdings import Erasure, ExportFile, Holding, Sharing

PAGE = (
    '<!doctype html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n{body}\n</body></html>\n'
)


def documents_as_pages(sharing: Sharing) -> Iterable[ExportFile]:
    """Each document as a page that any browser shows."""
    rows = Document.objects.filter(relationship_id__in=sharing.relationship_ids).order_by("pk")
    for pk, relationship_id, opened_at in rows.values_list("pk", "relationship_id", "opened_at"):
        page = PAGE.format(title=f"{opened_at:%Y-%m-%d}", body=html_of(pk))
        yield ExportFile(f"documents/{relationship_id}/{pk}.html", page.encode())


WRITTEN = _("You wrote it together, so it stays with the others until they delete it too.")

HOLDINGS = [
    Holding(
        "coediting.Document", _("Documents"), Erasure.JOINT, WRITTEN, shared_by="relationship", files=documents_as_pages
    ),
    Holding(
        "coediting.Update", _("Who changed a document, and when"), Erasure.JOINT, WRITTEN,
        owner=("by",), shared_by="relationship", leave_out=("content",),
    ),
    Holding(
        "coediting.Snapshot", _("How many characters each wrote"), Erasure.JOINT, WRITTEN,
        shared_by="relationship", leave_out=("state",),
    ),
]  # fmt: skip
