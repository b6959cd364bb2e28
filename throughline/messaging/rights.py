"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from throughline.foundation.files import sealed
from throughline.foundation.rights.holdings import Erasure, ExportFile, Holding, Sharing
from throughline.messaging.models import Enclosure, Letter, Message

TALK = _("A conversation belongs to everybody in it, so it stays with the others until they delete it too.")


def conversations_to_read(sharing: Sharing) -> Iterable[ExportFile]:
    """Each conversation from its beginning, in Markdown, as messages are written here. Instants in UTC."""
    for relationship_id in sharing.relationship_ids:
        rows = Message.objects.filter(relationship_id=relationship_id).select_related("sender").order_by("number")
        said = [f"**{row.sender.called}** · {row.sent_at:%Y-%m-%d %H:%M} UTC\n\n{_said(row)}\n" for row in rows]
        if said:
            yield ExportFile(f"messages/{relationship_id}.md", "\n".join(said).encode())


def files_to_keep(sharing: Sharing) -> Iterable[ExportFile]:
    """What was sent along, each under the number of its message."""
    rows = Enclosure.objects.filter(message__isnull=False, relationship__in=sharing.relationship_ids)
    for row in rows.select_related("message").order_by("message__number", "place"):
        content = b"".join(sealed.read(row.relationship_id, row.pk))
        number = row.message.number if row.message else 0
        yield ExportFile(f"messages/{row.relationship_id}/{number}-{row.place + 1} {row.name}", content)


def letters_as_they_came(sharing: Sharing) -> Iterable[ExportFile]:
    for row in Letter.objects.filter(relationship_id__in=sharing.relationship_ids).order_by("pk"):
        yield ExportFile(f"messages/{row.relationship_id}/{row.message_id}.eml", bytes(row.raw))


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
    Holding(
        "messaging.Enclosure", _("Files that were sent along"), Erasure.JOINT, TALK,
        owner=("by",), shared_by="relationship", files=files_to_keep,
    ),
    Holding(
        "messaging.Letter", _("Mails that messages came as"), Erasure.JOINT, TALK,
        owner=("message__sender",), shared_by="relationship", leave_out=("raw",), files=letters_as_they_came,
    ),
    Holding("messaging.SeenMarker", _("How far you have read"), Erasure.GOES, _("Yours alone."), owner=("person",)),
    Holding("messaging.SendingKey", _("Which key sends"), Erasure.GOES, _("Yours alone."), owner=("person",)),
    Holding("messaging.Waiting", _("Messages that waited for you"), Erasure.GOES, _("Yours alone."), owner=("person",)),
]  # fmt: skip
