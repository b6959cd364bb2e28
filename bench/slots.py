"""Time in common of two people over four weeks in which both their zones change their clocks, in ms of CPU.

Each has weekday windows and 200 busy spans, with ten minutes of breath beside each. The peer is `portion`, which
computes with intervals in general; both get the same windows and the same spans. Then the weekly slots of half a
year for the same two, which is what the page asks for, beside the limit that we set it.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from functools import reduce

import portion

from throughline.accounts.domain.availability import Availability, Window
from throughline.meetings.domain.free_time import Pair, free_for_all
from throughline.meetings.domain.slots import BREATH, Diary, weekly_slots

FIRST = date(2026, 10, 12)  # Berlin changes on 25 October, Los Angeles on 1 November
DAYS = 28
RUNS = 15
LIMIT = 100.0


def person(zone: str, starts: int, ends: int, chance: random.Random) -> Diary:
    begins = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
    moments = [begins + timedelta(minutes=5 * chance.randrange(DAYS * 24 * 12)) for _ in range(200)]
    busy = tuple((at, at + timedelta(minutes=chance.choice([15, 25, 50]))) for at in moments)
    return Diary("", Availability(zone, tuple(Window(day, clock(starts), clock(ends)) for day in range(5))), busy)


def windows(diary: Diary) -> list[Pair]:
    days = (FIRST + timedelta(days=number) for number in range(DAYS))
    return [(span.start, span.end) for day in days for span in diary.availability.instants_free(day)]


def by_portion(people: list[tuple[list[Pair], tuple[Pair, ...]]]) -> list[Pair]:
    def free(spans: list[Pair], busy: tuple[Pair, ...]) -> portion.Interval:
        taken = (portion.closedopen(start - BREATH, end + BREATH) for start, end in busy)
        return portion.Interval(*(portion.closedopen(*span) for span in spans)) - portion.Interval(*taken)

    common = reduce(lambda one, other: one & other, (free(*person) for person in people))
    return [(part.lower, part.upper) for part in common]


def milliseconds(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent) * 1000


def main() -> None:
    chance = random.Random(7)
    diaries = [person("Europe/Berlin", 8, 20, chance), person("America/Los_Angeles", 7, 13, chance)]
    people = [(windows(diary), diary.busy) for diary in diaries]
    ours = [(free, busy, BREATH) for free, busy in people]
    if free_for_all(ours) != by_portion(people):
        raise AssertionError("the two do not find the same time")
    spent, peer = milliseconds(lambda: free_for_all(ours)), milliseconds(lambda: by_portion(people))
    told = {"name": "time in common, ms", "value": round(spent, 2), "peer": round(peer, 1), "peer_is": "portion"}
    print(json.dumps({**told, "ratio": round(peer / spent, 1)}))
    half_year = milliseconds(lambda: weekly_slots(diaries, minutes=50, first=FIRST))
    told = {"name": "weekly slots of half a year, ms", "value": round(half_year, 1), "peer": LIMIT, "peer_is": "limit"}
    print(json.dumps({**told, "ratio": round(LIMIT / half_year, 1)}))


if __name__ == "__main__":
    main()
