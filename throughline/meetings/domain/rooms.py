"""A room that a pair must use elsewhere, as a link: https only, and its host said plainly."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST = 500
_KNOWN = {
    "zoom.us": "Zoom",
    "zoom.com": "Zoom",
    "teams.microsoft.com": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams",
    "meet.google.com": "Google Meet",
    "meet.jit.si": "Jitsi Meet",
    "8x8.vc": "Jitsi Meet",
}


class RoomError(ValueError):
    """`args[0]` is "https", "host", "secret" or "shape"."""


@dataclass(frozen=True)
class Room:
    """host: as the browser will show it. name: what it is called, "" for a host that is not well known."""

    url: str
    host: str
    name: str


def room_of(url: str) -> Room:
    """Raises RoomError: "https" for anything else; "host" where none can be read, or it is a bare number or a name of
    one's own network; "secret" where a name and password stand before it; "shape" for what is no address."""
    text = url.strip()
    if not text or len(text) > LONGEST or any(char.isspace() or ord(char) < 32 or char in '\\<>"' for char in text):
        raise RoomError("shape")
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        raise RoomError("shape") from None
    if parts.scheme.lower() != "https":
        raise RoomError("https")
    if "@" in parts.netloc:
        raise RoomError("secret")
    host = _plain(parts.hostname or "")
    return Room(text, host, next((name for known, name in _KNOWN.items() if _within(host, known)), ""))


def _plain(host: str) -> str:
    """Letters of other scripts as the codes that browsers show, so that no host looks like another one."""
    try:
        name = host.encode("idna").decode().lower().rstrip(".")
    except UnicodeError:
        raise RoomError("host") from None
    if "." not in name or name.endswith((".local", ".internal", ".localhost")):
        raise RoomError("host")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name
    raise RoomError("host")


def _within(host: str, known: str) -> bool:
    return host == known or host.endswith(f".{known}")
