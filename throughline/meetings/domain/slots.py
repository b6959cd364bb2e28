"""Weekly times that suit everybody through a whole term, whatever the clocks of their zones do meanwhile.

A slot stays at one clock time in one zone, the one that people agree on; for the others it may shift when only one
zone changes its clocks. So every week of the term is looked at by itself. Within a week time is counted in cells of
five minutes of that zone's wall clock, as the bits of one number: whether a meeting fits at each start of the week is
then a few shifts, and twenty-six weeks of two calendars take milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Availability, Window
from throughline.meetings.domain.free_time import Pair, free_for_all, joined

BREATH = timedelta(minutes=10)
"""Between a person's calls, whomever they are with."""
TERM = timedelta(weeks=26)
"""How far is looked ahead where no last date is agreed: through both clock changes of a year."""
MOSTLY = 0.75
"""The share of weeks that a slot must suit at least: what suits in some weeks only cannot be protected."""
_CELL = 5
_STEP = 15  # minutes between the starts that are offered
_WEEK = 7 * 24 * 60 // _CELL
_APART = 60  # minutes between two offers of one weekday: a quarter more or less is no other choice
_NOON = 13 * 60  # the middle of most people's day
OFFICE = (time(9), time(18))
_WHOLE_WEEK = tuple(
    window
    for weekday in range(7)
    for window in (Window(weekday, time(0), time(12)), Window(weekday, time(12), time(0)))
)


@dataclass(frozen=True)
class Diary:
    """One person's time. busy: what takes them up, of any source, without the breath beside it."""

    called: str
    availability: Availability
    busy: tuple[Pair, ...] = ()

    @property
    def assumed(self) -> bool:
        """They never said when they can meet, so office hours of their working days stand in."""
        return not self.availability.windows


@dataclass(frozen=True)
class Clock:
    """What a slot's time is for one person from a date on (a date in their own zone)."""

    since: date
    time: time


@dataclass(frozen=True)
class Slot:
    """A weekly meeting at this time in this zone. weekday: 0 is Monday.

    free: the meetings of the term that suit everybody, of `all`. clocks: for each diary, in their order, the local
    times through the term, the first first; more than one where that person's clock time shifts.
    """

    weekday: int
    time: time
    zone: str
    first: datetime
    free: int
    all: int
    clocks: tuple[tuple[Clock, ...], ...]

    @property
    def always(self) -> bool:
        return self.free == self.all


def weekly_slots(
    diaries: Sequence[Diary], *, minutes: int, first: date, last: date | None = None, most: int = 6
) -> list[Slot]:
    """The best slots, the best first: those that suit in most weeks, then those nearest to the middle of everybody's
    day. At most two of one weekday. Empty when no time of the week suits everybody MOSTLY.

    minutes: from 5. first, last: dates in the zone that the slot is in; at most TERM is looked at. Absences do not
    count against a slot: meetings in them are skipped.
    """
    found: list[tuple[tuple[int, int], Slot]] = []
    for zone in dict.fromkeys(diary.availability.zone for diary in diaries):
        found += _in_zone(diaries, zone, minutes, first, min(last or first + TERM, first + TERM))
    found.sort(key=lambda scored: scored[0])
    return _different([slot for _score, slot in found], most)


