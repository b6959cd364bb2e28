"""What people did in calendars of their own. All carry `source` (how the planner named it) and `person_id`.

event_moved_by_person: it stands elsewhere in their calendar now; `start` (UTC). They ask for it; nothing is moved yet.
event_deleted_by_person: they took it out of their calendar. They ask for it to be off; nothing is off yet.
event_answered: they answered an invitation; `answer` is "accepted", "tentative" or "declined", `run` whether it was to
all of them at once. A counter-proposal is event_moved_by_person.

Sent inside a transaction. What follows is the listener's: keep_event again puts the old block back.
"""

from __future__ import annotations

from django.dispatch import Signal

event_moved_by_person = Signal()
event_deleted_by_person = Signal()
event_answered = Signal()
calendar_opened = Signal()
"""A person made an address or connected an account: `person`. Whoever plans something keeps it in step from now on."""
