"""What this room announces to those above."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction in which the last member signs a version. relationship_id, version_id: UUID.
agreement_signed = Signal()
