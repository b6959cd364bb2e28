"""A calendar elsewhere: named on a page, read by a job from a real server, and honest about what it could not do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.calendars.actions import follow_address, read_address
from throughline.calendars.models import BusyTime, Source
from throughline.calendars.queries import busy_times
from throughline.calendars.queries.due import sources_to_read
from throughline.calendars.tests.test_domain_reading import calendar
from throughline.foundation.jobs.runner import run_ready

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TITLE = "Dentist 4711"
EVENT = "DTSTART:20261201T080000Z|DTEND:20261201T090000Z|SUMMARY:" + TITLE
MORNING = (datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2026, 12, 1, 9, tzinfo=UTC))
HALF_YEAR = (NOW, NOW + timedelta(weeks=26))


@pytest.fixture(autouse=True)
def moving():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def page(client) -> str:
    return " ".join(client.get(reverse("calendars:calendars")).content.decode().split())


def test_an_address_is_named_read_and_let_go_of(client, mentor, mentee, publish):
    place = publish(calendar(EVENT))
    client.force_login(mentor)
    answer = client.post(reverse("calendars:follow"), {"url": place.url})
    assert (answer.status_code, place.asked) == (302, [])  # nobody waits for somebody else's server
    assert "We are reading it for the first time" in page(client)
    run_ready()
    assert busy_times(mentor, *HALF_YEAR) == [MORNING]
    assert busy_times(mentee, *HALF_YEAR) == []
    assert "Last read on" in page(client)
    source = Source.objects.get()
    client.post(reverse("calendars:unfollow", args=[source.pk]))
    assert BusyTime.objects.count() == 0


def test_neither_its_address_nor_what_it_says_lies_open(mentor, publish):
    place = publish(calendar(EVENT))
    follow_address(by=mentor, url=place.url)
    run_ready()
    rows = str([*Source.objects.values(), *BusyTime.objects.values()])
    assert "secret-of-mine" not in rows
    assert TITLE not in rows
    assert b"secret-of-mine" not in bytes(Source.objects.get().sealed)
    assert Source.objects.get().way == {"url": place.url}


def test_what_did_not_change_is_not_sent_again(mentor, publish):
    place = publish(calendar(EVENT))
    place.etag = '"7"'
    source = follow_address(by=mentor, url=place.url)
    run_ready()
    read_address(source_id=source.pk)
    assert [asked.get("if-none-match") for asked in place.asked] == [None, '"7"']
    assert busy_times(mentor, *HALF_YEAR) == [MORNING]


def test_what_went_wrong_is_said_and_what_was_read_still_counts(client, mentor, publish, moving):
    place = publish(calendar(EVENT))
    source = follow_address(by=mentor, url=place.url)
    run_ready()
    place.status = 500
    waits = []
    for _try in range(12):
        moving.move_to(Source.objects.get().next_at)
        assert sources_to_read() == [source.pk]
        before = datetime.now(UTC)
        read_address(source_id=source.pk)
        waits.append(Source.objects.get().next_at - before)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=24)
    assert busy_times(mentor, *HALF_YEAR) == [MORNING]
    client.force_login(mentor)
    assert "The server had a problem of its own." in page(client)
    assert "What we read then still counts." in page(client)


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"<html>Sign in</html>", 200, "What is at this address is no calendar."),
        (b"", 404, "there is no such calendar"),
        (calendar("DTSTART:x", "DTSTART:y", EVENT), 200, "2 entries could not be understood and are left out."),
        (calendar("DTSTART:20261201T080000Z|RRULE:FREQ=SECONDLY"), 200, "One entry repeats every hour or more often"),
        (bytes(5_000_001), 200, "This calendar is larger than we read."),
    ],
)
def test_a_person_is_told_what_was_left_out(client, mentor, publish, content, status, sentence):
    place = publish(content)
    place.status = status
    follow_address(by=mentor, url=place.url)
    run_ready()
    client.force_login(mentor)
    assert sentence in page(client)


def test_our_own_network_is_not_asked(client, mentor):
    follow_address(by=mentor, url="http://127.0.0.1:8080/mine.ics")
    run_ready()
    client.force_login(mentor)
    assert "This address leads into a private network." in page(client)


@pytest.mark.parametrize(
    "typed", ["", "my calendar", "ftp://example.org/a.ics", "https://me:pw@example.org/a.ics", "https://x"]
)
def test_what_is_no_address_is_refused_with_what_was_typed(client, mentor, typed):
    client.force_login(mentor)
    answer = client.post(reverse("calendars:follow"), {"url": typed})
    assert answer.status_code == 422
    assert Source.objects.count() == 0


def test_webcal_is_https_and_one_calendar_stands_once(client, mentor, mentee):
    client.force_login(mentor)
    assert client.post(reverse("calendars:follow"), {"url": "webcal://example.org/a.ics"}).status_code == 302
    assert Source.objects.get().way == {"url": "https://example.org/a.ics"}
    again = client.post(reverse("calendars:follow"), {"url": "https://example.org/a.ics"})
    assert (again.status_code, Source.objects.count()) == (422, 1)
    follow_address(by=mentee, url="https://example.org/a.ics")


def test_a_stranger_finds_nothing(client, mentor, stranger):
    source = follow_address(by=mentor, url="https://example.org/a.ics")
    client.force_login(stranger)
    for name in ("unfollow", "look_again"):
        assert client.post(reverse(f"calendars:{name}", args=[source.pk])).status_code == 404
    assert "example.org/a" not in page(client)
    assert Source.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3, 8])
def test_the_page_costs_the_same_number_of_queries(client, mentor, count, django_assert_num_queries):
    for number in range(count):
        follow_address(by=mentor, url=f"https://example.org/{number}.ics")
    client.force_login(mentor)
    page(client)
    with django_assert_num_queries(5):
        page(client)
