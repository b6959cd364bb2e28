"""Telling people, and taking in what they answer."""

from throughline.notices.actions.answers import answer_address, is_known, take_in
from throughline.notices.actions.rules import forget_channel_rules, set_channel_rule
from throughline.notices.actions.sending import send_notice
from throughline.notices.actions.telling import mail_address, notify

__all__ = [
    "answer_address",
    "forget_channel_rules",
    "is_known",
    "mail_address",
    "notify",
    "send_notice",
    "set_channel_rule",
    "take_in",
]
