"""What one connection may ask for. Generous to people, tight for machines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    text: int = 256 * 1024
    """Longest text frame, in characters."""
    frame: int = 4 * 1024 * 1024
    """Longest binary frame, in bytes: a document edited offline for weeks fits."""
    seats: int = 64
    """Topics joined at once on one connection."""
    pending: int = 64
    """Joins and sends of one connection that wait for the database; then we read no further."""
    rate: float = 200.0
    """Frames a second that are read from one connection; a faster one is read more slowly, nothing is lost."""
    burst: float = 600.0
    waiting: int = 8 * 1024 * 1024
    """Bytes that wait for a client; a slower one is closed and comes back to resync."""
    wrong: int = 20
    """Frames that make no sense, until the connection is closed."""
    connections: int = 64
    """Sockets of one person at once."""
    hello: float = 10.0
    """Seconds within which the ticket must come."""
    recheck: float = 30.0
    """Seconds between two looks at session and access."""


class Allowance:
    """A bucket of frames that fills by `rate` a second up to `burst`."""

    def __init__(self, rate: float, burst: float, at: float) -> None:
        self._rate, self._burst = rate, burst
        self._left, self._at = burst, at

    def wait_for_one(self, at: float) -> float:
        """Take one; the seconds to wait before acting on it (0 when there was one left)."""
        self._left = min(self._burst, self._left + (at - self._at) * self._rate) - 1
        self._at = at
        return max(0.0, -self._left / self._rate)
