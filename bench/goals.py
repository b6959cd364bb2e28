"""The page of 300 goals with 100 points each, beside the bare queries of the same page, in the same process.

A figure is the median milliseconds of CPU of RUNS requests, from the call of Django's WSGI handler to the last byte.
"""

# ruff: noqa: E402  Django is set up before its parts are imported
from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import timedelta

os.environ["THROUGHLINE_DATA"] = tempfile.mkdtemp(prefix="throughline-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from bench.pages import Asking, figure
from throughline.accounts.models import Person
from throughline.foundation import clock
from throughline.goals.actions import measure_goal, record_line, write_goal
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.models import Goal, Point, Sharing
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

GOALS, POINTS, RUNS, WARM = 300, 100, 20, 3


def filled() -> tuple[Person, str]:
    mentor = Person.objects.create_user("mira@example.org", None, name="Mira Lindqvist", zone="Europe/Berlin")
    mentee = Person.objects.create_user("tomas@example.org", None, name="Tomás Rivera", zone="America/Los_Angeles")
    pair = begin_relationship(by=mentor, role=Role.MENTOR)
    join_relationship(relationship=pair, by=mentee, role=Role.MENTEE)
    today = clock.today_in(mentee.zone)
    begun = today - timedelta(days=POINTS)
    with transaction.atomic():
        for number in range(GOALS):
            goal = write_goal(
                relationship=pair, by=mentee, owner=mentee, sentence=f"Write chapter {number}", why="It opens doors",
                begun_on=begun, due=today + timedelta(days=60),
            )  # fmt: skip
            measure_goal(goal=goal, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 160))
            Point.objects.bulk_create(
                Point(goal=goal, relationship=pair, by=mentee, day=begun + timedelta(days=day), count=1,
                      entry={"value": float(day)})
                for day in range(POINTS - 1)
            )  # fmt: skip
            record_line(goal=goal, by=mentee, line=str(POINTS))
    assert (Goal.objects.count(), Sharing.objects.count(), Point.objects.count()) == (GOALS, GOALS, GOALS * POINTS)
    return mentee, reverse("goals:list", args=[pair.pk])


def queries_alone(statements: list[tuple[str, tuple[object, ...]]]) -> float:
    """Milliseconds of CPU of the same statements with their rows, and nothing made of them."""
    begun = time.thread_time()
    for sql, given in statements:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            cursor.fetchall()
    return (time.thread_time() - begun) * 1000


def main() -> None:
    call_command("migrate", verbosity=0)
    person, address = filled()
    asking = Asking(person)
    asking.queries_of(address)
    statements: list[tuple[str, tuple[object, ...]]] = []

    def keep(execute, sql, given, many, context):  # type: ignore[no-untyped-def]
        statements.append((sql, tuple(given or ())))
        return execute(sql, given, many, context)

    with connection.execute_wrapper(keep):
        asking.client.get(address)
    reads = [one for one in statements if one[0].lstrip().upper().startswith("SELECT")]
    ours, bare = [], []
    for _ in range(WARM + RUNS):
        ours.append(asking.cost(asking.ours, address))
        bare.append(queries_alone(reads))
    said = f"its {len(reads)} queries with their rows alone; the aim is 60 ms"
    name = f"a page of {GOALS} goals with {POINTS} points each, ms of CPU"
    figure(name, statistics.median(ours[WARM:]), statistics.median(bare[WARM:]), said)


if __name__ == "__main__":
    main()
