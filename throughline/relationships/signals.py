"""What relationships announce, inside the transaction of the action that did it.

All carry `relationship_id` and `by_id` (UUIDs); `pause_accepted` also `pause_id`, `starts_at` and `ends_at`.
A pause that ends on its last day announces nothing: its span says so from the start.
"""

from __future__ import annotations

from django.dispatch import Signal

relationship_joined = Signal()
pause_accepted = Signal()
relationship_resumed = Signal()
relationship_ended = Signal()
