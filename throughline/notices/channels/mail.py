"""News by mail: alone, in the thread of its relationship, and answerable; or several together."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from throughline.foundation.environment import ENV
from throughline.notices.actions.answers import answer_address
from throughline.notices.domain.kinds import NoticeKind
from throughline.notices.models import Notice
from throughline.notices.threads import headers_of
from throughline.notices.words import Mail, rendered

Letter = tuple[Notice, NoticeKind, Mail]


def send(notice: Notice, kind: NoticeKind, mail: Mail) -> None:
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
    for part in mail.parts:
        if part.name:
            message.attach(part.name, part.content, part.media_type)
        else:
            message.attach_alternative(part.content.decode(), part.media_type)
    message.send()


def send_together(letters: Sequence[Letter]) -> None:
    """One mail with a line and a link for each; what people wrote to each other is in it where they chose that."""
    notice, kind, _mail = letters[0]
    person = notice.recipient
    items = [
        {
            "subject": mail.subject,
            "link": ENV.origin + (each.address or f"{ENV.prefix}/"),
            "words": mail.text if kind_of.answer and mail.says_words else "",
        }
        for each, kind_of, mail in letters
    ]
    with translation.override(person.language if person else ""):
        mail = rendered("notices/together.txt", {"recipient": person, "items": items})
    alone = NoticeKind(kind.name, kind.template, agreed=True, topic=kind.topic)
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[person.email if person else notice.email],
        headers=headers_of(notice, alone),
    )
    message.attach_alternative(mail.html, "text/html")
    for _notice, _kind, each in letters:
        for part in each.parts:
            if part.name:
                message.attach(part.name, part.content, part.media_type)
    message.send()
