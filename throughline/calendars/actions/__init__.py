"""What happens to people's calendars: one verb a function."""

from throughline.calendars.actions.answers import take_answer
from throughline.calendars.actions.events import Rule, cancel_event, end_run, forget_old_events, keep_event, keep_run
from throughline.calendars.actions.feed import choose_mail, make_subscription, note_read, revoke_subscription
from throughline.calendars.actions.sources import CannotFollowError, follow_address, look_again, read_address, unfollow

__all__ = [
    "CannotFollowError",
    "Rule",
    "cancel_event",
    "choose_mail",
    "end_run",
    "follow_address",
    "forget_old_events",
    "keep_event",
    "keep_run",
    "look_again",
    "make_subscription",
    "note_read",
    "read_address",
    "revoke_subscription",
    "take_answer",
    "unfollow",
]
