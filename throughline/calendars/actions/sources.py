"""Calendars that people have elsewhere: named, read by jobs, let go of."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError, transaction

from throughline.calendars.access import source_for
from throughline.calendars.domain.reading import NoCalendarError, Reading
from throughline.calendars.models import BusyTime, Source, SourceKind
from throughline.calendars.reading_apart import UnreadableError, read_apart
from throughline.foundation import clock
from throughline.foundation.encryption.installation import key_for
from throughline.foundation.jobs.registry import enqueue
from throughline.foundation.outside import Answer, OutsideError, fetch

if TYPE_CHECKING:
    from throughline.accounts.models import Person

READ = "calendars.read"
BACK, AHEAD = timedelta(days=1), timedelta(weeks=27)  # what a search for times looks at, and a week
EVERY = timedelta(minutes=30)
LONGEST_WAIT = timedelta(hours=24)
LARGEST = 5_000_000  # bytes of a calendar
SECONDS = 20
MOST = 8  # calendars of one person


class CannotFollowError(Exception):
    """`why`: "twice" or "many"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def follow_address(*, by: Person, url: str) -> Source:
    """url: https or http, checked by the form. It is read by a job. Raises CannotFollowError."""
    return add_source(by, SourceKind.ADDRESS, url, {"url": url})


def add_source(by: Person, kind: SourceKind, url: str, way: dict[str, str]) -> Source:
    if Source.objects.filter(person=by).count() >= MOST:
        raise CannotFollowError("many")
    source = Source(person=by, kind=kind, host=urlsplit(url).hostname or "", digest=_digest(by.pk, way))
    source.way = way
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:
        raise CannotFollowError("twice") from None
    enqueue(READ, source_id=source.pk)
    return source


@transaction.atomic
def unfollow(*, by: Person, source_id: UUID) -> None:
    """With all busy times that came from it. Raises Http404 for what is not theirs."""
    source_for(by, source_id).delete()


@transaction.atomic
def look_again(*, by: Person, source_id: UUID) -> None:
    """Read it as soon as may be. Raises Http404 for what is not theirs."""
    source = source_for(by, source_id)
    if source.tried_at is None or clock.now() - source.tried_at > timedelta(minutes=1):
        Source.objects.filter(pk=source.pk).update(next_at=clock.now())
        enqueue(READ, source_id=source.pk)


def read_address(*, source_id: UUID) -> None:
    """Ask once and keep what came back. No transaction is open while the server thinks."""
    source = Source.objects.select_related("person").filter(pk=source_id, kind=SourceKind.ADDRESS).first()
    if source is None or not source.person.is_active:
        return
    try:
        answer = _ask(source)
        if answer.status == 304:
            note_read(source, None, source.etag)
        elif answer.status != 200:
            note_failure(source, "gone" if answer.status in (401, 403, 404, 410) else "status")
        else:
            note_read(source, read_now(answer.body, source), answer.headers.get("etag", "")[:200])
    except OutsideError as error:
        note_failure(source, error.why)
    except NoCalendarError:
        note_failure(source, "nothing")
    except UnreadableError:
        note_failure(source, "unreadable")


def _ask(source: Source) -> Answer:
    asked = {"Accept": "text/calendar, */*;q=0.1"}
    if source.etag and _still_good(source):
        asked["If-None-Match"] = source.etag
    return fetch(source.way["url"], headers=asked, limit=LARGEST, seconds=SECONDS)


def read_now(content: bytes, source: Source) -> Reading:
    now = clock.now()
    return read_apart(content, now - BACK, now + AHEAD, source.person.zone)


@transaction.atomic
def note_read(source: Source, reading: Reading | None, etag: str) -> None:
    """reading: None when nothing changed since. What another job read meanwhile is replaced; a source that its
    person took back stays gone."""
    now = clock.now()
    fresh = Source.objects.select_for_update().filter(pk=source.pk).first()
    if fresh is None:
        return
    fresh.tried_at = fresh.read_at = now
    fresh.next_at, fresh.failures, fresh.trouble = now + EVERY, 0, ""
    if reading is not None:
        fresh.left_out, fresh.etag = reading.left_out, etag
        BusyTime.objects.filter(source=fresh).delete()
        BusyTime.objects.bulk_create(
            (BusyTime(source=fresh, start=start, end=end) for start, end in reading.busy), batch_size=500
        )
    fresh.save()


@transaction.atomic
def note_failure(source: Source, why: str) -> None:
    """What was read before stays; the next try comes later each time."""
    now = clock.now()
    fresh = Source.objects.select_for_update().filter(pk=source.pk).first()
    if fresh is None:
        return
    fresh.failures = min(fresh.failures + 1, 100)
    fresh.tried_at, fresh.trouble = now, why
    fresh.next_at = now + min(EVERY * 2 ** min(fresh.failures, 8), LONGEST_WAIT)
    fresh.save(update_fields=["failures", "tried_at", "trouble", "next_at"])


def _still_good(source: Source) -> bool:
    """Once a day everything is read anew: the stretch of time that we look at has moved on."""
    return source.read_at is not None and source.read_at.date() == clock.now().date() and not source.failures


def _digest(person_id: UUID, way: dict[str, str]) -> str:
    named = "\n".join([str(person_id), way["url"], way.get("user", "")])
    return hmac.new(key_for("calendars:address"), named.encode(), hashlib.sha256).hexdigest()
