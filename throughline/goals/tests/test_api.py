"""Goals for programs: one's own and shared ones, by scope, and progress once however often it is sent."""

from __future__ import annotations

import pytest

from throughline.accounts.actions import make_token
from throughline.foundation.ids import new_id
from throughline.goals.actions import measure_goal, write_goal
from throughline.goals.domain.measure import Kind, Number
from throughline.goals.models import Point


@pytest.fixture
def goal(pair, mentee):
    made = write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Submit it")
    measure_goal(goal=made, by=mentee, kind=Kind.NUMBER, content=Number("pages", 0, 100))
    return made


def headers(person, *scopes):
    return {"Authorization": f"Bearer {make_token(by=person, name='mine', scopes=list(scopes), days=1)[1]}"}


def test_a_program_reads_and_records(client, goal, pair, mentee, mentor) -> None:
    private = write_goal(relationship=pair, by=mentee, owner=mentee, sentence="Mine", private=True)
    mine = headers(mentee, "goals:read", "goals:write")
    said = {"line": "42 pages, chapter two", "once": str(new_id())}
    for _twice in range(2):
        answer = client.post(f"/api/v1/goals/{goal.pk}/points", said, content_type="application/json", headers=mine)
        assert (answer.status_code, answer.json()["value"], answer.json()["note"]) == (201, 42, "chapter two")
    assert Point.objects.count() == 1
    assert client.get("/api/v1/goals", headers=mine).json()["count"] == 2
    theirs = headers(mentor, "goals:read")
    [seen] = client.get("/api/v1/goals", headers=theirs).json()["goals"]
    assert (seen["sentence"], seen["share"], seen["standing"]) == ("Submit it", 0.42, "not measured")
    assert client.get(f"/api/v1/goals/{private.pk}", headers=theirs).status_code == 404


def test_what_is_wrong_is_said(client, goal, mentee, stranger) -> None:
    mine, address = headers(mentee, "goals:write"), f"/api/v1/goals/{goal.pk}/points"
    for said in ({"line": "42 chapters"}, {"line": "42", "day": "2999-01-01"}, {"line": ""}, {}):
        answer = client.post(address, said, content_type="application/json", headers=mine)
        assert (answer.status_code, bool(answer.json()["detail"])) == (422, True)
    assert client.get("/api/v1/goals", headers=mine).status_code == 401
    other = headers(stranger, "goals:read", "goals:write")
    answer = client.post(address, {"line": "1"}, content_type="application/json", headers=other)
    assert (answer.status_code, Point.objects.count()) == (404, 0)