def _in_zone(
    diaries: Sequence[Diary], name: str, minutes: int, first: date, last: date
) -> Iterator[tuple[tuple[int, int], Slot]]:
    zone = ZoneInfo(name)
    common = free_for_all((_windows(diary, first, last), diary.busy, BREATH) for diary in diaries)
    weeks = list(_weeks(common, zone, first, last, -(-minutes // _CELL)))
    if not weeks:
        return
    for cell in range(0, _WEEK, _STEP // _CELL):
        weekday, minute = divmod(cell * _CELL, 24 * 60)
        days = [monday + timedelta(days=weekday) for monday, _starts in weeks]
        met = [(day, starts >> cell & 1) for day, (_monday, starts) in zip(days, weeks, strict=True)]
        inside = [(day, fits) for day, fits in met if first <= day <= last]
        free = sum(fits for _day, fits in inside)
        if not inside or free < MOSTLY * len(inside):
            continue
        at = time(minute // 60, minute % 60)
        instants = [datetime.combine(day, at, zone).astimezone(UTC) for day, _fits in inside]
        clocks = tuple(tuple(_clocks(instants, diary.availability.zone)) for diary in diaries)
        slot = Slot(weekday, at, name, instants[0], free, len(inside), clocks)
        yield (len(inside) - free, _strain(slot, minutes)), slot


def _windows(diary: Diary, first: date, last: date) -> list[Pair]:
    """When they could meet at all, in UTC, a day wider than the dates on both sides; absences do not count."""
    at_home = replace(diary, availability=replace(diary.availability, absences=()))
    return open_time(at_home, first - timedelta(days=1), last + timedelta(days=1), asked=True)


def open_time(diary: Diary, first: date, last: date, *, asked: bool) -> list[Pair]:
    """One person's time on these dates of theirs, in UTC, without quiet hours and absences, sorted and disjoint.

    asked: within the windows that they named (office hours of their working days where they named none); else at any
    hour of any day.
    """
    said = diary.availability
    if not asked:
        said = replace(said, windows=_WHOLE_WEEK)
    elif diary.assumed:
        said = replace(said, windows=tuple(Window(weekday, *OFFICE) for weekday in sorted(said.working_days)))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    spans = [(span.start, span.end) for day in days for span in said.instants_free(day)]
    return joined(part for span in sorted(spans) for part in _awake(span, said))


def _awake(span: Pair, said: Availability) -> Iterator[Pair]:
    """Without the quiet hours."""
    start, end = span
    while start < end:
        if said.is_quiet(start):
            start = said.awake_at(start)
            continue
        until = min(end, _next_quiet(start, said))
        yield start, until
        start = until


def _next_quiet(start: datetime, said: Availability) -> datetime:
    """When quiet hours next begin."""
    if said.quiet_hours is None or said.quiet_hours.starts == said.quiet_hours.ends:
        return datetime.max.replace(tzinfo=UTC)
    zone = ZoneInfo(said.zone)
    day = start.astimezone(zone).date()
    begins = (datetime.combine(day + timedelta(days=n), said.quiet_hours.starts, zone) for n in (0, 1))
    return next(at for at in (begin.astimezone(UTC) for begin in begins) if at > start)


def _weeks(common: Iterable[Pair], zone: ZoneInfo, first: date, last: date, cells: int) -> list[tuple[date, int]]:
    """The Monday of each week of the term, and the cells of that week in which a meeting can begin, as bits."""
    monday = first - timedelta(days=first.weekday())
    free = [0] * ((last - monday).days // 7 + 1)
    midnight = datetime.combine(monday, time(0))
    for start, end in common:
        begin = -(-_minutes(start.astimezone(zone).replace(tzinfo=None) - midnight) // _CELL)
        stop = _minutes(end.astimezone(zone).replace(tzinfo=None) - midnight) // _CELL
        while begin < stop:
            week, cell = divmod(begin, _WEEK)
            here = min(stop - begin, _WEEK - cell)
            if 0 <= week < len(free):
                free[week] |= ((1 << here) - 1) << cell
            begin += here
    following = [*free[1:], 0]
    return [
        (monday + timedelta(weeks=number), _starts(bits | after << _WEEK, cells))
        for number, (bits, after) in enumerate(zip(free, following, strict=True))
    ]


def _starts(free: int, cells: int) -> int:
    """Bits at which as many free cells begin."""
    run = 1
    while run < cells:
        step = min(run, cells - run)
        free &= free >> step
        run += step
    return free


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)


def _clocks(instants: Iterable[datetime], name: str) -> Iterator[Clock]:
    zone, shown = ZoneInfo(name), None
    for at in instants:
        local = at.astimezone(zone)
        if local.time() != shown:
            shown = local.time()
            yield Clock(local.date(), shown)


def _strain(slot: Slot, minutes: int) -> int:
    """Minutes between the middle of the meeting and the middle of the day, for whom it is furthest."""
    shown = (clock.time for clocks in slot.clocks for clock in clocks)
    return max(abs(at.hour * 60 + at.minute + minutes // 2 - _NOON) for at in shown)


def _different(slots: Iterable[Slot], most: int) -> list[Slot]:
    """The first of those that are nearly the same, and no more than two of one weekday."""
    chosen: list[Slot] = []
    for slot in slots:
        near = [other for other in chosen if abs(_of_week(slot) - _of_week(other)) < _APART]
        if not near and sum(other.first.weekday() == slot.first.weekday() for other in chosen) < 2:
            chosen.append(slot)
        if len(chosen) == most:
            break
    return chosen


def _of_week(slot: Slot) -> int:
    """Minutes from Monday midnight UTC to its first meeting."""
    return slot.first.weekday() * 24 * 60 + slot.first.hour * 60 + slot.first.minute
