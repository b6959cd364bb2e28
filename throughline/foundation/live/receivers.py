"""What happens to sessions and people closes or rechecks their sockets at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from throughline.foundation.live.ticket import session_name
from throughline.foundation.live.topics import access_changed, session_ended


@receiver(post_delete, sender="sessions.Session", dispatch_uid="live.session_gone")
def session_gone(instance: Any, **_: Any) -> None:
    """Signing out, here or everywhere, and a new key after a password change: all delete the session's row."""
    transaction.on_commit(partial(session_ended, session_name(instance.session_key)))


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="live.person_saved")
def person_saved(instance: Any, created: bool, **_: Any) -> None:
    """A changed password or a closed account ends sessions without deleting them."""
    if not created:
        transaction.on_commit(partial(access_changed, person_id=instance.pk))
