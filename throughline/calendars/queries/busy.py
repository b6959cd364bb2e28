"""When a person's own calendars say that they are busy."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from throughline.calendars.domain.spans import Pair, joined
from throughline.calendars.models import BusyTime

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def busy_times(person: Person, begin: datetime, end: datetime) -> list[Pair]:
    """Of all calendars that this person named, as they were last read: sorted, disjoint, within [begin, end). UTC.

    Our own meetings are not among them, also where such a calendar shows them. One query; nothing is fetched.
    """
    rows = BusyTime.objects.filter(source__person=person, start__lt=end, end__gt=begin)
    spans = rows.order_by("start").values_list("start", "end")
    return joined((max(start, begin), min(stop, end)) for start, stop in spans)
