"""The series and its meetings as people read them, and as strangers do not."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.calls.models import Call
from throughline.foundation.ids import new_id
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.jobs import settle_all
from throughline.meetings.models import Meeting, Series
from throughline.meetings.tests.scenes import FIRST, sign, talk
from throughline.relationships.actions import end_relationship
from throughline.relationships.things import open_items_of


@pytest.fixture
def meetings(pair):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    return list(Meeting.objects.order_by("start"))


def words(response) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]
    text = html.unescape(re.sub(r"</?(?:time|b|em)\b[^>]*>", "", main))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def read(client, person, at: datetime, name: str, *args) -> str:
    client.force_login(person)
    with time_machine.travel(at, tick=False):
        response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return words(response)


def test_each_reads_the_series_in_their_own_time(client, pair, meetings, mentor, mentee):
    mine = read(client, mentor, FIRST, "meetings:series", pair.pk)
    assert "Every Tuesday at 18:00 (Berlin), 50 min, as you both signed." in mine
    assert "Tue 6 Oct, 18:00 09:00 for Tomás Rivera (Los Angeles)" in mine
    theirs = read(client, mentee, FIRST, "meetings:series", pair.pk)
    assert "Tue 6 Oct, 09:00 18:00 for Mira Lindqvist (Berlin)" in theirs


def test_the_week_in_which_only_one_clock_has_changed_says_so(client, pair, meetings, mentor, mentee):
    mine = read(client, mentor, FIRST, "meetings:series", pair.pk)
    assert "Tue 27 Oct, 18:00 10:00 for Tomás Rivera (Los Angeles) An hour later than usual for Tomás" in mine
    theirs = read(client, mentee, FIRST, "meetings:meeting", meetings[3].pk)
    assert "An hour later than usual for you, since the clocks change." in theirs


def test_a_pair_without_an_agreement_is_told_where_meetings_come_from(client, pair, mentor):
    assert "No meetings yet" in read(client, mentor, FIRST, "meetings:series", pair.pk)


@pytest.mark.parametrize("name", ["meetings:meeting", "meetings:series"])
def test_a_stranger_gets_404(client, pair, meetings, stranger, name):
    client.force_login(stranger)
    subject = pair.pk if name == "meetings:series" else meetings[0].pk
    assert client.get(reverse(name, args=[subject])).status_code == 404
    assert client.get(reverse(name, args=[new_id()])).status_code == 404
    assert client.post(reverse("meetings:join", args=[meetings[0].pk])).status_code == 404


def test_without_signing_in_the_way_leads_to_the_sign_in(client, pair, meetings):
    assert client.get(reverse("meetings:meeting", args=[meetings[0].pk])).status_code == 302


def test_before_the_door_opens_the_page_says_when(client, meetings, mentor):
    at = meetings[0].start - timedelta(hours=1)
    page = read(client, mentor, at, "meetings:meeting", meetings[0].pk)
    assert "You can join from 17:50, ten minutes before the start." in page
    with time_machine.travel(at, tick=False):
        response = client.post(reverse("meetings:join", args=[meetings[0].pk]), follow=True)
    assert "You can join from ten minutes before the start." in words(response)
    assert Call.objects.count() == 0


def test_a_double_click_on_join_opens_one_call(client, meetings, mentor, mentee):
    with time_machine.travel(meetings[0].start, tick=False):
        for person in (mentor, mentor, mentee):
            client.force_login(person)
            response = client.post(reverse("meetings:join", args=[meetings[0].pk]))
            assert response.status_code == 302
    call = Call.objects.get()
    assert (response["Location"], call.occasion) == (reverse("calls:call", args=[call.pk]), meetings[0].occasion)


def test_an_ended_relationship_shuts_the_open_door(client, pair, meetings, mentor, mentee):
    pages = [("meetings:meeting", meetings[0].pk), ("meetings:series", pair.pk), ("relationship", pair.pk)]
    at = meetings[0].start + timedelta(minutes=5)
    address = reverse("meetings:join", args=[meetings[0].pk])

    def leads_in() -> list[bool]:
        return [address in client.get(reverse(name, args=[key])).content.decode() for name, key in pages]

    with time_machine.travel(at, tick=False):
        client.force_login(mentee)
        assert leads_in() == [True, True, True]
        assert KIND in {item.thing.kind for item in open_items_of(mentee, [pair.pk])}
        end_relationship(relationship=pair, by=mentor, reflection="")
        assert leads_in() == [False, False, False]
        assert open_items_of(mentee, [pair.pk]) == [], "nothing waits for anybody in what has ended"
        client.post(address)
    assert Call.objects.count() == 0


def test_what_became_of_meetings_is_said_in_words(client, pair, meetings, mentor, mentee):
    talk(pair, meetings[0], [mentor, mentee], minutes=48)
    talk(pair, meetings[1], [mentor, mentee], minutes=20 / 60)
    talk(pair, meetings[2], [mentee], minutes=15)
    later = meetings[3].start + timedelta(hours=5)
    with time_machine.travel(later, tick=False):
        settle_all()
    page = read(client, mentor, later, "meetings:series", pair.pk)
    assert "You were together for 48 min, from 18:00 on." in page
    assert "You were together for 20 s. A meeting of this length is held from 25 min on" in page
    assert "Tomás Rivera came and met nobody." in page
    assert "Nobody joined." in page


@pytest.mark.parametrize("before", ["", "nonsense", "2026-10-20T00:00:00+00:00", "0001-01-01T00:00:00+14:00"])
def test_any_page_of_the_past_opens(client, pair, meetings, mentor, before):
    client.force_login(mentor)
    assert client.get(reverse("meetings:series", args=[pair.pk]), {"before": before}).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_number_of_queries_does_not_grow(client, pair, mentor, mentee, count, django_assert_num_queries):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    first, series = Meeting.objects.order_by("start").first(), Series.objects.get()
    talk(pair, first, [mentor, mentee])
    starts = [first.start - timedelta(hours=number) for number in range(1, count)]
    Meeting.objects.bulk_create(
        Meeting(series=series, relationship=pair, first_start=at, start=at, end=at + timedelta(minutes=30))
        for at in starts
    )
    client.force_login(mentor)
    with time_machine.travel(datetime(2026, 10, 7, tzinfo=UTC), tick=False):
        settle_all()
        with django_assert_num_queries(15):
            response = client.get(reverse("meetings:series", args=[pair.pk]))
    assert ("Show earlier meetings" in words(response)) is (count > 20)
