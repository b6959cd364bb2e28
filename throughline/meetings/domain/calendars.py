"""A calendar file (RFC 5545) of events with fixed instants, written without a library: UTC needs no zone tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_OCTETS = 75  # RFC 5545, 3.1: a line is folded beyond as many, its end not counted


@dataclass(frozen=True)
class Event:
    """start, end and stamp are aware; a cancelled event stays in the file and says so."""

    uid: str
    start: datetime
    end: datetime
    stamp: datetime
    title: str
    cancelled: bool
    url: str


def calendar(events: Iterable[Event]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Throughline//Export//EN"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{_instant(event.stamp)}",
            f"DTSTART:{_instant(event.start)}",
            f"DTEND:{_instant(event.end)}",
            f"SUMMARY:{_text(event.title)}",
            f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
            f"URL:{event.url}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    for char in "\\;,":
        value = value.replace(char, f"\\{char}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Never within a character of UTF-8."""
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _OCTETS:
            pieces, piece, size = [*pieces, piece], "", 1  # the space that begins what follows counts
        piece, size = piece + char, size + width
    return "\r\n ".join([*pieces, piece])
