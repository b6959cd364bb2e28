"""A person's events as their calendar shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from throughline.accounts.queries import people_by_id
from throughline.calendars.domain.writing import Entry, calendar_of
from throughline.calendars.models import Event, Run
from throughline.foundation import clock
from throughline.foundation.environment import ENV

if TYPE_CHECKING:
    from throughline.accounts.models import Person

KEPT_IN_FEED = timedelta(days=92)
"""What is over stays in the feed for a quarter, so that a calendar can look back."""


def feed_of(person: Person) -> bytes:
    """Everything that stands in this person's calendar, in their language. Two queries."""
    rows = Event.objects.filter(person=person, cancelled_at=None, end__gt=clock.now() - KEPT_IN_FEED)
    entries = entries_of(list(rows.order_by("start", "pk")))
    return calendar_of(entries, name=_("Mentoring"), words=_("Join the meeting"))


def entries_of(events: Sequence[Event]) -> list[Entry]:
    """One query for the names."""
    called = names_of_others(events)
    return [entry_of(event, called) for event in events]


def entry_of(event: Event, called: dict[str, str]) -> Entry:
    return Entry(
        uid=event.uid,
        sequence=event.sequence,
        stamp=event.changed_at,
        start=event.start,
        end=event.end,
        zone=event.zone,
        title=title_of(event, called),
        join=ENV.origin + event.path,
        cancelled=event.cancelled_at is not None,
    )


def entry_of_run(run: Run, called: dict[str, str]) -> Entry:
    """An ended one stops where it ended."""
    rule = run.rule
    if run.ended_at is not None:
        kept = [part for part in rule.split(";") if not part.startswith("UNTIL=")]
        rule = ";".join([*kept, f"UNTIL={run.ended_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"])
    return Entry(
        uid=run.uid,
        sequence=run.sequence,
        stamp=run.changed_at,
        start=run.start,
        end=run.start + timedelta(minutes=run.minutes),
        zone=run.zone,
        title=title_of(run, called),
        join=ENV.origin + run.path,
        cancelled=run.ended_at is not None and run.start >= run.ended_at,
        rule=rule,
        without=instants(run.without),
    )


def entry_in_run(event: Event, run: Run, called: dict[str, str]) -> Entry:
    """One occurrence, under the uid of its run."""
    sequence = max(event.sequence, run.sequence)
    return replace(entry_of(event, called), uid=run.uid, sequence=sequence, recurrence=event.recurrence)


def names_of_others(rows: Iterable[Event | Run]) -> dict[str, str]:
    """What the people whom these are with are called now, by id."""
    ids = {UUID(other) for row in rows for other in row.others}
    return {str(person_id): person.called for person_id, person in people_by_id(ids).items()}


def title_of(row: Event | Run, called: dict[str, str]) -> str:
    names = ", ".join(called[other] for other in row.others if other in called)
    return _("Mentoring with %(names)s") % {"names": names} if names else _("Mentoring")


def instants(texts: Iterable[str]) -> tuple[datetime, ...]:
    return tuple(datetime.fromisoformat(text) for text in texts)
