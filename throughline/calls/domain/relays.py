"""Relays that a browser may take when the direct way is shut, with credentials that last a few hours.

The relay (coturn with `use-auth-secret`) shares one secret with us: a name that begins with the second at which it
expires, and as password the HMAC of that name. So nothing is stored on either side, and a leaked password is soon
worthless. The scheme is that of draft-uberti-behave-turn-rest-00.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict

LASTS = timedelta(hours=12)
"""A call is never longer; a page that stays open fetches others when it is reloaded."""


class IceServer(TypedDict, total=False):
    """As RTCPeerConnection takes it."""

    urls: list[str]
    username: str
    credential: str


@dataclass(frozen=True)
class Relays:
    """Where the relays are, as TURN_URL names them, and the secret that we share with them."""

    urls: Sequence[str]
    secret: str

    def __bool__(self) -> bool:
        return bool(self.urls)

    def for_somebody(self, name: str, at: datetime) -> list[IceServer]:
        """`name`: an opaque word for the relay's log. Without relays: nothing, and calls go directly."""
        if not self.urls:
            return []
        username = f"{int((at + LASTS).timestamp())}:{name}"
        digest = hmac.new(self.secret.encode(), username.encode(), hashlib.sha1).digest()
        relays = [way for url in self.urls for way in ways_of(url)]
        mirrors = [f"stun:{_place(url)}" for url in self.urls if url.startswith("turn:")]
        servers: list[IceServer] = [{"urls": [*dict.fromkeys(mirrors)]}] if mirrors else []
        return [*servers, {"urls": relays, "username": username, "credential": base64.b64encode(digest).decode()}]


def ways_of(url: str) -> list[str]:
    """A plain turn: address is asked over UDP and over TCP; turns: is TLS over TCP."""
    if "?" in url:
        return [url]
    return (
        [f"{url}?transport=tcp"] if url.startswith("turns:") else [f"{url}?transport={way}" for way in ("udp", "tcp")]
    )


def _place(url: str) -> str:
    return url.partition(":")[2].partition("?")[0]
