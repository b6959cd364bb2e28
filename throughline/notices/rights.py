"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from throughline.accounts.queries import addresses_of, names_of
from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.rights.holdings import Erasure, Holding
from throughline.foundation.rights.periods import Period
from throughline.notices.models import AnswerAddress, Notice
from throughline.notices.outbox import forget_mails_before, forget_mails_with


def notices_to(person_id: UUID) -> QuerySet[Notice]:
    """Also those that went to the address before it had an account."""
    addresses = [address.lower() for address in addresses_of(person_id)]
    rows = Notice.objects.annotate(lower=Lower("email"))
    return rows.filter(Q(recipient_id=person_id) | Q(lower__in=[address for address in addresses if address]))


def forget_mail(person_id: UUID) -> None:
    """The rows, and what the outbox of an installation without a mail server kept for or about this person."""
    notices_to(person_id).delete()
    forget_mails_with([*addresses_of(person_id), *names_of(person_id)])


def forget_sent_mail(before: datetime) -> int:
    """That it was sent, or dropped; and the mail itself where an outbox keeps it. What still waits stays.

    Addresses for answers go when they are good no more, with the marks of what was taken in there.
    """
    AnswerAddress.objects.filter(expires_at__lt=clock.now()).delete()
    gone = Notice.objects.filter(Q(sent_at__lt=before) | Q(dropped_at__lt=before)).delete()[0]
    return gone + forget_mails_before(before)


PERIODS = [
    Period(
        "notices.sent", _("Mail that we sent"), ENV.keep_mail_days,
        _("Kind, time and to whom, so that whoever runs the site can see whether mail goes out."), forget_sent_mail,
    ),
]  # fmt: skip

HOLDINGS = [
    Holding(
        "notices.Notice", _("Mail that we sent you"), Erasure.GOES, _("It was written to you alone."),
        owner=("recipient",), rows=notices_to, leave_out=("sealed",), erase=forget_mail,
    ),
    Holding(
        "notices.AnswerAddress", _("Where you can answer our mail"), Erasure.GOES, _("Yours alone."),
        owner=("person",), leave_out=("digest",),
    ),
    Holding(
        "notices.ChannelRule", _("How your agreements say that we tell you"), Erasure.GOES, _("Written for you alone."),
        owner=("person",),
    ),
    Holding("notices.Reach", _("When our news reach you"), Erasure.GOES, _("Yours alone."), owner=("person",)),
    Holding("notices.Wish", _("Which news you want by which way"), Erasure.GOES, _("Yours alone."), owner=("person",)),
    Holding(
        "notices.Target", _("Devices and webhooks that get our news"), Erasure.GOES, _("Yours alone."),
        owner=("person",), leave_out=("digest", "sealed"),
    ),
    Holding("notices.AwayNote", _("That your mailbox said you are away"), Erasure.GOES, _("Yours alone."),
            owner=("person",)),
    Holding("notices.CameBack", _("That mail to you came back"), Erasure.GOES, _("Yours alone."), owner=("person",)),
]  # fmt: skip
