"""A notice on its way out: its words are made now, from what is true now, and handed to the mail server."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.http import Http404
from django.utils import timezone, translation

from throughline.foundation import clock
from throughline.foundation.encryption.envelope import open_sealed
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV
from throughline.notices.actions.answers import answer_address
from throughline.notices.domain.kinds import NoticeKind, Part, kind_named
from throughline.notices.models import Notice
from throughline.notices.threads import headers_of
from throughline.notices.words import Mail, rendered


def send_notice(*, notice_id: UUID) -> None:
    """Send it unless it is sent, or its thing is gone. Raises what the mail server raises, and then nothing is marked.

    No transaction is open while the mail server thinks: with SQLite it would hold up everybody's writing. The
    job's lease keeps two workers apart; a crash between the server's yes and our mark sends it again.
    """
    notice = Notice.objects.select_related("recipient").filter(pk=notice_id, sent_at=None, dropped_at=None).first()
    if notice is None:
        return
    kind = kind_named(notice.kind)
    try:
        mail, parts = _mail(notice, kind), kind.parts(notice.ids) if kind.parts else ()
    except (LookupError, ObjectDoesNotExist, Http404):
        mail = None
    if mail is None:
        notice.dropped_at = clock.now()
    else:
        _hand_over(notice, kind, mail, parts)
        notice.sent_at = clock.now()
    notice.sealed = None
    notice.save(update_fields=["sent_at", "dropped_at", "sealed"])


def _mail(notice: Notice, kind: NoticeKind) -> Mail | None:
    """None for somebody who is switched off. Raises what the kind's `values` raises when the thing is gone."""
    person = notice.recipient
    if person is not None and not person.is_active:
        return None
    values = kind.values(notice.ids) if kind.values else {}
    values |= _unsealed(notice)
    values |= {"recipient": person, "link": ENV.origin + (notice.address or f"{ENV.prefix}/")}
    language = person.language if person else notice.language
    with timezone.override(ZoneInfo(person.zone if person else "UTC")), translation.override(language):
        return rendered(kind.template, values)


def _unsealed(notice: Notice) -> dict[str, Any]:
    if notice.sealed is None:
        return {}
    return dict(json.loads(open_sealed(installation_key(), bytes(notice.sealed), b"notice:" + notice.pk.bytes)))


def _hand_over(notice: Notice, kind: NoticeKind, mail: Mail, parts: Sequence[Part]) -> None:
    """The address for answers is the envelope's sender too: there, mailboxes send what they could not deliver."""
    person = notice.recipient
    back = answer_address(kind=kind.answer, person=person, **notice.ids) if kind.answer and person else ""
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        from_email=back or None,
        to=[person.email if person else notice.email],
        reply_to=[back] if back else None,
        headers={"From": settings.DEFAULT_FROM_EMAIL, **headers_of(notice, kind)},
    )
    message.attach_alternative(mail.html, "text/html")
    for part in parts:
        if part.name:
            message.attach(part.name, part.content, part.media_type)
        else:
            message.attach_alternative(part.content.decode(), part.media_type)
    message.send()
