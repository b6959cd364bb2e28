"""Telling somebody: a row now, a mail after commit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation import clock
from throughline.foundation.encryption.envelope import seal
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.jobs.registry import enqueue
from throughline.notices.actions.sending import SEND, due_of
from throughline.notices.domain.kinds import kind_named
from throughline.notices.domain.rules import waits
from throughline.notices.models import Notice
from throughline.notices.queries import channel_rule_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

_ID = re.compile(r"[\w.:+-]{1,64}", re.ASCII)
_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]{0,499}")


@transaction.atomic
def notify(
    *,
    kind: str,
    recipient: Person,
    thing: tuple[str, UUID] | None = None,
    address: str = "",
    relationship_id: UUID | None = None,
    **ids: UUID | str | int,
) -> Notice:
    """Tell a person about a thing, once this transaction commits, at the right time and by the ways that they chose.

    A kind that may wait leaves as long as the two have agreed (domain/rules.py).
    address: the path of ours that the mail links to (Today when empty). ids: what the kind's `values` needs to
    look up; ids and numbers only. Raises KeyError for an unregistered kind, ValueError for what is no path or id.
    """
    found = kind_named(kind)
    _refuse_content(address, ids)
    notice = Notice.objects.create(
        kind=kind,
        recipient=recipient,
        relationship_id=relationship_id,
        thing_kind=thing[0] if thing else "",
        thing_id=thing[1] if thing else None,
        address=address,
        ids={name: str(value) for name, value in ids.items()},
    )
    if relationship_id and found.may_wait and found.may_wait(notice.ids):
        notice.not_before = notice.created_at + waits(channel_rule_of(relationship_id, recipient.pk))
    due = due_of(notice)
    Notice.objects.filter(pk=notice.pk).update(due_at=due, not_before=notice.not_before)
    enqueue(SEND, run_after=due if due > clock.now() else None, notice_id=str(notice.pk))
    return notice


@transaction.atomic
def mail_address(
    *,
    kind: str,
    email: str,
    language: str,
    context: Mapping[str, str],
    relationship_id: UUID | None = None,
) -> Notice:
    """Mail an address that has no account yet (an invitation). context: plain ids, names and links for the template.

    It may hold a link that works once, so it is kept sealed and is wiped when the mail has gone.
    """
    kind_named(kind)
    notice = Notice(kind=kind, email=email, language=language, relationship_id=relationship_id)
    plain = json.dumps(dict(context)).encode()
    notice.sealed = seal(installation_key(), plain, b"notice:" + notice.pk.bytes)
    notice.save()
    enqueue(SEND, notice_id=str(notice.pk))
    return notice


def _refuse_content(address: str, ids: Mapping[str, UUID | str | int]) -> None:
    """A notice row lies open: what people wrote must not get into it by mistake."""
    if address and not _PATH.fullmatch(address):
        raise ValueError("a notice links to a path of ours, such as reverse() gives")
    for name, value in ids.items():
        if not _ID.fullmatch(str(value)):
            raise ValueError(f"{name} is neither an id nor a number: look its words up when the mail is sent")
