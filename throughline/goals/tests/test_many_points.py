"""Ten thousand points on one goal: recorded, shown and drawn as soon as ten are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.goals import actions
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.models import Goal, Point
from throughline.goals.queries.page import goal_page_of

FIRST, TODAY = date(2026, 8, 1), date(2026, 11, 2)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def goal(pair, mentee) -> Goal:
    made = actions.write_goal(
        relationship=pair, by=mentee, owner=mentee, sentence="Submit it", begun_on=FIRST, due=date(2027, 1, 31)
    )
    actions.measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("words", 0, 20_000))
    return made


def filled(goal, by, count) -> None:
    days = (TODAY - FIRST).days
    Point.objects.bulk_create(
        Point(
            goal=goal, relationship_id=goal.relationship_id, by=by, count=1, entry={"value": float(number)},
            day=FIRST + timedelta(days=number * days // count),
        )
        for number in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_however_many_points_the_page_stays_as_small(
    client, goal, mentee, count, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    filled(goal, mentee, count)
    with django_assert_max_num_queries(17):
        actions.record_line(goal=goal, by=mentee, line="+5")
    page = goal_page_of(mentee, goal)
    assert (page.line.picture.value, len(page.points), page.more) == (count + 4, 30, count - 29)
    assert page.chart is not None
    assert (len(page.chart.observed), len(page.chart.drawing.points)) == (200, 200)
    assert (page.chart.observed[0].value, page.chart.observed[-1].value) == (0, count + 4)
    client.force_login(mentee)
    address = reverse("goals:goal", args=[goal.pk])
    client.get(address)
    with django_assert_num_queries(23):
        answer = client.get(address)
    assert len(answer.content) < 150_000
    with django_assert_num_queries(9):
        assert len(client.get(reverse("goals:list", args=[goal.relationship_id])).content) < 30_000


def test_earlier_points_come_a_page_at_a_time(client, goal, mentee) -> None:
    filled(goal, mentee, 1_000)
    client.force_login(mentee)
    address = reverse("goals:goal", args=[goal.pk])
    shown = []
    for place in range(0, 1_000, 300):
        page = client.get(address, {"from": str(place)}).content.decode()
        shown.append(page.count('<li id="p-'))
    assert shown == [30, 300, 300, 100]
    for nonsense in ("x", "-1", "99999999999999999999", "²"):
        assert client.get(address, {"from": nonsense}).status_code == 200
