"""Asking servers of other people: calendars, later whatever else somebody names by its address.

    answer = fetch("https://calendar.example.org/mine.ics", limit=5_000_000)

What somebody types must not lead into the network that this server stands in. `addresses.py` says which numbers are
refused, `fetching.py` resolves a name once and talks to that very number, on every redirect anew.
"""

from throughline.foundation.outside.fetching import (
    Answer,
    NotAllowedError,
    OutsideError,
    TooLargeError,
    TooSlowError,
    fetch,
)

__all__ = ["Answer", "NotAllowedError", "OutsideError", "TooLargeError", "TooSlowError", "fetch"]
