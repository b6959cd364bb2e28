"""Addresses that people may answer to, and taking in what arrives there."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from email.message import Message
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.accounts.queries import addresses_of
from throughline.foundation import clock
from throughline.foundation.encryption.installation import key_for
from throughline.foundation.environment import ENV
from throughline.notices.domain import letters, trust
from throughline.notices.domain.addresses import Place, digest_of, place_of, token_for
from throughline.notices.domain.answers import Arrived, Refused, accept_of
from throughline.notices.domain.natures import Nature, is_final, nature_of
from throughline.notices.models import AnswerAddress, CameBack, TakenMail

if TYPE_CHECKING:
    from throughline.accounts.models import Person

GOOD_FOR = timedelta(days=400)  # since the last mail that carried it
log = logging.getLogger(__name__)


def place() -> Place | None:
    """Where this installation takes mail in, or None."""
    return place_of(ENV.inbound_domain)


@transaction.atomic
def answer_address(*, kind: str, person: Person, **ids: UUID | str | int) -> str:
    """The address to which this person may write about this thing: the same one each time, good for GOOD_FOR more.

    "" where the installation takes no mail in. Raises KeyError for a kind that nobody registered.
    """
    accept_of(kind)
    here = place()
    if here is None:
        return ""
    plain = {name: str(value) for name, value in ids.items()}
    token = token_for(key_for("answer addresses"), kind=kind, person_id=person.pk, ids=plain)
    AnswerAddress.objects.update_or_create(
        digest=digest_of(token),
        defaults={"expires_at": clock.now() + GOOD_FOR},
        create_defaults={"person": person, "kind": kind, "ids": plain, "expires_at": clock.now() + GOOD_FOR},
    )
    return here.address(token)


def is_known(address: str) -> bool:
    """Whether mail to this address would be looked at."""
    return _row_of(address) is not None


def take_in(*, raw: bytes, to: str, envelope_sender: str = "?") -> Nature:
    """Take one mail in, whole or not at all: when this returns it is stored, and when it raises nothing is.

    to: the one recipient. envelope_sender: of MAIL FROM; "?" where a mailbox does not tell. The same mail again changes
    nothing. Raises Refused with a sentence for its sender.
    """
    row = _row_of(to)
    if row is None:
        raise Refused(_("There is no such address here. Open the conversation on the site to answer."))
    with translation.override(row.person.language):
        mail = letters.parsed(raw)
        nature = nature_of(mail, subject=letters.header(mail, "Subject"), envelope_sender=envelope_sender)
        sender = _checked_sender(row.person, mail) if nature is Nature.PERSON else ""
        with transaction.atomic():
            _take_once(row, mail, raw, nature, sender)
    return nature


def _take_once(row: AnswerAddress, mail: Message, raw: bytes, nature: Nature, sender: str) -> None:
    """Whatever the room raises is raised on: only a mail that is known by its id is passed over."""
    message_id = letters.header(mail, "Message-ID")
    digest = hashlib.sha256(message_id.encode() or raw).digest()
    _taken, first = TakenMail.objects.get_or_create(address=row, digest=digest, defaults={"nature": nature})
    if not first:
        log.info("a mail for %s was taken before", row.pk)
        return
    if nature is Nature.PERSON:
        CameBack.objects.filter(person=row.person).delete()
        subject = letters.header(mail, "Subject")
        accept_of(row.kind)(Arrived(row.person_id, row.ids, sender, subject, message_id, clock.now(), raw))
    elif nature is Nature.CAME_BACK and is_final(raw):
        CameBack.objects.update_or_create(person=row.person, defaults={"at": clock.now()})


def _row_of(address: str) -> AnswerAddress | None:
    here = place()
    token = here.token_in(address) if here else None
    if token is None:
        return None
    rows = AnswerAddress.objects.select_related("person").filter(person__is_active=True, expires_at__gt=clock.now())
    return rows.filter(digest=digest_of(token)).first()


def _checked_sender(person: Person, mail: Message) -> str:
    senders = letters.senders(mail)
    own = {address.lower() for address in addresses_of(person.pk)}
    if len(senders) != 1 or senders[0] not in own:
        raise Refused(
            _("Only the person to whom our mail went can answer it by mail, from the address of their account here. ")
            + _("Write from that address, or open the conversation on the site.")
        )
    if ENV.inbound_trust and not trust.vouches(mail, trusted=ENV.inbound_trust, sender=senders[0]):
        raise Refused(
            _("Your mail provider does not vouch for this mail (SPF, DKIM or DMARC), so it was not taken. ")
            + _("Open the conversation on the site to answer.")
        )
    return senders[0]
