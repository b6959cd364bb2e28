"""goal-talk: goals in every session.

Of the held meetings of the window those in which a shared goal was opened, or progress on one recorded, from the start
of the talk until a day after the planned end. One without says nothing when there was no shared goal yet, or while its
day is not over.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.meetings.domain.outcomes import MeetingOutcome
from throughline.practices.domain.measure import (
    SHOWN,
    Act,
    Behind,
    Choice,
    Figure,
    Origin,
    Reader,
    Reading,
    Status,
    Step,
    Target,
)
from throughline.practices.domain.record import Record, window_start
from throughline.practices.domain.weeks import every_week, rolling
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import share_figure, trend_of

TALKED = Target(1.0, Origin.DEFAULT)
AFTERWARDS = timedelta(hours=24)
STALEST = 2


def measure(record: Record) -> Reading:
    held = _counted(record)
    talked = [(meeting, _touched(record, meeting)) for meeting in held]
    figure = share_figure(
        "goal-talk", _("Held meetings with a goal"), sum(done for _m, done in talked), len(talked), TALKED
    )
    if not record.goals:
        figure = Figure("goal-talk", figure.title, None, _("No shared goal yet"), Status.NOTHING_YET, TALKED)
    points = rolling([(_start(meeting), done) for meeting, done in talked], every_week(record.now), record.zone)
    rows = talked[::-1]
    return Reading(
        figure=figure,
        behind=tuple(_behind(meeting, done) for meeting, done in rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
        window=_("Meetings held in the last twelve weeks, or the last eight due, whichever is longer."),
        trend=trend_of(points, TALKED, _("Meetings with a goal")),
    )


def _counted(record: Record) -> list[MeetingOutcome]:
    since = window_start(record.outcomes, record.now)
    shared = min((goal.shared_at for goal in record.goals), default=None)
    held = [meeting for meeting in record.outcomes if meeting.held and meeting.first_start >= since]
    return [
        meeting
        for meeting in held
        if _touched(record, meeting) or (shared and shared <= _start(meeting) and _until(meeting) <= record.now)
    ]


def _start(meeting: MeetingOutcome) -> datetime:
    return meeting.started_at or meeting.start


def _until(meeting: MeetingOutcome) -> datetime:
    return max(meeting.end, _start(meeting) + timedelta(seconds=meeting.together)) + AFTERWARDS


def _touched(record: Record, meeting: MeetingOutcome) -> bool:
    place = bisect_left(record.touches, _start(meeting), key=lambda touch: touch.at)
    return place < len(record.touches) and record.touches[place].at <= _until(meeting)


def _behind(meeting: MeetingOutcome, talked: bool) -> Behind:
    why = (
        _("Counted: a goal was opened or progress recorded, during it or within a day.")
        if talked
        else _("Not counted: no goal was opened during it or within a day.")
    )
    return Behind(_start(meeting), talked, why, together=meeting.together, meeting_id=meeting.meeting_id)


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """Both: the two goals that nothing was said of for longest, for the next meeting."""
    active = [goal for goal in record.goals if goal.active_at(record.now)]
    if reading.figure.status is not Status.SHORT or not active:
        return None
    stalest = sorted(active, key=lambda goal: (goal.quiet_since, goal.id))[:STALEST]
    labels = (_("The one that waits longest"), _("The next one"))
    return Step(
        _("Begin the next meeting with a goal"),
        _("The goals that nothing was said of for longest stand on the next meeting's page. Five minutes are enough."),
        tuple(Choice(Act.GOAL, label, str(goal.id)) for label, goal in zip(labels, stalest, strict=False)),
    )


register(
    Practice(
        "goal-talk",
        13,
        gettext_lazy("Goals in every session"),
        gettext_lazy("Document and track goals and progress"),
        measure,
        step,
    )
)
