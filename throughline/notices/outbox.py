"""Mail as a backend of Django's: to be provided."""

from __future__ import annotations

from django.core.mail.backends.locmem import EmailBackend as OutboxBackend

__all__ = ["OutboxBackend"]
