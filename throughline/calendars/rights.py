"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from throughline.calendars.actions import forget_old_events
from throughline.foundation.rights.holdings import Erasure, Holding
from throughline.foundation.rights.periods import Period

YOURS = _("It is your own calendar's, and nobody else reads it.")


def forget_events(before: datetime) -> int:
    return forget_old_events(before=before)


PERIODS = [
    Period(
        "calendars.events", _("What stood in your own calendar"), 400,
        _("The meetings themselves are kept with your relationship; this is what was written for your calendar."),
        forget_events,
    ),
]  # fmt: skip

HOLDINGS = [
    Holding("calendars.Run", _("Series in your own calendar"), Erasure.GOES, YOURS, owner=("person",)),
    Holding("calendars.Event", _("Meetings in your own calendar"), Erasure.GOES, YOURS, owner=("person",)),
    Holding(
        "calendars.Subscription", _("The secret address of your meetings"), Erasure.GOES, YOURS,
        owner=("person",), leave_out=("digest",),
    ),
    Holding("calendars.MailStop", _("That you want no invitations by mail"), Erasure.GOES, YOURS, owner=("person",)),
    Holding(
        "calendars.Source", _("Calendars of yours elsewhere"), Erasure.GOES, YOURS,
        owner=("person",), leave_out=("sealed", "digest", "etag"),
    ),
    Holding(
        "calendars.BusyTime", _("When your calendars say that you are busy"), Erasure.GOES, YOURS,
        owner=("source__person",),
    ),
    Holding(
        "calendars.Copy", _("Meetings written into your calendars"), Erasure.GOES, YOURS,
        owner=("source__person",), leave_out=("digest", "etag"),
    ),
]  # fmt: skip
