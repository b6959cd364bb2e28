"""Taking on, moving, doing and dropping, through the page and the actions."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from throughline.commitments.access import NotTheOwnerError
from throughline.commitments.actions import complete, drop, make_commitment, re_date
from throughline.commitments.domain.ends import Kept
from throughline.commitments.models import Closing, Commitment, NewDate
from throughline.commitments.queries import commitments_in, open_commitments_of
from throughline.foundation import clock
from throughline.relationships.access import RelationshipEndedError
from throughline.relationships.actions import end_relationship
from throughline.relationships.things import open_items_of, thing_for

WORDS = "Read <i>chapter</i> three & write a page"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def soon(days: int = 7) -> date:
    return clock.today_in("America/Los_Angeles") + timedelta(days=days)


@pytest.fixture
def promise(pair, mentee) -> Commitment:
    return make_commitment(relationship=pair, owner=mentee, due=soon(), words=WORDS)


def page(pair) -> str:
    return reverse("commitments:list", args=[pair.pk])


def form(owner, **changed) -> dict[str, str]:
    return {"words": WORDS, "owner": str(owner.pk), "due": soon().isoformat(), "once": str(uuid4()), **changed}


def test_one_writes_down_what_the_other_took_on(pair, mentor, mentee) -> None:
    values = form(mentee)
    client = signed_in(mentor)
    for _ in range(2):  # a double click
        assert client.post(page(pair), values).headers["Location"] == page(pair)
    [only] = commitments_in(pair.pk)
    assert (only.words, only.owner_id, only.due, only.first_due, only.kept) == (
        WORDS, mentee.pk, soon(), soon(), Kept.OPEN,
    )  # fmt: skip
    assert open_commitments_of(mentee) == [only]
    assert open_commitments_of(mentor) == []
    assert "Read &lt;i&gt;chapter&lt;/i&gt; three &amp; write" in client.get(page(pair)).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "", "Say what will be done."),
        ("words", "x" * 501, "Ensure this value has at most 500 characters (it has 501)."),
        ("due", "", "Say by which day."),
        ("due", "31.31.2026", "This is no date."),
        ("due", "2020-01-01", "This day has passed. Choose today or a later one."),
        ("due", "9999-12-31", "This is more than two years away. Choose a nearer day."),
        ("owner", "nobody", "Choose one of the people in this relationship."),
    ],
)
def test_wrong_input_is_said_at_its_field(pair, mentor, field, value, sentence) -> None:
    response = signed_in(mentor).post(page(pair), form(mentor) | {field: value})
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Commitment.objects.count() == 0


def test_a_stranger_cannot_take_part(pair, stranger, mentor, promise) -> None:
    client = signed_in(stranger)
    addresses = [page(pair), reverse("commitments:change", args=[promise.pk])]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.post(reverse("commitments:done", args=[promise.pk])).status_code == 404
    with pytest.raises(Http404):
        make_commitment(relationship=pair, owner=stranger, due=soon(), words="x")
    response = signed_in(mentor).post(page(pair), form(stranger))
    assert response.status_code == 422


def test_only_the_owner_acts(promise, mentor) -> None:
    client = signed_in(mentor)
    assert client.post(reverse("commitments:done", args=[promise.pk])).status_code == 403
    assert client.post(reverse("commitments:change", args=[promise.pk]), {"reason": "no"}).status_code == 403
    with pytest.raises(NotTheOwnerError):
        re_date(commitment=promise, by=mentor, due=soon(9))
    assert Closing.objects.count() == NewDate.objects.count() == 0


def test_a_new_day_keeps_the_first_in_view(pair, mentee, promise) -> None:
    client = signed_in(mentee)
    for _ in range(2):
        client.post(reverse("commitments:change", args=[promise.pk]), {"due": soon(14).isoformat()})
    [only] = commitments_in(pair.pk)
    assert (only.due, only.first_due, NewDate.objects.count()) == (soon(14), soon(), 1)
    response = client.post(reverse("commitments:change", args=[promise.pk]), {"due": "2020-01-01"})
    assert (response.status_code, "This day has passed" in response.content.decode()) == (422, True)


def test_done_and_dropped_exclude_each_other(pair, mentee, promise) -> None:
    for _ in range(2):
        complete(commitment=promise, by=mentee)
    drop(commitment=promise, by=mentee, reason="late")
    re_date(commitment=promise, by=mentee, due=soon(20))
    [only] = commitments_in(pair.pk)
    assert (only.kept, only.reason, only.due) == (Kept.ON_TIME, "", soon())
    assert open_commitments_of(mentee) == []


def test_letting_go_takes_a_reason(pair, mentee, promise) -> None:
    client = signed_in(mentee)
    address = reverse("commitments:change", args=[promise.pk])
    assert "A short reason" in client.post(address, {"reason": " "}).content.decode()
    client.post(address, {"reason": "Not needed"})
    assert [(one.kept, one.reason) for one in commitments_in(pair.pk)] == [(Kept.DROPPED, "Not needed")]


def test_it_is_a_thing_with_an_open_item_for_its_owner(pair, mentor, mentee, promise, stranger) -> None:
    thing = thing_for(mentor, "commitments.commitment", promise.pk)
    assert (thing.title, thing.address) == (WORDS, f"{page(pair)}#c-{promise.pk}")
    assert thing in [item.thing for item in open_items_of(mentee, [pair.pk])]
    assert thing not in [item.thing for item in open_items_of(mentor, [pair.pk])]
    assert open_items_of(stranger, [pair.pk]) == []
    with pytest.raises(Http404):
        thing_for(stranger, "commitments.commitment", promise.pk)


def test_nothing_is_written_once_it_has_ended(pair, mentor, mentee, promise) -> None:
    end_relationship(relationship=pair, by=mentor)
    with pytest.raises(RelationshipEndedError):
        complete(commitment=promise, by=mentee)
    assert signed_in(mentee).post(page(pair), form(mentee)).status_code == 403
    assert signed_in(mentee).get(page(pair)).status_code == 200
    assert open_commitments_of(mentee) == []


@pytest.mark.parametrize("many", [1, 3, 300])
def test_the_list_takes_as_many_queries_for_one_as_for_many(many, pair, mentee, django_assert_num_queries) -> None:
    for _ in range(many):
        make_commitment(relationship=pair, owner=mentee, due=soon(), words=WORDS)
    client = signed_in(mentee)
    client.get(page(pair))
    with django_assert_num_queries(8):
        assert client.get(page(pair)).status_code == 200
