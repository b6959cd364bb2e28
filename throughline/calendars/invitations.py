"""The mails of this room: invitations that calendar programs understand, and a word when an answer cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from throughline.calendars.domain.writing import Entry, Invited, calendar_of
from throughline.calendars.kinds import ANSWER, CHANGED, INVITED, OFF, STALE, WHOLE
from throughline.calendars.models import Event, Run
from throughline.calendars.queries.entries import entry_in_run, entry_of, entry_of_run, names_of_others, title_of
from throughline.notices.actions import answer_address
from throughline.notices.domain.kinds import NoticeKind, Part


def _run(ids: Mapping[str, str]) -> Run:
    """Raises DoesNotExist when it changed once more since: that mail says it all."""
    return Run.objects.select_related("person").get(pk=ids["run_id"], sequence=ids["sequence"])


def _event(ids: Mapping[str, str]) -> Event:
    found = Event.objects.select_related("person", "run")
    return found.get(pk=ids["event_id"], sequence=ids["sequence"])


def _of_run(ids: Mapping[str, str]) -> dict[str, Any]:
    run = _run(ids)
    title = title_of(run, names_of_others([run]))
    return {"title": title, "first": run.start, "ended": run.ended_at is not None, "again": run.sequence > 0}


def _of_event(ids: Mapping[str, str]) -> dict[str, Any]:
    event = _event(ids)
    return {"title": title_of(event, names_of_others([event])), "start": event.start, "before": event.recurrence}


def _stale(ids: Mapping[str, str]) -> dict[str, Any]:
    what, _colon, key = ids["about"].partition(":")
    return {"start": Event.objects.get(pk=key).start if what == "event" else None}


def _parts_of_run(ids: Mapping[str, str]) -> Sequence[Part]:
    run = _run(ids)
    events = list(Event.objects.filter(run=run).order_by("recurrence")) if run.ended_at is None else []
    called = names_of_others([run, *events])
    whole = entry_of_run(run, called)
    entries = [whole]
    for event in events:
        if event.cancelled_at is None and event.start != event.recurrence and event.recurrence not in whole.without:
            entries.append(entry_in_run(event, run, called))
    return [_part(run, entries, "CANCEL" if whole.cancelled else "REQUEST", {"run_id": run.pk})]


def _parts_of_event(ids: Mapping[str, str]) -> Sequence[Part]:
    event = _event(ids)
    called = names_of_others([event])
    entry = entry_in_run(event, event.run, called) if event.run else entry_of(event, called)
    about = {"run_id": event.run.pk} if event.run else {"event_id": event.pk}
    return [_part(event, [entry], "CANCEL" if entry.cancelled else "REQUEST", about)]


def _part(row: Event | Run, entries: Sequence[Entry], method: str, about: dict[str, Any]) -> Part:
    """The organizer is where answers go. An installation that takes no mail in asks for none."""
    sender, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    back = answer_address(kind=ANSWER, person=row.person, **about)
    with translation.override(row.person.language):
        people = Invited(back or address, sender or "Throughline", row.person.email, row.person.called, not back)
        content = calendar_of(entries, method=method, invited=people, words=_("Join the meeting"))
    return Part(f"text/calendar; method={method}", content)


NOTICES = [
    NoticeKind(INVITED, "calendars/notices/invited.txt", agreed=True, values=_of_run, parts=_parts_of_run),
    NoticeKind(CHANGED, "calendars/notices/changed.txt", agreed=True, values=_of_event, parts=_parts_of_event),
    NoticeKind(OFF, "calendars/notices/off.txt", agreed=True, values=_of_event, parts=_parts_of_event),
    NoticeKind(STALE, "calendars/notices/stale.txt", agreed=True, values=_stale),
    NoticeKind(WHOLE, "calendars/notices/whole.txt", agreed=True),
]
