"""What other rooms hand to this one, and what they announce, each answered by one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from throughline.accounts.signals import time_changed
from throughline.messaging.actions import count_again
from throughline.messaging.actions.by_mail import take_reply
from throughline.notices.domain.answers import Arrived


def accept_reply(arrived: Arrived) -> None:
    take_reply(arrived=arrived)


@receiver(time_changed)
def move_the_clock(person_id: UUID, **_: Any) -> None:
    count_again(person_id=person_id)
