"""What somebody chooses for their own writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from throughline.foundation import clock
from throughline.messaging.models import SendingKey, SendsBy

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def choose_sending_key(*, by: Person, key: SendsBy) -> None:
    """Enter or Ctrl and Enter, in all conversations and on all devices of this person."""
    SendingKey.objects.update_or_create(person=by, defaults={"key": key, "at": clock.now()})
