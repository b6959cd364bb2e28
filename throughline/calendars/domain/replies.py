"""What calendar programs mail back to an invitation: iTIP in MIME (RFC 5546, RFC 6047)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import Any

from icalendar import Calendar

MOST = 20
LARGEST = 200_000
METHODS = ("REPLY", "COUNTER")


@dataclass(frozen=True)
class Reply:
    """answer: "accepted", "tentative", "declined", or "countered" with the start (UTC) that is asked for instead.

    attendee: an address in small letters. recurrence: the start (UTC) of the one occurrence that is meant; None is all.
    """

    uid: str
    answer: str
    attendee: str
    sequence: int
    recurrence: datetime | None = None
    start: datetime | None = None


def replies_in(mail: Message) -> list[Reply]:
    """Of all its parts, each once; what cannot be understood is none."""
    found: list[Reply] = []
    for part in mail.walk():
        if part.get_content_type() in ("text/calendar", "application/ics"):
            found += [reply for reply in _replies(part) if reply not in found]
    return found[:MOST]


def _replies(part: Message) -> Iterator[Reply]:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > LARGEST:
        return
    try:
        calendar = Calendar.from_ical(content.decode(part.get_content_charset() or "utf-8", "replace"))
        method = str(calendar.get("METHOD", part.get_param("method", ""))).upper()
        if method not in METHODS:
            return
        found = [_reply(event, method) for event in calendar.walk("VEVENT")[:MOST]]
    except Exception:
        return
    yield from (reply for reply in found if reply is not None)


def _reply(event: Any, method: str) -> Reply | None:
    attendees = event.get("ATTENDEE")
    attendees = attendees if isinstance(attendees, list) else [attendees] if attendees else []
    if len(attendees) != 1:
        return None
    address = str(attendees[0]).lower().removeprefix("mailto:").strip()
    said = str(attendees[0].params.get("PARTSTAT", "")).lower()
    answer = "countered" if method == "COUNTER" else said
    if answer not in ("accepted", "tentative", "declined", "countered") or not event.get("UID"):
        return None
    start = _instant(event.get("DTSTART")) if method == "COUNTER" else None
    if method == "COUNTER" and start is None:
        return None
    sequence = int(event.get("SEQUENCE", 0))
    return Reply(str(event["UID"]), answer, address, sequence, _instant(event.get("RECURRENCE-ID")), start)


def _instant(value: Any) -> datetime | None:
    when = getattr(value, "dt", None)
    if not isinstance(when, datetime) or when.tzinfo is None:
        return None
    return when.astimezone(UTC)
