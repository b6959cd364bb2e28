"""Taking turns where no hour suits both: the times of one weekday, in order, that are fair first and then cheap.

Over eight meetings the sequence of times is found for which the two sides carry most nearly the same; of those, the one
that costs least together; of those, the one whose time changes least from one meeting to the next. A dynamic programme
over the difference that the two sides have run up so far finds it exactly: sums are small whole minutes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from throughline.accounts.domain.availability import Window
from throughline.meetings.domain.free_time import joined
from throughline.meetings.domain.load import load
from throughline.meetings.domain.slots import BREATH, OFFICE, Diary

OCCURRENCES = 8
STEP = 30  # minutes between the times that are looked at
_DAY_MINUTES = 24 * 60
Cost = tuple[int, int]
"""Minutes outside their hours, of the mentors' side and of the mentees'."""


@dataclass(frozen=True)
class Turn:
    """One meeting of a rotation, in UTC. loads: by the places of the diaries."""

    at: datetime
    time: time
    loads: tuple[int, ...]


@dataclass(frozen=True)
class Rotation:
    """Times in their order, on one weekday (0 is Monday) in one zone. loads: of each side over all turns."""

    weekday: int
    zone: str
    times: tuple[time, ...]
    turns: tuple[Turn, ...]
    loads: Cost

    @property
    def score(self) -> tuple[int, int]:
        return abs(self.loads[0] - self.loads[1]), sum(self.loads)


def best_rotation(
    diaries: Sequence[Diary], mentors: Sequence[int], *, zone: str, minutes: int, first: date, weeks: int = 1
) -> Rotation | None:
    """The best of all weekdays, from `first` on, every so many weeks. mentors: the places of the mentors' side.

    None where some week has no hour on which everybody is without another meeting.
    """
    said = [_named(diary) for diary in diaries]
    found = [_on(weekday, said, mentors, zone, minutes, first, weeks) for weekday in range(7)]
    return min((each for each in found if each), key=lambda each: (*each.score, each.weekday), default=None)


def _named(diary: Diary) -> Diary:
    """Whoever named no windows is at work in office hours of their working days. Absences say nothing of a rhythm."""
    said = replace(diary.availability, absences=())
    if diary.assumed:
        said = replace(said, windows=tuple(Window(day, *OFFICE) for day in sorted(said.working_days)))
    return replace(diary, availability=said, busy=tuple(joined(diary.busy, BREATH)))


def _on(
    weekday: int, diaries: Sequence[Diary], mentors: Sequence[int], zone: str, minutes: int, first: date, weeks: int
) -> Rotation | None:
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    days = [day + timedelta(weeks=weeks * number) for number in range(OCCURRENCES)]
    length = timedelta(minutes=minutes)
    options: list[dict[int, tuple[int, ...]]] = []
    for each in days:
        costs = {}
        for minute in range(0, _DAY_MINUTES, STEP):
            at = instant_of(each, minute, zone)
            if not any(begin < at + length and end > at for diary in diaries for begin, end in diary.busy):
                costs[minute] = tuple(load(diary.availability, at, at + length) for diary in diaries)
        options.append(costs)
    sides = [{minute: _sides(loads, mentors) for minute, loads in costs.items()} for costs in options]
    chosen = fairest(sides)
    if chosen is None:
        return None
    turns = tuple(
        Turn(instant_of(each, minute, zone), _time(minute), options[number][minute])
        for number, (each, minute) in enumerate(zip(days, chosen, strict=True))
    )
    total = [_sides(turn.loads, mentors) for turn in turns]
    sums = (sum(one for one, _other in total), sum(other for _one, other in total))
    return Rotation(weekday, zone, tuple(turn.time for turn in turns), turns, sums)


def fairest(options: Sequence[Mapping[int, Cost]]) -> tuple[int, ...] | None:
    """options: for each meeting the minutes of the day at which it could be, with what each costs the two sides.

    The minutes, one a meeting, that minimise (difference of the sums, sum of all, change from one to the next), in
    that order. None where some meeting has no option.
    """
    if not all(options):
        return None
    cheapest = [_by_difference(each) for each in options]
    sums: list[dict[int, int]] = [{0: 0}]  # by difference so far: the least that all cost together so far
    for here in cheapest:
        sums.append(_least(sums[-1], {gap: total for gap, (total, _minutes) in here.items()}))
    rest: list[dict[int, int]] = [{0: 0}]  # the same of what follows
    for here in reversed(cheapest):
        rest.append(_least(rest[-1], {gap: total for gap, (total, _minutes) in here.items()}))
    rest.reverse()
    gap, total = min(((abs(gap), total) for gap, total in sums[-1].items()))
    ends = [each for each in (gap, -gap) if sums[-1].get(each) == total]
    return min((_steadiest(cheapest, sums, rest, end, total) for end in ends), key=lambda found: found[0])[1]


_Cheapest = dict[int, tuple[int, list[int]]]


def _by_difference(costs: Mapping[int, Cost]) -> _Cheapest:
    """For each difference between the sides the least sum, and the minutes that have it. Whatever costs more for the
    same difference is in no best sequence."""
    found: _Cheapest = {}
    for minute, (one, other) in costs.items():
        gap, total = one - other, one + other
        best = found.get(gap)
        if best is None or total < best[0]:
            found[gap] = (total, [minute])
        elif total == best[0]:
            best[1].append(minute)
    return found


def _least(before: Mapping[int, int], here: Mapping[int, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for gap, total in before.items():
        for more, cost in here.items():
            if total + cost < found.get(gap + more, 1 << 60):
                found[gap + more] = total + cost
    return found


def _steadiest(
    cheapest: Sequence[_Cheapest],
    sums: Sequence[Mapping[int, int]],
    rest: Sequence[Mapping[int, int]],
    end: int,
    total: int,
) -> tuple[int, tuple[int, ...]]:
    """Of the sequences that end with this difference at this total, the one with the least change of time."""
    paths: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {(0, -1): (0, ())}
    for number, here in enumerate(cheapest):
        found: dict[tuple[int, int], tuple[int, tuple[int, ...]]] = {}
        after: dict[int, list[int]] = defaultdict(list)
        for gap, _last in paths:
            for more, (cost, _minutes) in here.items():
                left = rest[number + 1].get(end - gap - more)
                if left is not None and sums[number][gap] + cost + left == total and more not in after[gap]:
                    after[gap].append(more)
        for (gap, last), (change, taken) in paths.items():
            for more in after[gap]:
                for minute in here[more][1]:
                    path = (change + _change(last, minute), (*taken, minute))
                    key = (gap + more, minute)
                    if key not in found or path < found[key]:
                        found[key] = path
        paths = found
    return min(paths.values())


def _change(last: int, minute: int) -> int:
    if last < 0:
        return 0
    apart = abs(last - minute)
    return min(apart, _DAY_MINUTES - apart)


def _sides(loads: Sequence[int], mentors: Sequence[int]) -> Cost:
    return (
        sum(cost for place, cost in enumerate(loads) if place in mentors),
        sum(cost for place, cost in enumerate(loads) if place not in mentors),
    )


def instant_of(day: date, minute: int, zone: str) -> datetime:
    return datetime.combine(day, _time(minute), ZoneInfo(zone)).replace(fold=0).astimezone(UTC)


def _time(minute: int) -> time:
    return time(*divmod(minute, 60))
