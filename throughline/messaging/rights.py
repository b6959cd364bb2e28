"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from throughline.foundation.rights.holdings import Erasure, ExportFile, Holding, Sharing
from throughline.messaging.models import Message

TALK = _("A conversation belongs to everybody in it, so it stays with the others until they delete it too.")


def conversations_to_read(sharing: Sharing) -> Iterable[ExportFile]:
    """Each conversation from its beginning, in Markdown, as messages are written here. Instants in UTC."""
    for relationship_id in sharing.relationship_ids:
        rows = Message.objects.filter(relationship_id=relationship_id).select_related("sender").order_by("number")
        said = [f"**{row.sender.called}** · {row.sent_at:%Y-%m-%d %H:%M} UTC\n\n{_said(row)}\n" for row in rows]
        if said:
            yield ExportFile(f"messages/{relationship_id}.md", "\n".join(said).encode())


def _said(row: Message) -> str:
    return str(_("*Deleted*")) if row.deleted_at else row.text


HOLDINGS = [
    Holding(
        "messaging.Message", _("Messages"), Erasure.JOINT, TALK,
        owner=("sender",), shared_by="relationship", files=conversations_to_read,
    ),
    Holding(
        "messaging.Wording", _("What messages said before they were edited"), Erasure.JOINT, TALK,
        owner=("message__sender",), shared_by="relationship",
    ),
    Holding(
        "messaging.Reaction", _("Signs that were left at messages"), Erasure.JOINT, TALK,
        owner=("person",), shared_by="relationship",
    ),
    Holding("messaging.SeenMarker", _("How far you have read"), Erasure.GOES, _("Yours alone."), owner=("person",)),
    Holding("messaging.Waiting", _("Messages that waited for you"), Erasure.GOES, _("Yours alone."), owner=("person",)),
]  # fmt: skip
