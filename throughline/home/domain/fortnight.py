"""A pair's first fortnight: five steps, each done by what happened, none by a tick.

invite     somebody else has joined
prepare    each has said when they can meet and what they offer or look for; or has written a part of the agreement,
           or signed it (whoever writes it has thought about it)
agree      one version is signed by everybody
meet       a first planned meeting was held
check in   after it, everybody has written in the conversation

It shows until all are done, three meetings were held, or six weeks have passed since the second person joined (since
the invitation, while nobody has); never while the relationship is paused or over. What is still open then is
reminded of where it always is, under "Waiting for you".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

UNDER_WAY = 3  # held meetings
LONGEST = timedelta(weeks=6)


class Step(StrEnum):
    INVITE = "invite"
    PREPARE = "prepare"
    AGREE = "agree"
    MEET = "meet"
    CHECK_IN = "check-in"


class Standing(StrEnum):
    """NEXT: the reader's act, at most one. WAITING: for others. PLANNED: for a day that stands. LATER: not yet."""

    DONE = "done"
    NEXT = "next"
    WAITING = "waiting"
    PLANNED = "planned"
    LATER = "later"


@dataclass(frozen=True)
class Facts:
    """What rows say of one relationship, as one of its members reads it. Instants are aware UTC.

    since: when the second person joined; while nobody has, when the reader began it. invitation_open: one still waits
    for its answer. signed: who has signed the newest version that is not in force yet. met_until: when the first held
    meeting ended. last_words: when each last wrote in the conversation.
    """

    me: UUID
    others: tuple[UUID, ...]
    since: datetime
    invitation_open: bool = False
    prepared: frozenset[UUID] = frozenset()
    signed: frozenset[UUID] = frozenset()
    in_force: bool = False
    held: int = 0
    met_until: datetime | None = None
    next_meeting: datetime | None = None
    last_words: Mapping[UUID, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One step as the reader sees it. waits_for: the others whose turn it is."""

    step: Step
    standing: Standing
    waits_for: tuple[UUID, ...] = ()


def may_show(since: datetime, now: datetime) -> bool:
    """Asked before facts are gathered: whether a pair is young enough for them to matter."""
    return now - since <= LONGEST


def fortnight_of(facts: Facts, now: datetime) -> tuple[Line, ...]:
    """The five steps in order, or nothing once the pair is well under way. At most one is NEXT."""
    if facts.held >= UNDER_WAY or not may_show(facts.since, now):
        return ()
    lines = (_invite(facts), _prepare(facts), _agree(facts), _meet(facts), _check_in(facts))
    if all(line.standing is Standing.DONE for line in lines):
        return ()
    return _one_next(lines, first=Step.AGREE if facts.signed else None)


def next_of(lines: tuple[Line, ...]) -> Line | None:
    """The step that is the reader's to take, if there is one."""
    return next((line for line in lines if line.standing is Standing.NEXT), None)


def _invite(facts: Facts) -> Line:
    if facts.others:
        return Line(Step.INVITE, Standing.DONE)
    return Line(Step.INVITE, Standing.WAITING if facts.invitation_open else Standing.NEXT)


def _prepare(facts: Facts) -> Line:
    others = tuple(other for other in facts.others if other not in facts.prepared)
    if facts.me not in facts.prepared:
        return Line(Step.PREPARE, Standing.NEXT)
    if facts.others and not others:
        return Line(Step.PREPARE, Standing.DONE)
    return Line(Step.PREPARE, Standing.WAITING, others)


def _agree(facts: Facts) -> Line:
    if facts.in_force:
        return Line(Step.AGREE, Standing.DONE)
    if not facts.others:
        return Line(Step.AGREE, Standing.LATER)
    if facts.me in facts.signed:
        others = tuple(other for other in facts.others if other not in facts.signed)
        return Line(Step.AGREE, Standing.WAITING, others)
    return Line(Step.AGREE, Standing.NEXT)


def _meet(facts: Facts) -> Line:
    if facts.held:
        return Line(Step.MEET, Standing.DONE)
    if not facts.in_force:
        return Line(Step.MEET, Standing.LATER)
    return Line(Step.MEET, Standing.PLANNED if facts.next_meeting else Standing.NEXT)


def _check_in(facts: Facts) -> Line:
    met = facts.met_until
    if met is None:
        return Line(Step.CHECK_IN, Standing.LATER)
    silent = tuple(
        person
        for person in (facts.me, *facts.others)
        if person not in facts.last_words or facts.last_words[person] < met
    )
    if not silent:
        return Line(Step.CHECK_IN, Standing.DONE)
    return Line(Step.CHECK_IN, Standing.NEXT) if facts.me in silent else Line(Step.CHECK_IN, Standing.WAITING, silent)


def _one_next(lines: tuple[Line, ...], first: Step | None) -> tuple[Line, ...]:
    """Several things could be begun; one is enough. A signature that waits for another goes before the rest."""
    open_steps = [line.step for line in lines if line.standing is Standing.NEXT]
    chosen = first if first in open_steps else next(iter(open_steps), None)
    return tuple(
        Line(line.step, Standing.LATER) if line.standing is Standing.NEXT and line.step is not chosen else line
        for line in lines
    )
