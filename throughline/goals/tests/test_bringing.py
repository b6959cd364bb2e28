"""Goals and points out of files: shown first, added once, whole or not at all, and bad lines told by their number."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from throughline.goals import actions
from throughline.goals.domain.measure import Kind, Levels, Number
from throughline.goals.models import Goal, Milestone, Point, Sharing
from throughline.goals.queries import goals_in
from throughline.goals.queries.measured import measures_of

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def goal(pair, mentee) -> Goal:
    made = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Submit it", due=date(2026, 12, 1))
    actions.measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    actions.record_line(goal=made, by=mentee, line="10 pages, =sum(a)")
    actions.record_line(goal=made, by=mentee, line="=cmd()")
    return made


@pytest.fixture
def at_home(client, mentee):
    client.force_login(mentee)
    return client


def show(client, pair, content):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse("goals:bring", args=[pair.pk]), {"file": SimpleUploadedFile("goals", content)})


def said(answer) -> str:
    return unescape(answer.content.decode())


def add(client, pair, text):
    return client.post(reverse("goals:bring", args=[pair.pk]), {"kept": text, "yes": "1"})


def plain(point) -> dict:
    return {name: said for name, said in point.entry.items() if not name.startswith("said_")}


def without(goals, *names):
    """What a file says, but for ids, who holds it now and when it came here."""
    left_out = {"id", "milestone_id", "owner", "private", "by", *names}
    if isinstance(goals, dict):
        return {name: without(value, *names) for name, value in goals.items() if name not in left_out}
    return [without(one, *names) for one in goals] if isinstance(goals, list) else goals


@pytest.mark.parametrize("name", ["json", "csv"])
def test_levels_weights_milestones_first_dates_and_history_come_back_whole(at_home, pair, mentor, mentee, name) -> None:
    number = actions.write_goal(
        relationship=pair, by=mentee, owner=mentee, sentence="Submit it", why="It opens doors", due=date(2026, 12, 1)
    )
    actions.measure_goal(goal=number, by=mentee, kind=Kind.NUMBER, content=Number("pages", 2, 100))
    actions.measure_goal(goal=number, by=mentor, kind=Kind.NUMBER, content=Number("pages", 2, 80))
    point = actions.record_line(goal=number, by=mentor, line="420, =a slip", day=date(2026, 10, 30))
    actions.correct_point(point=point, by=mentee, seen=0, value=42.0, note="read", day=date(2026, 10, 31))
    actions.set_due(goal=number, by=mentee, due=date(2026, 12, 8), reason="Snow")
    actions.reword_goal(goal=number, by=mentor, sentence="Submit it well", why="So", outcome="In print", owner=mentee)
    levels = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Speak")
    five = Levels(("Never", "Rarely", "Each week", "Each day", "Gladly"), weight=3, baseline=-2)
    actions.measure_goal(goal=levels, by=mentee, kind=Kind.LEVELS, content=five)
    actions.agree_to_levels(goal=levels, by=mentor, number=1)
    actions.record_line(goal=levels, by=mentee, line="+1, with notes")
    steps = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Decide")
    actions.measure_by_milestones(
        goal=steps, by=mentee, steps=[("Outline", date(2026, 11, 5)), ("Draft", None), ("Send", date(2026, 12, 1))]
    )
    actions.move_milestone(milestone=Milestone.objects.get(number=3), by=mentor, due=date(2026, 12, 3), reason="Ill")
    actions.record_line(goal=steps, by=mentor, line="done: outline, short")
    actions.reach_goal(goal=steps, by=mentee)
    first = at_home.get(reverse("goals:json", args=[pair.pk])).json()
    file = at_home.get(reverse(f"goals:{name}", args=[pair.pk])).content.decode()
    assert "Nothing. What it says is here already" in said(show(at_home, pair, file))
    Goal.objects.all().delete()
    for _twice in range(2):
        assert add(at_home, pair, file).status_code == 302
    again = at_home.get(reverse("goals:json", args=[pair.pk])).json()
    by_name = {goal["sentence"]: goal for goal in again["goals"]}
    for goal in first["goals"]:
        back = by_name[goal["sentence"]]
        happened = [one for one in back["history"] if one["at"] < NOW.isoformat() or one in goal["history"]]
        assert happened[: len(goal["history"])] == goal["history"]
        assert without(back, "history", "owner_name") == without(goal, "history", "owner_name")
        assert [point.get("history") for point in back["points"]] == [one.get("history") for one in goal["points"]]
    page = said(at_home.get(reverse("goals:goal", args=[by_name["Submit it well"]["id"]])))
    assert f"recorded by {mentor.called}, as a file says that you brought in" in page
    assert f"Brought in from a file by {mentee.called}" in page
    assert set(Point.objects.values_list("by", flat=True)) == {mentee.pk}
    found = Goal.objects.get(pk=by_name["Speak"]["id"])
    assert (measures_of(found).in_force, measures_of(found).waiting.content) == (None, five)
    actions.share_goal(goal=found, by=mentee)
    actions.agree_to_levels(goal=found, by=mentor, number=1)
    assert [line.picture.value for line in goals_in(mentor, pair.pk)] == [1]


@pytest.mark.parametrize("name", ["json", "csv"])
def test_what_was_taken_along_adds_nothing_and_brings_back_what_is_gone(at_home, goal, pair, name) -> None:
    file = at_home.get(reverse(f"goals:{name}", args=[pair.pk])).content.decode()
    assert "Nothing. What it says is here already" in said(show(at_home, pair, file))
    assert add(at_home, pair, file).status_code == 302
    assert Point.objects.count() == 2
    before = [(point.day, plain(point)) for point in Point.objects.order_by("at", "pk")]
    Goal.objects.all().delete()
    assert "A new goal of yours" in said(show(at_home, pair, file))
    assert not Goal.objects.exists()
    for _twice in range(2):
        assert add(at_home, pair, file).status_code == 302
    [made] = Goal.objects.all()
    assert (made.words["sentence"], made.due, Sharing.objects.count()) == ("Submit it", date(2026, 12, 1), 0)
    assert sorted(map(repr, before)) == sorted(repr((point.day, plain(point))) for point in Point.objects.all())


def test_a_point_that_was_taken_back_or_corrected_does_not_return(at_home, goal, pair, mentee) -> None:
    file = at_home.get(reverse("goals:json", args=[pair.pk])).content.decode()
    first, second = Point.objects.order_by("at", "pk")
    actions.correct_point(point=first, by=mentee, seen=0, value=11.0, note="", day=first.day)
    actions.withdraw_point(point=second, by=mentee)
    assert "Nothing. What it says is here already" in said(show(at_home, pair, file))


def test_a_table_made_by_hand_says_which_lines_stay_out_and_why(at_home, goal, pair) -> None:
    table = (
        "\ufeffGoal;Day;Value;Note;Link\r\n"
        "submit  it;2026-10-01;12;;\r\n"
        'Submit it;2026-10-02;;"two\r\nlines";https://example.org/\r\n'
        "Submit it;2026-13-02;1;;\r\n"
        "Submit it;2026-12-31;1;;\r\n"
        "Submit it;2026-10-03;many;;\r\n"
        ";2026-10-03;1;;\r\n"
        "Submit it;2026-10-03;;;\r\n"
        "Submit it;2026-10-03;;x;javascript:alert(1)\r\n"
        "Another one;2026-10-03;5;;\r\n"
    )
    page = said(show(at_home, pair, table))
    for sentence in (
        'Line 5:</strong> <span class="own-words">“2026-13-02” is no day.',
        'Line 6:</strong> <span class="own-words">2026-12-31 has not come yet.',
        'Line 7:</strong> <span class="own-words">“many” is no number',
        'Line 8:</strong> <span class="own-words">It names no goal',
        'Line 9:</strong> <span class="own-words">It says nothing beside a day',
        'Line 10:</strong> <span class="own-words">“javascript:alert(1)” is no address',
        'Line 11:</strong> <span class="own-words">5 is a value, and this goal does not count anything.',
        "2 points",
    ):
        assert sentence in page
    assert Point.objects.count() == 2
    add(at_home, pair, table)
    assert [(point.day, point.entry) for point in Point.objects.filter(day__month=10).order_by("day")] == [
        (date(2026, 10, 1), {"value": 12.0}),
        (date(2026, 10, 2), {"note": "two\nlines", "link": "https://example.org/"}),
    ]


HOSTILE = {
    "not text": b"\xff\xfe\x00g",
    "a cut file": b'{"goals": [',
    "nested": b"[" * 100_000,
    "no goals": b'{"goals": {"a": 1}}',
    "points that are none": b'{"goals": [{"sentence": "x", "points": [1]}]}',
    "a quote without end": b'goal,day\n"' + b"x" * 200_000,
    "no columns": b"a,b\n1,2\n",
    "empty": b"",
    "too many": b"goal,day,note\n" + b"x,2026-01-01,y\n" * 10_001,
    "too large": b"goal,day\n" + b"x" * 1024 * 1024,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(at_home, goal, pair, name) -> None:
    answer = show(at_home, pair, HOSTILE[name])
    assert answer.status_code == 422
    assert "error" in said(answer)
    assert (Goal.objects.count(), Point.objects.count()) == (1, 2)


def test_odd_values_stay_out_and_markup_is_shown_as_text(at_home, goal, pair) -> None:
    points = [
        {"day": "2026-10-01", "value": value}
        for value in (float("nan"), float("inf"), 10**400, 1e300, True, [1], {"a": 1}, "0x10", "١٢")
    ]
    file = json.dumps(
        {
            "goals": [
                {"id": str(goal.pk), "points": points},
                {"sentence": "<script>alert(1)</script>", "due": "2027-01-01"},
            ]
        }
    )
    page = show(at_home, pair, file).content.decode()
    assert page.count("is no number that can be used") == len(points)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_takes_the_same_queries_for_ten_and_a_thousand_lines(
    at_home, goal, pair, mentee, django_assert_num_queries
) -> None:
    for count in (10, 1000):
        table = "goal,day,value\n" + "".join(f"Submit it,2026-10-01,{number}\n" for number in range(count))
        show(at_home, pair, table)
        with django_assert_num_queries(9):
            assert show(at_home, pair, table).status_code == 200


def test_nobody_brings_into_what_is_not_theirs(client, goal, pair, mentor, mentee, stranger) -> None:
    client.force_login(stranger)
    assert client.get(reverse("goals:bring", args=[pair.pk])).status_code == 404
    assert add(client, pair, "goal,day,note\nSubmit it,2026-10-01,x\n").status_code == 404
    own = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Mine", private=True)
    client.force_login(mentor)
    page = said(show(client, pair, f"id,goal,day,note\n{own.pk},,2026-10-01,x\n"))
    assert "It names no goal that is here." in page
    assert Point.objects.filter(goal=own).count() == 0
