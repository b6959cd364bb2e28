"""Reads about meetings, named by what they return."""

from throughline.meetings.queries.agenda import Agenda, agenda_of, notes_of
from throughline.meetings.queries.agreed import AgreedForMeeting, agreed_for
from throughline.meetings.queries.busy import protected_times
from throughline.meetings.queries.calendar import Calendar, Line, calendar_of, line_of
from throughline.meetings.queries.changes import Change, changes_of
from throughline.meetings.queries.elsewhere import Outside, outside_room_of
from throughline.meetings.queries.outcomes import Held, held_in, outcomes_of
from throughline.meetings.queries.planning import (
    future_count_of,
    meetings_to_prepare,
    meetings_to_remind_of,
    meetings_to_settle,
    relationships_to_top_up,
    schedule_of,
    still_standing,
)
from throughline.meetings.queries.reports import Report, report_of, reports_of
from throughline.meetings.queries.requests import RequestPage, late_requests, request_page, waiting_for
from throughline.meetings.queries.shifts import shifts_to_tell, shifts_told_in
from throughline.meetings.queries.slots import (
    RotationFound,
    SlotsFound,
    free_times_in,
    rotation_of,
    slots_of,
    three_slots,
)
from throughline.meetings.queries.upcoming import (
    Upcoming,
    next_meetings_of,
    next_starts_in,
    open_doors,
    upcoming_in,
    upcoming_meetings_of,
)

__all__ = [
    "Agenda",
    "AgreedForMeeting",
    "Calendar",
    "Change",
    "Held",
    "Line",
    "Outside",
    "Report",
    "RequestPage",
    "RotationFound",
    "SlotsFound",
    "Upcoming",
    "agenda_of",
    "agreed_for",
    "calendar_of",
    "changes_of",
    "free_times_in",
    "future_count_of",
    "held_in",
    "late_requests",
    "line_of",
    "meetings_to_prepare",
    "meetings_to_remind_of",
    "meetings_to_settle",
    "next_meetings_of",
    "next_starts_in",
    "notes_of",
    "open_doors",
    "outcomes_of",
    "outside_room_of",
    "protected_times",
    "relationships_to_top_up",
    "report_of",
    "reports_of",
    "request_page",
    "rotation_of",
    "schedule_of",
    "shifts_to_tell",
    "shifts_told_in",
    "slots_of",
    "still_standing",
    "three_slots",
    "upcoming_in",
    "upcoming_meetings_of",
    "waiting_for",
]
