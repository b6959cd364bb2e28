"""The secret address at which a person's calendar program finds our meetings."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.calendars.access import digest_of
from throughline.calendars.models import MailStop, Subscription
from throughline.calendars.signals import calendar_opened
from throughline.foundation import clock

if TYPE_CHECKING:
    from throughline.accounts.models import Person

READ_AGAIN = timedelta(hours=1)


@transaction.atomic
def make_subscription(*, by: Person) -> str:
    """The secret of a new address, which nobody can read again; the one before stops working."""
    secret = secrets.token_urlsafe(32)
    Subscription.objects.update_or_create(
        person=by, defaults={"digest": digest_of(secret), "made_at": clock.now(), "read_at": None}
    )
    MailStop.objects.get_or_create(person=by)  # or each meeting would stand in their calendar twice
    calendar_opened.send(Subscription, person=by)
    return secret


@transaction.atomic
def revoke_subscription(*, by: Person) -> None:
    """Invitations come by mail again, since nothing else tells their calendar. Revoking what is gone is nothing."""
    if Subscription.objects.filter(person=by).delete()[0]:
        MailStop.objects.filter(person=by).delete()


@transaction.atomic
def note_read(*, subscription: Subscription) -> None:
    """Once an hour at most: a calendar asks all day."""
    now = clock.now()
    if subscription.read_at is None or now - subscription.read_at > READ_AGAIN:
        Subscription.objects.filter(pk=subscription.pk).update(read_at=now)


@transaction.atomic
def choose_mail(*, by: Person, wanted: bool) -> None:
    """Whether invitations and changes come by mail. Choosing the same again changes nothing."""
    if wanted:
        MailStop.objects.filter(person=by).delete()
    else:
        MailStop.objects.get_or_create(person=by)
