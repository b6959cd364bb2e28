"""Telling people, and taking in what they answer."""

from throughline.notices.actions.answers import answer_address, is_known, take_in
from throughline.notices.actions.sending import send_notice
from throughline.notices.actions.telling import mail_address, notify

__all__ = ["answer_address", "is_known", "mail_address", "notify", "send_notice", "take_in"]
