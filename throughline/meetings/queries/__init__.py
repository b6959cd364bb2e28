"""Reads about meetings, named by what they return."""

from throughline.meetings.queries.agreed import AgreedForMeeting, agreed_for
from throughline.meetings.queries.calendar import Calendar, Line, calendar_of, line_of
from throughline.meetings.queries.outcomes import Held, held_in, outcomes_of
from throughline.meetings.queries.planning import (
    future_count_of,
    meetings_to_remind_of,
    meetings_to_settle,
    relationships_to_top_up,
    schedule_of,
    still_standing,
)
from throughline.meetings.queries.reports import Report, report_of, reports_of
from throughline.meetings.queries.slots import SlotsFound, slots_of
from throughline.meetings.queries.upcoming import (
    Upcoming,
    next_meetings_of,
    next_starts_in,
    open_doors,
    upcoming_in,
    upcoming_meetings_of,
)

__all__ = [
    "AgreedForMeeting",
    "Calendar",
    "Held",
    "Line",
    "Report",
    "SlotsFound",
    "Upcoming",
    "agreed_for",
    "calendar_of",
    "future_count_of",
    "held_in",
    "line_of",
    "meetings_to_remind_of",
    "meetings_to_settle",
    "next_meetings_of",
    "next_starts_in",
    "open_doors",
    "outcomes_of",
    "relationships_to_top_up",
    "report_of",
    "reports_of",
    "schedule_of",
    "slots_of",
    "still_standing",
    "upcoming_in",
    "upcoming_meetings_of",
]
