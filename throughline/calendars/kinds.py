"""The names of this room's mails; invitations.py words them."""

from __future__ import annotations

ANSWER = "calendars.answer"
"""What comes back to an invitation."""
INVITED, CHANGED, OFF = "calendars.invited", "calendars.changed", "calendars.off"
STALE, WHOLE = "calendars.stale", "calendars.whole"
