"""What this room announces to those above and beside it."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction in which meetings were planned, moved, called off, skipped or withdrawn.
# relationship_id, series_id: UUID; meeting_ids: a tuple of UUID. Each such meeting's `sequence` has risen, but for new
# ones, which begin at 0.
occurrences_changed = Signal()
# Sent inside the transaction in which a request to change a meeting ended without a change. meeting_id: UUID.
change_ended = Signal()
