"""What was planned, what changed since, and what became of it. Times are UTC; durations whole seconds.

A meeting's states are rows: moved (Move), cancelled (Cancellation), skipped (Skip), withdrawn (Withdrawal), settled
(Settlement). A meeting without any of them is still to come.
"""

from throughline.meetings.models.changes import (
    Cancellation,
    ChangeAnswer,
    ChangeEnd,
    ChangeRequest,
    Move,
    Skip,
    Withdrawal,
)
from throughline.meetings.models.elsewhere import OutsideJoin, OutsideRoom, SelfReport, SelfReportAnswer
from throughline.meetings.models.happened import Attendance, Settlement
from throughline.meetings.models.planned import Meeting, Reminder, Series, ShiftWarning
from throughline.meetings.models.preparing import AgendaEnd, AgendaItem, Notes, Preparation

__all__ = [
    "AgendaEnd",
    "AgendaItem",
    "Attendance",
    "Cancellation",
    "ChangeAnswer",
    "ChangeEnd",
    "ChangeRequest",
    "Meeting",
    "Move",
    "Notes",
    "OutsideJoin",
    "OutsideRoom",
    "Preparation",
    "Reminder",
    "SelfReport",
    "SelfReportAnswer",
    "Series",
    "Settlement",
    "ShiftWarning",
    "Skip",
    "Withdrawal",
]
