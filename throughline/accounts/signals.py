"""What accounts announce, inside the transaction of the action that did it. All carry `person_id` (a UUID).

account_closing: somebody closes their account; it is erased at `erase_at` unless account_kept says that they stay.
time_changed: when they are away, or the zone they live in, is another one now.
person_leaving: it is erased now. Rooms do what follows from that before any row goes; they may be told twice.
"""

from __future__ import annotations

from django.dispatch import Signal

account_closing = Signal()
account_kept = Signal()
person_leaving = Signal()
time_changed = Signal()
