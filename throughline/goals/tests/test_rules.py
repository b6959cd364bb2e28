"""What holds of goals whoever asks: bad input, two at once, privacy, levels, and what lists cost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.goals import actions
from throughline.goals.domain.lines import Unclear, UnclearLineError
from throughline.goals.domain.measure import Kind, Levels, Number
from throughline.goals.models import Correction, Goal, NewDate, Opening, Point
from throughline.goals.queries import goals_in, stalest_goals
from throughline.goals.queries.measured import measures_of

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = date(2026, 11, 2)
FIVE = Levels(("Never", "Rarely", "Each week", "Each day", "Gladly"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def goal(pair, mentee) -> Goal:
    made = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Submit it", due=date(2026, 12, 1))
    actions.measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    return made


def post(client, person, name, *args, **fields):
    client.force_login(person)
    return client.post(reverse(f"goals:{name}", args=args), fields)


def test_two_who_record_at_once_both_count_and_a_sum_sees_the_other(goal, mentor, mentee) -> None:
    actions.record_line(goal=goal, by=mentee, line="10")
    actions.record_line(goal=goal, by=mentor, line="+5")
    actions.record_line(goal=goal, by=mentee, line="+5")
    assert [line.picture.value for line in goals_in(mentee, goal.relationship_id)] == [20]


def test_a_point_of_tomorrow_is_refused_and_nothing_is_lost(client, goal, mentee) -> None:
    answer = post(client, mentee, "goal", goal.pk, line="42", day=(TODAY + timedelta(days=1)).isoformat())
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This day has not come yet." in page
    assert 'value="42"' in page
    assert not Point.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-01", "2020-01-01"])
def test_a_due_date_in_the_past_is_refused(client, goal, mentee, day) -> None:
    answer = post(client, mentee, "date", goal.pk, due=day, reason="")
    assert answer.status_code == 422
    assert "This day has passed." in answer.content.decode()
    assert not NewDate.objects.exists()


def test_the_first_date_stays(goal, mentee) -> None:
    actions.set_due(goal=goal, by=mentee, due=date(2026, 12, 8), reason="Snow")
    actions.set_due(goal=goal, by=mentee, due=date(2026, 12, 8))
    [line] = goals_in(mentee, goal.relationship_id)
    assert (line.first_due, line.due, NewDate.objects.count()) == (date(2026, 12, 1), date(2026, 12, 8), 1)


def test_a_unit_that_changes_asks_what_becomes_of_the_points(client, goal, mentee) -> None:
    actions.record_line(goal=goal, by=mentee, line="40")
    fields = {"kind": "number", "unit": "words", "baseline": "0", "target": "8,000"}
    answer = post(client, mentee, "measure", goal.pk, **fields)
    assert answer.status_code == 422
    assert "So far it was counted in pages." in answer.content.decode()
    assert post(client, mentee, "measure", goal.pk, unit_change="new", **fields).status_code == 302
    [line] = goals_in(mentee, goal.relationship_id)
    assert (line.picture.unit, line.picture.value, line.picture.target) == ("words", None, 8000)
    assert (
        post(client, mentee, "measure", goal.pk, unit_change="same", **{**fields, "unit": "signs"}).status_code == 302
    )
    assert measures_of(Goal.objects.get()).in_force.count == 2


def test_a_correction_keeps_what_was_said_and_refuses_an_overtaken_one(goal, mentor, mentee) -> None:
    point = actions.record_line(goal=goal, by=mentee, line="420")
    for _twice in range(2):
        actions.correct_point(point=point, by=mentee, seen=0, value=42.0, note="", day=point.day)
    with pytest.raises(actions.MeanwhileCorrectedError):
        actions.correct_point(point=point, by=mentor, seen=0, value=43.0, note="", day=point.day)
    assert [kept.before["value"] for kept in Correction.objects.all()] == [420]
    for _twice in range(2):
        actions.withdraw_point(point=point, by=mentee)
    assert (Correction.objects.count(), goals_in(mentee, goal.relationship_id)[0].picture.value) == (2, None)


def test_levels_count_once_both_agree_and_again_when_they_are_written_anew(pair, mentor, mentee) -> None:
    goal = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Speak")
    actions.measure_goal(goal=goal, by=mentee, kind=Kind.LEVELS, content=FIVE)
    with pytest.raises(UnclearLineError) as refused:
        actions.record_line(goal=goal, by=mentee, line="+1")
    assert refused.value.why is Unclear.NOT_AGREED
    with pytest.raises(actions.NothingToAgreeError):
        actions.agree_to_levels(goal=goal, by=mentor, number=2)
    actions.agree_to_levels(goal=goal, by=mentor, number=1)
    actions.record_line(goal=goal, by=mentee, line="+1")
    anew = Levels((*FIVE.words[:4], "With pleasure"))
    actions.measure_goal(goal=goal, by=mentor, kind=Kind.LEVELS, content=anew)
    found = measures_of(goal)
    assert (found.in_force.content, found.waiting.content) == (FIVE, anew)
    actions.agree_to_levels(goal=goal, by=mentee, number=2)
    assert measures_of(goal).in_force.content == anew
    assert goals_in(mentee, pair.pk)[0].picture.value is None  # points belong to the levels that they were one of


def test_a_private_goal_is_its_owners_alone_until_shared(client, pair, mentor, mentee) -> None:
    goal = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Ask for more", private=True)
    actions.record_line(goal=goal, by=mentee, line="Found the words")
    assert (goals_in(mentor, pair.pk), stalest_goals(mentee, pair.pk)) == ([], [])
    client.force_login(mentor)
    assert client.get(reverse("goals:goal", args=[goal.pk])).status_code == 404
    with pytest.raises(actions.PrivateOwnerError):
        actions.reword_goal(goal=goal, by=mentee, sentence="Ask", why="", outcome="", owner=mentor)
    actions.share_goal(goal=goal, by=mentee)
    for _twice in range(2):
        assert client.get(reverse("goals:goal", args=[goal.pk])).status_code == 200
    assert Opening.objects.count() == 1


def test_only_its_owner_ends_a_goal_and_can_open_it_again(client, goal, mentor, mentee) -> None:
    assert post(client, mentor, "reach", goal.pk).status_code == 403
    for _twice in range(2):
        made = actions.split_goal(goal=goal, by=mentee, parts=[("One", None), ("Two", date(2026, 12, 5))])
        assert [part.words["sentence"] for part in made] == ["One", "Two"]
    actions.reopen_goal(goal=goal, by=mentee)
    assert [line.end for line in goals_in(mentee, goal.relationship_id)] == [None, None, None]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_lists_take_a_fixed_number_of_queries(client, pair, mentee, count, django_assert_num_queries) -> None:
    for number in range(count):
        goal = actions.write_goal(relationship=pair, by=mentee, owner=mentee, sentence=f"Chapter {number}")
        actions.measure_goal(goal=goal, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 10))
        actions.record_line(goal=goal, by=mentee, line="3")
    client.force_login(mentee)
    for name, queries in (("list", 9), ("review", 8), ("json", 17), ("csv", 17)):
        address = reverse(f"goals:{name}", args=[pair.pk])
        client.get(address)
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_a_file_runs_nothing_in_a_spreadsheet(client, goal, mentee) -> None:
    actions.record_line(goal=goal, by=mentee, line="=cmd()")
    client.force_login(mentee)
    text = client.get(reverse("goals:csv", args=[goal.relationship_id])).content.decode()
    assert ",'=cmd()," in text
    said = client.get(reverse("goals:json", args=[goal.relationship_id])).json()
    assert [(one["sentence"], one["points"][0]["note"]) for one in said["goals"]] == [("Submit it", "=cmd()")]
