"""The one clock. Everything that decides by time asks it, so that tests can move it.

Instants are aware datetimes in UTC. A file named by THROUGHLINE_CLOCK_FILE (tests only) holds an offset
in seconds that every process of the installation adds to the machine's clock. While the demonstration is made,
`foundation/standing.py` holds this process's clock at one instant after the other.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from throughline.foundation.environment import ENV


class _Offset:
    """The offset in the clock file, read again only when the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = -1
        self._offset = timedelta(0)

    def __call__(self) -> timedelta:
        try:
            stamp = self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return timedelta(0)
        if stamp != self._stamp:
            self._offset = timedelta(seconds=float(self._path.read_text() or 0))
            self._stamp = stamp
        return self._offset


_offset = _Offset(Path(ENV.clock_file)) if ENV.clock_file else None
_standing: datetime | None = None


def now() -> datetime:
    """This instant, aware, in UTC."""
    if _standing is not None:
        return _standing
    instant = datetime.now(UTC)
    return instant + _offset() if _offset else instant


def today_in(zone: str) -> date:
    """The calendar date at this instant in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def monotonic() -> float:
    """Seconds that only rise and that no test moves: for liveness, never for what is recorded."""
    return time.monotonic()
