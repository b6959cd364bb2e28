"""What the rooms above plan, as events in the calendars of each person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from throughline.calendars.actions.outward import event_changed, run_changed
from throughline.calendars.models import Answer, Event, Run
from throughline.foundation import clock
from throughline.foundation.environment import ENV


@dataclass(frozen=True)
class Rule:
    """How events repeat. source: the planner's name of it. text: an RRULE without UNTIL's zone trouble: its instants
    are UTC. start: of the first. without: starts that the rule has and that do not take place."""

    source: str
    start: datetime
    minutes: int
    text: str
    without: tuple[datetime, ...] = ()


@transaction.atomic
def keep_run(
    *, person_id: UUID, rule: Rule, zone: str, others: Iterable[UUID], path: str, relationship_id: UUID | None
) -> Run:
    """Make it, or bring it up to date; the same again changes nothing and tells nobody."""
    wanted = {
        "relationship_id": relationship_id,
        "start": rule.start,
        "minutes": rule.minutes,
        "zone": zone,
        "rule": rule.text,
        "without": sorted(start.isoformat() for start in rule.without),
        "others": sorted(str(other) for other in others),
        "path": path,
        "ended_at": None,
    }
    run = Run.objects.select_for_update().filter(person_id=person_id, source=rule.source).first()
    if run is None:
        run = Run(person_id=person_id, source=rule.source, uid=_uid(rule.source, person_id), **wanted)
        run.save()
        run_changed(run, new=True)
    elif _differ(run, wanted):
        run.sequence += 1
        run.changed_at = clock.now()
        run.save()
        run_changed(run, new=False)
    return run


@transaction.atomic
def end_run(*, person_id: UUID, source: str) -> None:
    """Nothing of it is to come any more. Ending twice is ending once."""
    run = Run.objects.select_for_update().filter(person_id=person_id, source=source, ended_at=None).first()
    if run is None:
        return
    run.ended_at = run.changed_at = clock.now()
    run.sequence += 1
    run.save()
    run_changed(run, new=False)


@transaction.atomic
def keep_event(
    *,
    person_id: UUID,
    source: str,
    start: datetime,
    end: datetime,
    zone: str,
    others: Iterable[UUID],
    path: str,
    relationship_id: UUID | None,
    run: Run | None = None,
    recurrence: datetime | None = None,
    restore: bool = False,
) -> Event:
    """Make it, or bring it up to date; the same again changes nothing and tells nobody.

    recurrence: the start that the run's rule gives it. restore: write it out once more although nothing changed, since
    the person's own calendar says something else.
    """
    wanted = {
        "relationship_id": relationship_id,
        "start": start,
        "end": end,
        "zone": zone,
        "others": sorted(str(other) for other in others),
        "path": path,
        "run_id": run.pk if run else None,
        "recurrence": recurrence,
        "cancelled_at": None,
    }
    event = Event.objects.select_for_update().filter(person_id=person_id, source=source).first()
    if event is None:
        event = Event(person_id=person_id, source=source, uid=_uid(source, person_id), **wanted)
        event.sequence = run.sequence if run else 0
        event.save()
        event_changed(event, new=True)
        return event
    again = restore and event.answer in (Answer.DECLINED, Answer.COUNTERED)
    before = (event.cancelled_at, event.start, event.recurrence)
    if _differ(event, wanted) or again:
        _raise_sequence(event, run)
        event.answer, event.answered_at = ("", None) if again else (event.answer, event.answered_at)
        event.save()
        event_changed(event, new=False, said=again or before[0] is not None or before[1] != before[2])
    return event


@transaction.atomic
def cancel_event(*, person_id: UUID, source: str) -> None:
    """It does not take place. Cancelling twice is cancelling once; what was never kept is nothing to cancel."""
    event = (
        Event.objects.select_for_update(of=("self",))
        .select_related("run")
        .filter(person_id=person_id, source=source, cancelled_at=None)
        .first()
    )
    if event is None:
        return
    event.cancelled_at = clock.now()
    _raise_sequence(event, event.run)
    event.save()
    event_changed(event, new=False)


@transaction.atomic
def forget_old_events(*, before: datetime) -> int:
    """Returns how many."""
    runs = Run.objects.filter(ended_at__lt=before).delete()[0]
    return runs + Event.objects.filter(end__lt=before).delete()[0]


def _raise_sequence(event: Event, run: Run | None) -> None:
    """Above everything that was ever said under the same uid."""
    event.sequence = max(event.sequence, run.sequence if run else 0) + 1
    event.changed_at = clock.now()


def _differ(row: Event | Run, wanted: Mapping[str, object]) -> bool:
    """Also takes the new values over."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return bool(changed)


def _uid(source: str, person_id: UUID) -> str:
    """The same for ever, and another one for each person: each is invited alone."""
    host = urlsplit(ENV.base_url).hostname or "localhost"
    return f"throughline-{uuid5(NAMESPACE_URL, f'{source}:{person_id}').hex}@{host[:60]}"
