"""The pages about goals, by their public door."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from throughline.goals.models import Goal, Point

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def at_home(client, mentee):
    client.force_login(mentee)
    return client


def test_from_nothing_to_a_recorded_line(at_home, pair, mentee) -> None:
    new = reverse("goals:new", args=[pair.pk])
    page = at_home.get(new)
    assert page.status_code == 200
    answer = at_home.post(
        new, {"sentence": "Submit the paper", "owner": str(mentee.pk), "due": "2027-01-31", "kind": "number"}
    )
    goal = Goal.objects.get()
    assert answer.url == reverse("goals:measure", args=[goal.pk]) + "?kind=number"
    assert at_home.get(answer.url).status_code == 200
    answer = at_home.post(answer.url, {"kind": "number", "unit": "pages", "baseline": "0", "target": "100"})
    assert answer.url == reverse("goals:goal", args=[goal.pk])
    assert at_home.get(answer.url).status_code == 200
    assert at_home.post(answer.url, {"line": "42 pages, chapter two"}).status_code == 302
    point = Point.objects.get()
    assert (point.entry, point.day) == ({"value": 42.0, "note": "chapter two"}, date(2026, 11, 2))
    page = at_home.get(answer.url).content.decode()
    assert "42 of 100 pages" in page
    assert "42 of 100 pages" in at_home.get(reverse("goals:list", args=[pair.pk])).content.decode()
