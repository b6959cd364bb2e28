"""What happens to a pair's meetings. The series follows the signed agreement; outcomes follow what happened."""

from throughline.meetings.actions.answering import answer_move, close_late_request
from throughline.meetings.actions.cancelling import cancel_meeting
from throughline.meetings.actions.joining import CannotJoinError, join_meeting, remind_of_meeting
from throughline.meetings.actions.planning import AHEAD, end_series, plan_series, top_up
from throughline.meetings.actions.requests import CannotChangeError, ask_move, ask_skip, free_for, withdraw_move
from throughline.meetings.actions.settling import settle_meeting

__all__ = [
    "AHEAD",
    "CannotChangeError",
    "CannotJoinError",
    "answer_move",
    "ask_move",
    "ask_skip",
    "cancel_meeting",
    "close_late_request",
    "end_series",
    "free_for",
    "join_meeting",
    "plan_series",
    "remind_of_meeting",
    "settle_meeting",
    "top_up",
    "withdraw_move",
]
