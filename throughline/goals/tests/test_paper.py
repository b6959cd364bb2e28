"""The goals of a quarter on one page: what stands on it, in any script, and one page however much there is."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from throughline.goals import actions
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.domain.quarters import Quarter
from throughline.goals.queries.sheet import sheet_values_of

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
QUARTER = Quarter(2026, 4)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def written(pair, by, sentence, **more):
    goal = actions.write_goal(relationship=pair, by=by, owner=by, sentence=sentence, due=date(2026, 12, 1), **more)
    actions.measure_goal(goal=goal, by=by, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    return goal


def read_back(pdf: bytes) -> tuple[int, str]:
    """How many pages, and their text on one line."""
    read = PdfReader(io.BytesIO(pdf))
    return len(read.pages), " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_the_page_says_whose_goals_stand_where_and_keeps_private_ones_out(pair, mentor, mentee) -> None:
    goal = written(pair, mentee, "Submit the paper")
    actions.record_line(goal=goal, by=mentee, line="40 pages, chapter two is out")
    written(pair, mentee, "Ask for more money", private=True)
    for reader in (mentor, mentee):
        values = sheet_values_of(reader, pair.pk, QUARTER)
        assert values["goals"] == [
            {
                "sentence": "Submit the paper",
                "direction": "ltr",
                "facts": f"{mentee.called} · by 1 Dec 2026 · 1 point in this quarter",
                "measure": "40 of 100 pages · 40 % of the way after 0 % of the time: too early to say more.",
                "standing": "just begun",
                "behind": False,
                "progress": 40.0,
                "notes": [{"text": "chapter two is out", "direction": "ltr"}],
            }
        ]
        assert "Ask for more money" not in repr(values)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "Submit it"),
        (40, "Submit the long paper to the journal before the snow comes"),
        (70, "你好 שלום مرحبا #x *y* $z$ " * 8),
    ],
)
def test_it_is_one_page_however_much_there_is(client, pair, mentee, count, words) -> None:
    goals = [written(pair, mentee, words) for _number in range(count)]
    if goals:
        actions.record_line(goal=goals[0], by=mentee, line="word " * 90)
    client.force_login(mentee)
    answer = client.get(reverse("goals:paper", args=[pair.pk]), {"quarter": "2026-Q4"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="goals-2026-Q4.pdf"'
    assert read_back(answer.content)[0] == 1
    values = sheet_values_of(mentee, pair.pk, QUARTER)
    assert (len(values["goals"]), values["all"]) == (min(count, 60), count)


def test_what_stands_on_it_is_text_that_others_can_read_and_copy(client, pair, mentee) -> None:
    goal = written(pair, mentee, "Submit the paper")
    actions.record_line(goal=goal, by=mentee, line="40 pages, chapter two is out")
    actions.set_due(goal=goal, by=mentee, due=date(2026, 12, 8), reason="Snow")
    written(pair, mentee, "Ask for more money", private=True)
    client.force_login(mentee)
    _pages, text = read_back(client.get(reverse("goals:paper", args=[pair.pk]), {"quarter": "2026-Q4"}).content)
    for said in (
        "Goals, 1 Oct 2026 to 31 Dec 2026",
        "Submit the paper",
        "by 8 Dec 2026",
        "first said 1 Dec 2026",
        "40 of 100 pages",
        "chapter two is out",
    ):
        assert said in text
    assert "Ask for more money" not in text
    assert "Snow" not in text


def test_a_stranger_finds_no_page(client, pair, stranger) -> None:
    client.force_login(stranger)
    assert client.get(reverse("goals:paper", args=[pair.pk])).status_code == 404
