"""What other rooms hand to this one."""

from __future__ import annotations

from throughline.messaging.actions.by_mail import take_reply
from throughline.notices.domain.answers import Arrived


def accept_reply(arrived: Arrived) -> None:
    take_reply(arrived=arrived)
