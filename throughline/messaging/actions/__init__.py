"""What people do in a conversation: send, change what they sent, and have seen. One idea a file."""

from __future__ import annotations

from throughline.messaging.actions.changing import delete_message, edit_message, react
from throughline.messaging.actions.choosing import choose_sending_key
from throughline.messaging.actions.keeping import (
    CannotKeepError,
    forget_file,
    forget_unsent_files,
    keep_file,
    keep_piece,
)
from throughline.messaging.actions.promising import count_again, promise_answer
from throughline.messaging.actions.refusing import CannotSendError
from throughline.messaging.actions.seeing import mark_seen, tell_of_waiting
from throughline.messaging.actions.sending import send_message
from throughline.messaging.models import SendsBy, Via

__all__ = [
    "CannotKeepError",
    "CannotSendError",
    "SendsBy",
    "Via",
    "choose_sending_key",
    "count_again",
    "delete_message",
    "edit_message",
    "forget_file",
    "forget_unsent_files",
    "keep_file",
    "keep_piece",
    "mark_seen",
    "promise_answer",
    "react",
    "send_message",
    "tell_of_waiting",
]
