"""flexibility: different time zones, fairly shared; and what happens when the line is bad.

load D: of each held meeting, the minutes outside a person's hours, twice in the night unless they said that it is fine
(meetings.domain.load). unfairness: abs(Dm - De) ÷ (Dm + De) over the last eight held, once together they cost an hour.
overlap: hours a week that lie in both one's windows, over the next four weeks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.accounts.domain.availability import Availability
from throughline.foundation.jinja import duration
from throughline.meetings.domain.free_time import free_for_all
from throughline.meetings.domain.load import load, unfairness
from throughline.meetings.domain.outcomes import MeetingOutcome
from throughline.meetings.domain.slots import Diary, open_time
from throughline.practices.domain.measure import (
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
from throughline.practices.domain.numbers import ENOUGH_MEETINGS
from throughline.practices.domain.record import Record, Side
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import judged

LAST = 8
WORTH_SHARING = 60  # minutes of both together; below, nobody carries anything to speak of
FAIR = Target(0.5, Origin.DEFAULT, at_most=True, unit=Unit.NUMBER)
OVERLAP = Target(2, Origin.DEFAULT, unit=Unit.NUMBER)
_FOUR_WEEKS = timedelta(weeks=4)
_HALF_HOUR = timedelta(minutes=30)


def loads_of(record: Record) -> list[tuple[MeetingOutcome, tuple[int, ...]]]:
    """The last eight held meetings, each with what it cost each side, in the order of the record's sides."""
    said = dict(record.said)
    held = [meeting for meeting in record.outcomes if meeting.held and meeting.due][-LAST:]
    return [
        (meeting, tuple(_load(said.get(side.person_id), meeting.start, meeting.end) for side in record.sides))
        for meeting in held
    ]


def _load(said: Availability | None, start: datetime, end: datetime) -> int:
    return load(said, start, end) if said else 0


def measure(record: Record) -> Reading:
    met = loads_of(record)
    totals = [sum(loads[place] for _meeting, loads in met) for place in range(len(record.sides))]
    parts = (*_carried(record.sides, totals), _overlap(record), _warned(record), *_line())
    return Reading(
        figure=judged(_fairness(record, len(met), totals), parts),
        parts=parts,
        behind=tuple(_behind(meeting, loads, record.sides) for meeting, loads in reversed(met)),
        window=_("Counted over your last eight meetings that were held."),
    )


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """To the side that carries less: the next two times that would cost them and suit the other."""
    value = reading.figure.value
    if value is None or reading.figure.status is not Status.SHORT or FAIR.met_by(value) or len(record.sides) != 2:
        return None
    met = loads_of(record)
    lighter, heavier = sorted(enumerate(record.sides), key=lambda each: sum(loads[each[0]] for _meeting, loads in met))
    if lighter[1].person_id != reader.person_id:
        return None
    return Step(
        _("Would you take the next two hours that cost something?"),
        _("So far the hours outside somebody's day fell to %(name)s. These suit %(name)s and lie outside yours. If "
          "they do not suit you, nothing is counted.") % {"name": heavier[1].called},
        (Choice(Act.MEETINGS, _("Move one of your next meetings")),),
        blocks=off_hours(record, lighter[1], heavier[1]),
    )  # fmt: skip


def off_hours(record: Record, lighter: Side, heavier: Side) -> tuple[datetime, ...]:
    """The next two starts on different days inside one's windows, outside the other's, in nobody's quiet hours. UTC."""
    said = dict(record.said)
    if lighter.person_id not in said or heavier.person_id not in said:
        return ()
    first = record.now.date()
    last = first + timedelta(days=14)
    minutes = timedelta(minutes=record.terms.schedule.minutes if record.terms else 50)
    suits = open_time(Diary("", said[heavier.person_id]), first, last, asked=True)
    awake = open_time(Diary("", said[lighter.person_id]), first, last, asked=False)
    found: list[datetime] = []
    for begin, end in free_for_all([(suits, (), timedelta(0)), (awake, (), timedelta(0))]):
        start = begin
        while start + minutes <= end and len(found) < 2:
            fresh = start > record.now + timedelta(days=1) and all(start.date() != other.date() for other in found)
            if fresh and load(said[lighter.person_id], start, start + minutes):
                found.append(start)
            start += _HALF_HOUR
    return tuple(found)


