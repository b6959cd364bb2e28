"""All of it in one transaction with the mark that it is whole: interrupted, nothing of it is there."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from django.db import connection, transaction

from throughline.accounts.actions import describe_yourself, open_account, prefer_channels, set_windows, state_needs
from throughline.accounts.domain.availability import Window
from throughline.demo import apart
from throughline.demo.actions.pairs import Life
from throughline.demo.actions.timeline import Timeline
from throughline.demo.domain import cast, tale
from throughline.demo.domain.times import home_of, morning
from throughline.foundation import clock
from throughline.foundation.jobs.registry import function_of
from throughline.foundation.jobs.runner import run_ready
from throughline.programs.actions import start_programme
from throughline.relationships.actions import invite, record_looks
from throughline.relationships.domain.roles import Role, Sight

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.demo.domain.story import Asked, Character

SEED = 20
BEGAN = timedelta(days=92)
LOOKS = (70, 49, 28, 14, 3)  # days ago


@transaction.atomic
def make_demonstration(*, seed: int = SEED, until: datetime | None = None) -> None:
    """Twelve weeks that end now, or at `until`. The same seed and end make the same lives; only ids differ."""
    now = until or clock.now()
    dice, timeline = Random(seed), Timeline()  # noqa: S311  invented lives need no secrets
    people: dict[str, Person] = {}
    lives = [Life(pair, people, timeline, dice, now) for pair in tale.PAIRS]
    timeline.at(now - BEGAN, lambda: people.update((one.key, _arrive(one, now)) for one in cast.EVERYBODY))
    timeline.at(now - BEGAN, lambda: _run(people, lives, timeline, now))
    for days in range(0, BEGAN.days, 2):
        timeline.at(now - timedelta(days=days, minutes=1), _what_the_worker_does)
    with _without_sweeping():
        timeline.live()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA user_version = {apart.WHOLE}")


@contextmanager
def _without_sweeping() -> Iterator[None]:
    """Looking for cycles among a million short-lived objects would take a fifth of the time, for a few megabytes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run(people: dict[str, Person], lives: list[Life], timeline: Timeline, now: datetime) -> None:
    """Once everybody is there, each pair's life begins, and the programme's."""
    coordinator = people[cast.COORDINATOR.key]
    programme = start_programme(by=coordinator, name=tale.PROGRAMME, description=tale.ABOUT_THE_PROGRAMME)
    for life in lives:
        life.plan(programme)
    for days in LOOKS:
        timeline.at(morning(days, coordinator.zone, now, Random(days)), partial(_look, coordinator, lives))  # noqa: S311
    for asked in tale.INVITATIONS:
        timeline.at(now - timedelta(days=asked.days_ago), partial(_ask, people, asked))


def _arrive(character: Character, now: datetime) -> Person:
    password = cast.PASSWORD if character in cast.THREE else None
    person = open_account(email=character.email, name=character.name, zone=home_of(character, now), password=password)
    describe_yourself(
        by=person,
        name=character.name,
        pronouns=character.pronouns,
        offers=character.offers,
        looks_for=character.looks_for,
    )
    set_windows(by=person, windows=[Window(*window) for window in cast.WINDOWS])
    if character.needs:
        state_needs(by=person, needs=character.needs)
    prefer_channels(by=person, channels=cast.CHANNELS)
    return person


def _ask(people: dict[str, Person], asked: Asked) -> None:
    invite(by=people[asked.by], role=Role.MENTEE, email=asked.email, note=asked.note)


def _look(coordinator: Person, lives: list[Life]) -> None:
    """Opening the programme's page leaves this trace for each pair that takes part by then."""
    seen = [life.relationship_id for life in lives if life.is_enrolled]
    record_looks(relationship_ids=seen, by=coordinator, what=Sight.COUNTS)


def _what_the_worker_does() -> None:
    """Plan ahead, settle what nobody came to, send the mail that waits."""
    function_of("meetings.top_up")()
    function_of("meetings.settle")()
    run_ready()
