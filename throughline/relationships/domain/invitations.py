"""What an invitation's link still does, and what may be said of an address to somebody who is not its owner."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=14)
LINKS_A_DAY = 40


class Answer(StrEnum):
    """How an invitation came to its end."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


class Standing(StrEnum):
    """What a link can be used for now: OPEN alone can be accepted or declined."""

    OPEN = "open"
    EXPIRED = "expired"
    REPLACED = "replaced"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REVOKED = "revoked"


def standing(at: datetime, *, answer: Answer | None, newest: bool, expires_at: datetime) -> Standing:
    """An answer outweighs everything; a newer link outweighs the date."""
    if answer is not None:
        return Standing(answer.value)
    if not newest:
        return Standing.REPLACED
    return Standing.OPEN if at < expires_at else Standing.EXPIRED


def masked(email: str) -> str:
    """Enough to recognise one's own address, too little to learn another's: mira@example.org reads m…@e….org."""
    name, _, host = email.partition("@")
    label, _, rest = host.rpartition(".")
    return f"{name[:1]}…@{label[:1]}….{rest}" if label else f"{name[:1]}…@{host[:1]}…"


def same_address(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
