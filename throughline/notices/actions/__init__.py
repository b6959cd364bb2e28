"""Telling people by the ways and at the times that they chose, and taking in what they answer."""

from throughline.notices.actions.answers import answer_address, is_known, take_in
from throughline.notices.actions.choosing import (
    choose_rhythm,
    mail_arrives,
    rest_until,
    stop_mail,
    wish,
)
from throughline.notices.actions.rules import forget_channel_rules, set_channel_rule
from throughline.notices.actions.sending import send_notice
from throughline.notices.actions.targets import CannotReachError, add_push, add_webhook, deliver, remove_target
from throughline.notices.actions.telling import mail_address, notify

__all__ = [
    "CannotReachError",
    "add_push",
    "add_webhook",
    "answer_address",
    "choose_rhythm",
    "deliver",
    "forget_channel_rules",
    "is_known",
    "mail_address",
    "mail_arrives",
    "notify",
    "remove_target",
    "rest_until",
    "send_notice",
    "set_channel_rule",
    "stop_mail",
    "take_in",
    "wish",
]
