"""What happens to a pair's meetings. The series follows the signed agreement; outcomes follow what happened."""

from throughline.meetings.actions.agenda import (
    CannotAddError,
    add_thing_to_agenda,
    add_to_agenda,
    carry_over,
    end_item,
    take_back_end,
)
from throughline.meetings.actions.answering import answer_move, close_late_request
from throughline.meetings.actions.cancelling import cancel_meeting
from throughline.meetings.actions.elsewhere import (
    answer_report,
    go_elsewhere,
    leave_outside_room,
    report_meeting,
    use_outside_room,
)
from throughline.meetings.actions.joining import CannotJoinError, join_meeting, remind_of_meeting, tell_of_shift
from throughline.meetings.actions.notes import begin_notes, note_down
from throughline.meetings.actions.planning import AHEAD, end_series, plan_series, top_up
from throughline.meetings.actions.preparing import NothingToPrepareError, ask_for_preparation, post_preparation
from throughline.meetings.actions.requests import CannotChangeError, ask_move, ask_skip, free_for, withdraw_move
from throughline.meetings.actions.settling import settle_meeting

__all__ = [
    "AHEAD",
    "CannotAddError",
    "CannotChangeError",
    "CannotJoinError",
    "NothingToPrepareError",
    "add_thing_to_agenda",
    "add_to_agenda",
    "answer_move",
    "answer_report",
    "ask_for_preparation",
    "ask_move",
    "ask_skip",
    "begin_notes",
    "cancel_meeting",
    "carry_over",
    "close_late_request",
    "end_item",
    "end_series",
    "free_for",
    "go_elsewhere",
    "join_meeting",
    "leave_outside_room",
    "note_down",
    "plan_series",
    "post_preparation",
    "remind_of_meeting",
    "report_meeting",
    "settle_meeting",
    "take_back_end",
    "tell_of_shift",
    "top_up",
    "use_outside_room",
    "withdraw_move",
]
