"""docs/running/capacity.md, made of what bench/capacity.py measured: a table of figures, and what follows from them.

The model is arithmetic on measured figures and on ASSUMED, which stands on the page: anybody can put in their own.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from bench.__main__ import NEEDS

SIZES = {"a programme": 100, "a city": 100_000, "a country": 10_000_000}
"""Pairs."""


@dataclass(frozen=True)
class Assumed:
    """How people use it; ours, not measured."""

    pages_a_day: float = 6  # of one person
    busiest_hour: float = 0.12  # of a day's pages
    connected: float = 0.04  # of all people, in the busiest minute
    filled: float = 0.6  # of what a process can do at most, so that it answers at once
    sockets: int = 5000  # of one process
    years: int = 3  # of life kept
    hours: float = 8  # that one backup may take: more is another database


ASSUMED = Assumed()


@dataclass(frozen=True)
class Needs:
    """What so many pairs need, at their busiest."""

    pairs: int
    pages: float  # a second
    people: int  # connected
    processes: int
    memory: float  # GiB, of all processes
    cores: float  # for pages
    disk: float  # GiB, in PostgreSQL after the years assumed
    backup: float  # GiB
    hours: float  # of one backup of all of it, one core
    databases: int


def needs(pairs: int, measured: dict[str, float], assumed: Assumed = ASSUMED) -> Needs:
    people = 2 * pairs
    pages = people * assumed.pages_a_day * assumed.busiest_hour / 3600
    connected = round(people * assumed.connected)
    cost = (measured["ms of CPU, Today"] + measured["ms of CPU, a pair's page"]) / 2
    of_one = 1000 / cost * assumed.filled
    processes = max(1, math.ceil(pages / of_one), math.ceil(connected / assumed.sockets))
    each = measured["KiB of memory for one more person"] / 2**20
    disk = pairs * measured["MiB of disk, a pair a year, PostgreSQL"] * assumed.years / 1024
    rows = pairs * measured["rows of a pair a year"] * assumed.years
    hours = rows / measured["rows backed up and verified, a second of CPU"] / 3600
    return Needs(
        pairs=pairs,
        pages=pages,
        people=connected,
        processes=processes,
        memory=processes * measured["MiB of memory, 100 people connected"] / 1024 + connected * each,
        cores=pages * cost / 1000 / assumed.filled,
        disk=disk,
        backup=pairs * measured["MiB of a backup, a pair a year"] * assumed.years / 1024,
        hours=hours,
        databases=max(1, math.ceil(hours / assumed.hours)),
    )


def page(figures: dict[str, dict[str, Any]]) -> str:
    ours = {name.removeprefix(NEEDS): each for name, each in figures.items() if name.startswith(NEEDS)}
    if not ours:
        return f"{HEAD}\nNothing was measured yet: `make bench B=capacity`.\n"
    measured = {name: float(each["value"]) for name, each in ours.items()}
    rows = [f"| {name} | {each['value']} | {each['peer']} ({each['peer_is']}) |" for name, each in ours.items()]
    table = "\n".join(["| measured | ours | beside, in the same run |", "| --- | --- | --- |", *rows])
    return "\n".join([HEAD, table, "", ASSUMPTIONS.format(**asdict(ASSUMED)), *_model(measured)]) + "\n" + WHAT_FOLLOWS


def _model(measured: dict[str, float]) -> list[str]:
    found = {name: needs(pairs, measured) for name, pairs in SIZES.items()}
    lines = [
        ("pairs", lambda each: f"{each.pairs:,}"),
        ("pages a second, at the busiest", lambda each: f"{each.pages:,.1f}"),
        ("people connected at once", lambda each: f"{each.people:,}"),
        ("web processes", lambda each: f"{each.processes:,}"),
        ("cores for pages", lambda each: f"{each.cores:,.1f}"),
        ("memory of all web processes and workers, GiB", lambda each: f"{each.memory:,.1f}"),
        (f"database after {ASSUMED.years} years, GiB (PostgreSQL)", lambda each: f"{each.disk:,.1f}"),
        ("one backup of it, GiB", lambda each: f"{each.backup:,.1f}"),
        ("hours that one backup of it takes, on one core", lambda each: f"{each.hours:,.1f}"),
        ("databases", lambda each: f"{each.databases:,}"),
    ]
    table = [f"| {says} | " + " | ".join(told(each) for each in found.values()) + " |" for says, told in lines]
    return ["| | " + " | ".join(found) + " |", "| --- |" + " --- |" * len(found), *table]


HEAD = """\
# What it needs

Made by `make bench B=capacity`, which lives twelve weeks of twelve pairs by the program's own actions, serves them
with the real `throughline serve`, connects a thousand people, and counts. Nothing on this page is typed by hand. The
machine had two cores that others used too: times of CPU hold, pages a second are what was left.
"""
ASSUMPTIONS = """\
## What that means for more people

Assumed, not measured: a person opens {pages_a_day:g} pages a day, {busiest_hour:.0%} of a day's pages in its busiest
hour; {connected:.0%} of all people are connected at once; a process is filled to {filled:.0%} and holds {sockets:,}
sockets at most; {years} years of life are kept; one backup may take {hours:g} hours. Half of the pages are Today,
half a pair's. Put in your own: `bench/_needs.py`.
"""
WHAT_FOLLOWS = """
Without files: recordings and documents that people upload lie in the data folder or in S3, as large as they are.

## What scales by adding processes

- **Pages**: any number of web processes on one PostgreSQL, joined by `REDIS_URL`. They keep nothing that another needs.
- **Sockets**: the same processes. Redis carries one copy of a message to each process, however many people sit there.
- **Jobs**: any number of `throughline worker`; each job runs in one of them.
- **Files**: S3, by its own means.
- **Calls** go from browser to browser and cost the server their signalling alone; TURN carries those that cannot.

## What does not, and what to split by

One database takes all writes, and long before it is full its backup takes too long (PostgreSQL's own base backups
and log go further: docs/decisions/0023-backups.md). The seam is the **relationship**:
every table that grows carries the relationship (or an opaque scope below it) that its row belongs to, and content is
sealed under that relationship's key. People and programmes are small beside it. So a programme with its relationships
is the natural piece. Nothing routes by relationship yet: today a country is run as one installation for each region,
each with an address and a database of its own, and somebody who is in two regions has two accounts.
"""
