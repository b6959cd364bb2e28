"""protected-time: recurring sessions, treated as immovable.

series: at least three meetings stand in the calendar. held and kept: of the due meetings of the window. reliability:
the mean of what became of each (see WEIGHTS). regularity: population sd ÷ mean of the gaps between held meetings, from
four gaps on; a gap with a pause in it says nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.meetings.domain.outcomes import AHEAD, MeetingOutcome, Outcome
from throughline.practices.domain.measure import Behind, Figure, Origin, Reading, Status, Target
from throughline.practices.domain.numbers import ENOUGH_MEETINGS, variation
from throughline.practices.domain.record import Record, window_start
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import part_words, share_figure
from throughline.relationships.domain.states import Span

IN_THE_CALENDAR = 3
SERIES = Target(1, Origin.GUIDE)
HELD = Target(0.65, Origin.BENCHMARK)
KEPT = Target(0.80, Origin.DEFAULT)
REGULAR = Target(0.35, Origin.DEFAULT, at_most=True)

KEPT_WEIGHT, MOVED_IN_TIME, MOVED_LATE, CALLED_OFF_IN_TIME, MISSED = 1.0, 0.75, 0.5, 0.25, 0.0


def weight(meeting: MeetingOutcome, cadence_days: int) -> float:
    """What one due meeting is worth to reliability. Held at another time without being moved is worth moved late."""
    if meeting.kept:
        return KEPT_WEIGHT
    if meeting.held and meeting.started_at is not None:
        near = abs(meeting.started_at - meeting.first_start) <= timedelta(days=cadence_days) / 2
        ahead = meeting.moved_ahead is not None and meeting.moved_ahead >= AHEAD
        return MOVED_IN_TIME if near and ahead else MOVED_LATE
    return CALLED_OFF_IN_TIME if meeting.outcome is Outcome.CANCELLED_EARLY else MISSED


def gaps_between(held: Sequence[MeetingOutcome], pauses: Sequence[Span]) -> list[float]:
    """Days between held meetings in a row."""
    starts = sorted(meeting.started_at for meeting in held if meeting.started_at)
    return [
        (later - earlier) / timedelta(days=1)
        for earlier, later in pairwise(starts)
        if not any(pause.overlaps(Span(earlier, later)) for pause in pauses)
    ]


def measure(record: Record) -> Reading:
    since = window_start(record.outcomes, record.now)
    due = record.due
    held = [meeting for meeting in record.outcomes if meeting.held and meeting.first_start >= since]
    kept = share_figure("kept", _("Kept, of those due"), sum(m.kept for m in due), len(due), KEPT)
    parts = (
        _series(record.ahead),
        share_figure("held", _("Held, of those due"), sum(m.held for m in due), len(due), HELD),
        _reliability(due, record.cadence_days),
        _regularity(gaps_between(held, record.pauses)),
    )
    behind = tuple(_behind(m) for m in reversed(record.outcomes) if m.first_start >= since)
    return Reading(figure=_judged(kept, parts), parts=parts, behind=behind, since=since)


def _judged(kept: Figure, parts: Sequence[Figure]) -> Figure:
    """The practice falls short when any of its parts does, even where kept alone would do."""
    short = [part.title for part in parts if part.status is Status.SHORT]
    if kept.status in (Status.OK, Status.NOTHING_YET) and short:
        note = _("Short of its target: %(parts)s.") % {"parts": ", ".join(short)}
        return Figure(kept.id, kept.title, kept.value, kept.words, Status.SHORT, kept.target, note)
    return kept


def _series(ahead: int) -> Figure:
    stands = ahead >= IN_THE_CALENDAR
    return Figure(
        "series",
        _("Meetings ahead"),
        float(stands),
        _("%(n)d in the calendar") % {"n": ahead},
        Status.OK if stands else Status.SHORT,
        SERIES,
        note=_("At least three should stand there at any time."),
    )


def _reliability(due: Sequence[MeetingOutcome], cadence_days: int) -> Figure:
    note = _("One for each meeting kept, less for moved and called-off ones, nothing for missed ones; the mean of all.")
    title = _("Reliability")
    if not due:
        return Figure("reliability", title, None, _("Nothing to count yet"), Status.NOTHING_YET, note=note)
    total = sum(weight(meeting, cadence_days) for meeting in due)
    value = total / len(due)
    if len(due) < ENOUGH_MEETINGS:
        return Figure("reliability", title, value, _("Too early to say"), Status.TOO_EARLY, note=note)
    return Figure("reliability", title, value, part_words(total, len(due), len(due)), Status.OK, note=note)


def _regularity(gaps: Sequence[float]) -> Figure:
    value = variation(gaps)
    note = _("How much the time between held meetings varies, as a part of its mean: 0 is like clockwork.")
    if value is None:
        return Figure("regularity", _("Variation"), None, _("Too early to say"), Status.TOO_EARLY, REGULAR, note)
    status = Status.OK if REGULAR.met_by(value) else Status.SHORT
    return Figure("regularity", _("Variation"), value, f"{value:.2f}", status, REGULAR, note)


def _behind(meeting: MeetingOutcome) -> Behind:
    return Behind(
        at=meeting.first_start,
        counted=meeting.due,
        why=_why(meeting),
        together=meeting.together,
        outcome=meeting.outcome,
        meeting_id=meeting.meeting_id,
    )


def _why(meeting: MeetingOutcome) -> str:
    if not meeting.due:
        return _("Not counted: it fell into a pause that both of you had accepted.")
    if meeting.kept:
        return _("Held, and begun within 15 minutes of the time first agreed: kept.")
    if meeting.held:
        return _("Held, though not at the time first agreed.")
    return {
        Outcome.SHORT: _("Not held: the time together was too short."),
        Outcome.ONE_CAME: _("Not held: one of you came."),
        Outcome.NOBODY_CAME: _("Not held: nobody came."),
        Outcome.CANCELLED_EARLY: _("Called off at least a day ahead."),
        Outcome.CANCELLED_LATE: _("Called off on the last day."),
    }[meeting.outcome]


register(
    Practice(
        "protected-time",
        1,
        gettext_lazy("Protected time"),
        gettext_lazy(
            "Schedule recurring sessions from the beginning and treat these time blocks as immovable commitments."
        ),
        measure,
    )
)