def _fairness(record: Record, meetings: int, totals: Sequence[int]) -> Figure:
    title = _("How evenly the hours outside your days are shared")
    if not any(said.windows for _who, said in record.said):
        note = _("Neither of you has said yet which hours suit. Your weekly windows are in your profile.")
        return Figure("fairness", title, None, _("Nothing to count yet"), Status.NOTHING_YET, FAIR, note)
    if meetings < ENOUGH_MEETINGS:
        return Figure("fairness", title, None, _("Too early to say"), Status.TOO_EARLY, FAIR)
    if sum(totals) < WORTH_SHARING:
        note = _("Together your last meetings cost less than an hour outside your days, so there is nothing to share.")
        return Figure("fairness", title, 0.0, _("Hardly any cost"), Status.OK, FAIR, note)
    mentors = sum(total for side, total in zip(record.sides, totals, strict=True) if side.mentors)
    value = unfairness(mentors, sum(totals) - mentors)
    note = _("0 means that both carry the same, 1 that one of you carries all of it.")
    return Figure(
        "fairness", title, value, f"{value:.2f}", Status.OK if FAIR.met_by(value) else Status.SHORT, FAIR, note
    )


def _carried(sides: Sequence[Side], totals: Sequence[int]) -> tuple[Figure, ...]:
    note = _("Minutes of your last eight meetings outside the hours that this person named; twice in the night.")
    return tuple(
        Figure(f"load-{place}", side.called, float(total), duration(total * 60), Status.OK, note=note)
        for place, (side, total) in enumerate(zip(sides, totals, strict=True))
    )


def _overlap(record: Record) -> Figure:
    title = _("Hours a week in both your windows")
    said = [said for _who, said in record.said]
    if len(said) < 2 or not all(each.windows for each in said):
        note = _("It takes the weekly windows of both of you.")
        return Figure("overlap", title, None, _("Nothing to count yet"), Status.NOTHING_YET, OVERLAP, note)
    first = record.now.date()
    spans = [open_time(Diary("", each), first, first + timedelta(days=28), asked=True) for each in said]
    common = free_for_all((span, (), timedelta(0)) for span in spans)
    inside = [(max(begin, record.now), min(end, record.now + _FOUR_WEEKS)) for begin, end in common]
    hours = sum((end - begin for begin, end in inside if begin < end), timedelta(0)) / timedelta(hours=4)
    words = _("%(n)s h") % {"n": f"{hours:.1f}".rstrip("0").rstrip(".")}
    return Figure("overlap", title, hours, words, Status.OK if OVERLAP.met_by(hours) else Status.SHORT, OVERLAP)


def _warned(record: Record) -> Figure:
    title = _("Clock changes told ahead")
    note = _("A week before a meeting's hour shifts for one of you, because only one zone changes its clocks, both "
             "hear of it by mail; the meeting's page says it as well.")  # fmt: skip
    if not record.shifts:
        return Figure("warnings", title, None, _("None has come yet"), Status.NOTHING_YET, note=note)
    return Figure("warnings", title, float(record.shifts), str(record.shifts), Status.OK, note=note)


def _line() -> tuple[Figure, ...]:
    """What calls will say of bad lines, once they do."""
    words = _("Not enough data")
    return (
        Figure("fell-back", _("Calls that fell back on a bad line"), None, words, Status.NOTHING_YET),
        Figure("restored", _("Seconds until they were back"), None, words, Status.NOTHING_YET),
    )


def _behind(meeting: MeetingOutcome, loads: Sequence[int], sides: Sequence[Side]) -> Behind:
    cost = [
        _("%(much)s outside the hours of %(name)s") % {"much": duration(minutes * 60), "name": side.called}
        for side, minutes in zip(sides, loads, strict=True)
        if minutes
    ]
    why = "; ".join(cost) + "." if cost else _("Within everybody's hours.")
    return Behind(
        at=meeting.start, counted=True, why=why, together=meeting.together, outcome=meeting.outcome,
        meeting_id=meeting.meeting_id,
    )  # fmt: skip


register(
    Practice(
        "flexibility",
        8,
        gettext_lazy("Flexibility"),
        gettext_lazy("Accommodate different time zones and technology preferences while maintaining consistency."),
        measure,
        step,
    )
)
