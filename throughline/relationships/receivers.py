"""What the rooms below announce, each answered by one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from throughline.accounts.signals import account_closing, account_kept, person_leaving
from throughline.relationships.actions import leave_everything, tell_of_closing, tell_of_staying


@receiver(account_closing)
def tell_closing(person_id: UUID, **_: Any) -> None:
    tell_of_closing(person_id=person_id)


@receiver(account_kept)
def tell_staying(person_id: UUID, **_: Any) -> None:
    tell_of_staying(person_id=person_id)


@receiver(person_leaving)
def leave(person_id: UUID, **_: Any) -> None:
    leave_everything(person_id=person_id)
