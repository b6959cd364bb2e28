"""protected-time: recurring sessions, treated as immovable.

series: at least three meetings stand in the calendar. held and kept: of the due meetings of the window. reliability:
the mean of what became of each (see WEIGHTS). regularity: population sd ÷ mean of the gaps between held meetings, from
four gaps on; a gap with a pause in it says nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.foundation.jinja import day
from throughline.ledger.domain.contacts import Contact
from throughline.meetings.domain.outcomes import AHEAD, MeetingOutcome, Outcome, Planned
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
    Unit,
)
from throughline.practices.domain.numbers import ENOUGH_MEETINGS, variation
from throughline.practices.domain.record import Record, window_start
from throughline.practices.domain.weeks import every_week, rolling
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import judged, part_words, self_reported, share_figure, trend_of
from throughline.relationships.domain.states import Span

IN_THE_CALENDAR = 3
SERIES = Target(1, Origin.GUIDE)
HELD = Target(0.65, Origin.BENCHMARK, aim=0.85)
KEPT = Target(0.80, Origin.DEFAULT)
REGULAR = Target(0.35, Origin.DEFAULT, at_most=True, unit=Unit.NUMBER)
MOVES, LAST_LOOKED_AT = 2, 4

KEPT_WEIGHT, MOVED_IN_TIME, MOVED_LATE, CALLED_OFF_IN_TIME, MISSED = 1.0, 0.75, 0.5, 0.25, 0.0


def weight(meeting: MeetingOutcome, cadence_days: int, replaced: bool = False) -> float:
    """What one due meeting is worth to reliability. Held at another time without being moved is worth moved late.

    replaced: called off, and another session held in its stead within half the cadence: worth moved in time.
    """
    if meeting.kept:
        return KEPT_WEIGHT
    if meeting.held and meeting.started_at is not None:
        near = abs(meeting.started_at - meeting.first_start) <= timedelta(days=cadence_days) / 2
        ahead = meeting.moved_ahead is not None and meeting.moved_ahead >= AHEAD
        return MOVED_IN_TIME if near and ahead else MOVED_LATE
    if meeting.outcome is Outcome.CANCELLED_EARLY:
        return MOVED_IN_TIME if replaced else CALLED_OFF_IN_TIME
    return MISSED


def replaced_by(due: Sequence[MeetingOutcome], contacts: Sequence[Contact], cadence_days: int) -> set[UUID]:
    """The meetings called off in time for which the two talked without a plan, long enough to count as held, within
    half the cadence. One session stands in for one meeting, the nearest by time that is left."""
    spare = [contact for contact in contacts if contact.session and not contact.occasion and not contact.self_reported]
    found = set()
    for meeting in due:
        if meeting.outcome is not Outcome.CANCELLED_EARLY:
            continue
        needed = Planned(meeting.first_start, meeting.start, meeting.end).seconds_needed
        fitting = [
            contact
            for contact in spare
            if contact.together >= needed
            and abs(contact.started_at - meeting.first_start) <= timedelta(days=cadence_days) / 2
        ]
        if fitting:
            spare.remove(min(fitting, key=lambda contact: abs(contact.started_at - meeting.first_start)))
            found.add(meeting.meeting_id)
    return found


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
    within = [meeting for meeting in record.outcomes if meeting.first_start >= since]
    kept = share_figure("kept", _("Kept, of those due"), sum(m.kept for m in due), len(due), KEPT)
    parts = (
        _series(record.ahead),
        share_figure("held", _("Held, of those due"), sum(m.held for m in due), len(due), HELD),
        _reliability(record),
        _regularity(gaps_between([meeting for meeting in within if meeting.held], record.pauses)),
        *self_reported("self-reported", sum(meeting.self_reported for meeting in within)),
    )
    kept_by_time = [(m.first_start, m.kept) for m in record.outcomes if m.due]
    points = rolling(kept_by_time, every_week(record.now), record.zone)
    return Reading(
        figure=judged(kept, parts),
        parts=parts,
        behind=tuple(_behind(meeting) for meeting in within[: -SHOWN - 1 : -1]),
        more=max(0, len(within) - SHOWN),
        window=_("Counted since %(day)s: twelve weeks, or your last eight meetings if that is longer.")
        % {"day": day(since.astimezone(ZoneInfo(record.zone)).date())},
        trend=trend_of(points, KEPT, _("Meetings kept, of those due")),
    )


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """To both: times for another block once two of the last four were moved; a plan where there is none."""
    moves = sum(meeting.moved_ahead is not None for meeting in [m for m in record.outcomes if m.due][-LAST_LOOKED_AT:])
    if moves >= MOVES:
        return Step(
            _("Keep this time, or choose a new block?"),
            _("%(n)d of your last %(of)d meetings were moved. These times suit both of you, by what each of you said.")
            % {"n": moves, "of": LAST_LOOKED_AT},
            (Choice(Act.TIMES, _("Choose a new block")),),
            wants_blocks=True,
        )
    if record.ahead < IN_THE_CALENDAR and reading.parts[0].status is Status.SHORT:
        return Step(
            _("Plan your next meetings"),
            _("The schedule that both of you sign puts your meetings into the calendar by itself."),
            (Choice(Act.AGREEMENT, _("Open the agreement")),),
        )
    return None


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


def _reliability(record: Record) -> Figure:
    due = record.due
    note = _("One for each meeting kept, less for moved and called-off ones, nothing for missed ones; the mean of all.")
    title = _("Reliability")
    if not due:
        return Figure("reliability", title, None, _("Nothing to count yet"), Status.NOTHING_YET, note=note)
    replaced = replaced_by(due, record.contacts, record.cadence_days)
    total = sum(weight(meeting, record.cadence_days, meeting.meeting_id in replaced) for meeting in due)
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
    if meeting.self_reported:
        return _("Met elsewhere, as you both said: shown apart, and in none of these numbers.")
    if not meeting.due:
        if meeting.outcome.missed:
            return _("Not counted: it fell into a pause that both of you had accepted, or waits to be confirmed.")
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
        step,
    )
)
