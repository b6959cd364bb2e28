"""Addresses of mail that only their person knows: `reply+<token>@example.org`.

The token is 130 bits of a keyed hash over kind, person and ids, so that one thing keeps one address for a person and
nobody who reads the database can write to it. It survives servers that turn letters into capitals.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

TOKEN_LETTERS = 26  # of base32: 130 bits
_TOKEN = re.compile(rf"[a-z2-7]{{{TOKEN_LETTERS}}}")
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_BOX = re.compile(r"[a-z0-9][a-z0-9._-]{0,30}")


@dataclass(frozen=True)
class Place:
    """Where answers arrive. box: what stands before the plus sign."""

    box: str
    domain: str

    def address(self, token: str) -> str:
        return f"{self.box}+{token}@{self.domain}"

    def token_in(self, address: str) -> str | None:
        """The token of an address here; None for any other address, and for one that cannot be ours."""
        local, _, domain = address.strip().lower().rpartition("@")
        box, plus, token = local.partition("+")
        ours = domain == self.domain and box == self.box and plus
        return token if ours and _TOKEN.fullmatch(token) else None


def place_of(text: str) -> Place | None:
    """From INBOUND_DOMAIN: "example.org", or "box@example.org". None for nothing. Raises ValueError with a sentence."""
    if not text:
        return None
    box, _, domain = text.lower().rpartition("@")
    if not _HOST.fullmatch(domain) or not _BOX.fullmatch(box or "reply"):
        raise ValueError("INBOUND_DOMAIN is a domain such as reply.example.org, or a mailbox such as box@example.org.")
    return Place(box or "reply", domain)


def token_for(key: bytes, *, kind: str, person_id: UUID, ids: Mapping[str, str]) -> str:
    meant = json.dumps([kind, str(person_id), sorted(ids.items())], separators=(",", ":")).encode()
    return base64.b32encode(hmac.digest(key, meant, "sha256")).decode().lower()[:TOKEN_LETTERS]


def digest_of(token: str) -> bytes:
    """What is stored: it cannot be turned back."""
    return hashlib.sha256(b"answer address:" + token.encode()).digest()
