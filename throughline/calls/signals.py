"""What this room announces."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that closes a call. kwargs: call_id, relationship_id, occasion.
call_ended = Signal()
