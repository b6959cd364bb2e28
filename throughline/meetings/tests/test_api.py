"""The door for programs: the same meetings, the same refusals."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from throughline.accounts.actions import make_token, revoke_token
from throughline.foundation.ids import new_id
from throughline.meetings.models import Meeting, Series
from throughline.meetings.tests.scenes import FIRST, sign, talk

PAGE = Path(__file__).parents[3] / "docs/building/api.md"
LIST = "/api/v1/meetings"


@pytest.fixture
def met(pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    talk(pair, Meeting.objects.order_by("start").first(), [mentor, mentee], late=3, minutes=48)
    with time_machine.travel(datetime(2026, 10, 7, tzinfo=UTC), tick=False):
        yield pair


def token_of(person, *, scopes=("meetings:read",), days=30) -> str:
    return make_token(by=person, name="calendar", scopes=list(scopes), days=days)[1]


def get(client, address: str, token: str | None, **query):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(address, query, headers=headers)


def test_the_example_on_the_page_is_what_happens(client, met, mentor):
    text = PAGE.read_text()
    request = re.search(r"```http\n(\w+) (\S+)", text)
    expected = json.loads(re.search(r"```json\n(.*?)```", text, re.S)[1])
    answer = get(client, request[2], token_of(mentor)).json()
    first = Meeting.objects.order_by("start").first()
    assert (answer["meetings"][0]["id"], answer["meetings"][0]["relationship_id"]) == (str(first.pk), str(met.pk))
    answer["meetings"][0] |= {name: expected["meetings"][0][name] for name in ("id", "relationship_id")}
    assert answer == expected


def test_one_meeting_says_what_became_of_it(client, met, mentee):
    coming = Meeting.objects.order_by("start")[1]
    assert get(client, f"{LIST}/{coming.pk}", token_of(mentee)).json() == {
        "id": str(coming.pk),
        "relationship_id": str(met.pk),
        "first_start": "2026-10-13T16:00:00Z",
        "start": "2026-10-13T16:00:00Z",
        "end": "2026-10-13T16:50:00Z",
        "state": "to come",
        "kept": None,
        "together_seconds": None,
        "started_at": None,
    }


def test_filters_and_pages(client, met, mentor):
    token = token_of(mentor)

    def days(**query):
        return [meeting["start"][5:10] for meeting in get(client, LIST, token, **query).json()["meetings"]]

    assert days(since="2026-10-13T16:00:00Z", until="2026-10-27T17:00:00Z") == ["10-13", "10-20"]
    assert days(limit=2, offset=6) == ["11-17", "11-24"]
    assert len(days(relationship=str(met.pk))) == 8


def test_a_strangers_token_sees_nothing(client, met, stranger):
    token = token_of(stranger)
    theirs = get(client, f"{LIST}/{Meeting.objects.first().pk}", token)
    nobodys = get(client, f"{LIST}/{new_id()}", token)
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json() == nobodys.json()
    assert theirs.json() == {"detail": "There is nothing here for you: it does not exist, or it is not yours."}
    assert get(client, LIST, token).json() == {"count": 0, "meetings": []}
    assert get(client, LIST, token, relationship=str(met.pk)).status_code == 404


def test_only_a_token_with_the_scope_that_still_holds_opens(client, met, mentor):
    refused = get(client, LIST, None)
    assert refused.status_code == 401
    assert refused.json()["detail"].startswith("Send a token in the header")
    assert get(client, LIST, "made up").status_code == 401
    assert get(client, LIST, token_of(mentor, scopes=["other:read"])).status_code == 401
    row, token = make_token(by=mentor, name="calendar", scopes=["meetings:read"], days=1)
    assert get(client, LIST, token).status_code == 200
    with time_machine.travel(datetime(2026, 10, 9, tzinfo=UTC), tick=False):
        assert get(client, LIST, token).status_code == 401
    revoke_token(by=mentor, token_id=row.pk)
    assert get(client, LIST, token).status_code == 401


def test_a_session_opens_nothing_here(client, met, mentor):
    client.force_login(mentor)
    assert client.get(LIST).status_code == 401


def test_wrong_input_says_where(client, met, mentor):
    answer = get(client, LIST, token_of(mentor), limit="many", since="2026-10-13T16:00:00")
    assert answer.status_code == 422
    assert answer.json() == {
        "detail": "Something that you sent cannot be used; nothing was done.",
        "fields": {
            "query.limit": "Input should be a valid integer, unable to parse string as an integer",
            "query.since": "Input should have timezone info",
        },
    }


def test_too_many_requests_are_told_to_slow_down(client, met, mentor):
    token = token_of(mentor)
    with time_machine.travel(datetime(2026, 10, 7, 1, tzinfo=UTC), tick=False):
        codes = [get(client, f"{LIST}/{new_id()}", token).status_code for _ in range(121)]
    assert codes == [404] * 120 + [429]


def test_the_description_names_every_answer_and_loads_nothing_from_elsewhere(client, db):
    described = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/meetings", "/api/v1/meetings/{meeting_id}"} <= set(described["paths"])
    assert sorted(described["paths"][LIST]["get"]["responses"]) == ["200", "401", "404", "422", "429"]
    assert client.get("/api/v1/docs").status_code == 404


hostile = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda at: at.isoformat()),
    st.uuids().map(str),
    st.sampled_from(["", "-1", "0", "1e9", "NaN", "null", "' OR 1=1 --", "<script>", "0001-01-01T00:00:00+14:00"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["relationship", "since", "until", "limit", "offset", "other"]), hostile))
def test_no_input_breaks_it(client, met, mentor, query):
    cache.clear()
    answer = get(client, LIST, token_of(mentor), **query)
    assert answer.status_code in (200, 404, 422)
    assert isinstance(answer.json(), dict)


@pytest.mark.parametrize("name", ["x", "0", "019a0000-0000-7000-8000-000000000000x", "%00", "..%2f..", "é"])
def test_an_address_that_is_no_id_is_not_there(client, met, mentor, name):
    assert get(client, f"{LIST}/{name}", token_of(mentor)).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_number_of_queries_does_not_grow(client, pair, mentor, count, django_assert_num_queries):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    series = Series.objects.get()
    Meeting.objects.bulk_create(
        Meeting(series=series, relationship=pair, first_start=at, start=at, end=at + timedelta(minutes=30))
        for at in (FIRST - timedelta(hours=number) for number in range(count))
    )
    token = token_of(mentor)
    get(client, LIST, token)  # the day's first use of a token is written down
    with django_assert_num_queries(12):
        assert get(client, LIST, token, limit=100).status_code == 200
