"""Events as a calendar of RFC 5545 that any program reads: names and a link to join, never content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vRecur, vText, vUri
from icalendar import Event as Component

from throughline.calendars.domain.zones import zone_table

PRODUCT = "-//Throughline//Meetings//EN"
YEARS_AHEAD = 10
"""How far a rule without an end can rely on the zone's table that goes with it."""


@dataclass(frozen=True)
class Entry:
    """One event as a calendar shows it. Instants are aware; it is written in the wall clock of `zone`.

    recurrence: the start that it replaces in a run of the same uid. rule, without: of the run itself.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    zone: str
    title: str
    join: str
    cancelled: bool = False
    recurrence: datetime | None = None
    rule: str = ""
    without: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Invited:
    """Who sends an invitation and who is asked: addresses of mail."""

    organizer: str
    called: str
    attendee: str
    attendee_called: str
    accepted: bool = False


def calendar_of(
    entries: Sequence[Entry], *, name: str = "", method: str = "", invited: Invited | None = None, words: str = ""
) -> bytes:
    """method: of iTIP, such as REQUEST. words: the label of the link to join, in the reader's language."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for zone, years in _zones(entries).items():
        calendar.add_component(zone_table(zone, *years))
    for entry in entries:
        calendar.add_component(_component(entry, invited, words))
    return bytes(calendar.to_ical())


def _zones(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """No more years than are needed: a long table says less to a reader than a short one."""
    found: dict[str, tuple[int, int]] = {}
    for entry in entries:
        if entry.zone == "UTC":
            continue
        first, last = entry.start.year - 1, entry.end.year + (YEARS_AHEAD if entry.rule else 1)
        known = found.get(entry.zone, (first, last))
        found[entry.zone] = min(first, known[0]), max(last, known[1])
    return found


def _component(entry: Entry, invited: Invited | None, words: str) -> Component:
    zone = ZoneInfo(entry.zone) if entry.zone != "UTC" else UTC
    event = Component()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    event.add("last-modified", entry.stamp.astimezone(UTC))
    event.add("dtstart", entry.start.astimezone(zone))
    event.add("dtend", entry.end.astimezone(zone))
    if entry.recurrence is not None:
        event.add("recurrence-id", entry.recurrence.astimezone(zone))
    if entry.rule:
        event.add("rrule", vRecur.from_ical(entry.rule))
        for start in entry.without:
            event.add("exdate", start.astimezone(zone))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    if entry.join:
        _add_door(event, entry.join, words)
    if invited:
        _add_people(event, invited)
    return event


def _add_door(event: Component, join: str, words: str) -> None:
    event.add("location", join)
    event.add("url", vUri(join))
    event.add("description", f"{words}\n{join}" if words else join)
    door = vUri(join)
    door.params["VALUE"] = "URI"
    door.params["FEATURE"] = ["AUDIO", "VIDEO"]
    if words:
        door.params["LABEL"] = words
    event.add("conference", door)


def _add_people(event: Component, invited: Invited) -> None:
    organizer = vCalAddress(f"mailto:{invited.organizer}")
    organizer.params["CN"] = vText(invited.called)
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{invited.attendee}")
    attendee.params["CN"] = vText(invited.attendee_called)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED" if invited.accepted else "NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE" if invited.accepted else "TRUE")
    event.add("attendee", attendee)
