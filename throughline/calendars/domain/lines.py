"""A calendar's text taken apart before anybody interprets it, so that one broken entry cannot take the rest along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_FOLD = re.compile(r"\r?\n[ \t]")
_LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Block:
    """One VEVENT, unfolded: only the lines that say when it is."""

    uid: str
    text: str


@dataclass
class Blocks:
    """zones: the VTIMEZONEs as one text. zone: X-WR-TIMEZONE. free_busy: periods. torn: entries that never end."""

    calendar: bool = False
    zones: str = ""
    zone: str = ""
    events: list[Block] = field(default_factory=list)
    free_busy: list[str] = field(default_factory=list)
    torn: int = 0


WANTED = {
    "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "STATUS", "TRANSP",
    "SEQUENCE", "X-MICROSOFT-CDO-BUSYSTATUS",
}  # fmt: skip
"""What is read of an entry. Its title, its place and its people are let go of here, before anything else happens."""


def decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether its letters had to be guessed."""
    for mark, charset in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if content.startswith(mark):
            return content.decode(charset, "replace"), False
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return content.decode("latin-1"), True


def blocks_of(text: str) -> Blocks:
    found = Blocks()
    open_: list[str] = []
    event: list[str] = []
    zone: list[str] = []
    uid = ""
    for line in re.split(r"\r\n|\n|\r", _FOLD.sub("", text)):
        name = re.split(r"[;:]", line[:100], maxsplit=1)[0].strip().upper()
        value = line.partition(":")[2].strip()
        if name == "BEGIN":
            kind = value.upper()
            if kind == "VEVENT" and "VEVENT" in open_:  # the one before never ended
                found.torn += 1
                del open_[open_.index("VEVENT") :]
            open_.append(kind)
            found.calendar = found.calendar or kind == "VCALENDAR"
            if kind == "VEVENT":
                event, uid = [], ""
        if "VTIMEZONE" in open_ and len(line) < _LONGEST_LINE:
            zone.append(line)
        elif open_[-1:] == ["VEVENT"] and name in WANTED and len(line) < _LONGEST_LINE:
            event.append(line)
            uid = value[:500] if name == "UID" else uid
        elif open_[-1:] == ["VFREEBUSY"] and name == "FREEBUSY" and "FBTYPE=FREE" not in line.upper():
            found.free_busy += [period.strip() for period in value.split(",")]
        elif name == "X-WR-TIMEZONE" and open_ == ["VCALENDAR"]:
            found.zone = value
        if name == "END" and value.upper() in open_:
            kind = value.upper()
            if kind == "VEVENT":
                found.events.append(Block(uid, _joined(["BEGIN:VEVENT", *event, "END:VEVENT"])))
            elif kind == "VTIMEZONE":
                found.zones += _joined(zone)
                zone = []
            del open_[open_.index(kind) :]
    found.torn += open_.count("VEVENT")
    return found


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
