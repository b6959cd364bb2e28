"""The pages of meetings, one idea a file."""

from throughline.meetings.views.answering import answer, request_about, take_back
from throughline.meetings.views.changing import call_off, leave_out, move
from throughline.meetings.views.elsewhere import answer_report, go, report, room
from throughline.meetings.views.meeting import join, meeting
from throughline.meetings.views.preparing import add, beside, end, meeting_aside, notes, ready
from throughline.meetings.views.series import offer_times, series, slots

__all__ = [
    "add",
    "answer",
    "answer_report",
    "beside",
    "call_off",
    "end",
    "go",
    "join",
    "leave_out",
    "meeting",
    "meeting_aside",
    "move",
    "notes",
    "offer_times",
    "ready",
    "report",
    "request_about",
    "room",
    "series",
    "slots",
    "take_back",
]
