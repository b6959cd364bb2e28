"""Telling somebody: a row now, a mail after commit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import Http404
from django.utils import timezone, translation

from throughline.accounts.queries import availability_of
from throughline.foundation import clock
from throughline.foundation.encryption.envelope import open_sealed, seal
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV
from throughline.foundation.jobs.registry import enqueue
from throughline.notices.domain.kinds import NoticeKind, kind_named
from throughline.notices.models import Notice
from throughline.notices.words import Mail, rendered

if TYPE_CHECKING:
    from throughline.accounts.models import Person

SEND = "notices.send"
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
    """Mail a person about a thing, once this transaction commits; after their quiet hours unless urgent.

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
    now = clock.now()
    wake = now if found.urgent else availability_of(recipient).awake_at(now)
    enqueue(SEND, run_after=wake if wake > now else None, notice_id=str(notice.pk))
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


def send_notice(*, notice_id: UUID) -> None:
    """Send it unless it is sent, or its thing is gone. Raises what the mail server raises, and then nothing is marked.

    No transaction is open while the mail server thinks: with SQLite it would hold up everybody's writing. The
    job's lease keeps two workers apart; a crash between the server's yes and our mark sends it again.
    """
    notice = Notice.objects.select_related("recipient").filter(pk=notice_id, sent_at=None, dropped_at=None).first()
    if notice is None:
        return
    mail = _mail(notice, kind_named(notice.kind))
    if mail is None:
        notice.dropped_at = clock.now()
    else:
        _hand_over(mail, to=notice.recipient.email if notice.recipient else notice.email)
        notice.sent_at = clock.now()
    notice.sealed = None
    notice.save(update_fields=["sent_at", "dropped_at", "sealed"])


def _refuse_content(address: str, ids: Mapping[str, UUID | str | int]) -> None:
    """A notice row lies open: what people wrote must not get into it by mistake."""
    if address and not _PATH.fullmatch(address):
        raise ValueError("a notice links to a path of ours, such as reverse() gives")
    for name, value in ids.items():
        if not _ID.fullmatch(str(value)):
            raise ValueError(f"{name} is neither an id nor a number: look its words up when the mail is sent")


def _mail(notice: Notice, kind: NoticeKind) -> Mail | None:
    person = notice.recipient
    if person is not None and not person.is_active:
        return None
    try:
        values = kind.values(notice.ids) if kind.values else {}
    except (LookupError, ObjectDoesNotExist, Http404):
        return None
    values |= _unsealed(notice)
    values |= {"recipient": person, "link": ENV.origin + (notice.address or f"{ENV.prefix}/")}
    language = person.language if person else notice.language
    with timezone.override(ZoneInfo(person.zone if person else "UTC")), translation.override(language):
        return rendered(kind.template, values)


def _unsealed(notice: Notice) -> dict[str, Any]:
    if notice.sealed is None:
        return {}
    return dict(json.loads(open_sealed(installation_key(), bytes(notice.sealed), b"notice:" + notice.pk.bytes)))


def _hand_over(mail: Mail, *, to: str) -> None:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[to])
    message.attach_alternative(mail.html, "text/html")
    message.send()
