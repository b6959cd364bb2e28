"""What the rooms above may want to know."""

from __future__ import annotations

from django.dispatch import Signal

document_changed = Signal()
"""Somebody wrote. kwargs document_id, relationship_id, origin, by_id. Sent inside the transaction that stores the
change; while somebody keeps writing, again at most every few seconds."""
