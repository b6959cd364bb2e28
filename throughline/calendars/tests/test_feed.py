"""The secret address: made, read by a calendar program, revoked."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from throughline.calendars.actions import cancel_event, keep_event, make_subscription, revoke_subscription
from throughline.calendars.models import Event, MailStop, Subscription

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
START = datetime(2026, 11, 24, 17, tzinfo=UTC)


def kept(person, other, *, source="meetings.Meeting:1", start=START, **more):
    given = {"zone": "Europe/Berlin", "others": [other.pk], "path": "/meetings/1/", "relationship_id": None, **more}
    return keep_event(person_id=person.pk, source=source, start=start, end=start + timedelta(minutes=50), **given)


def feed(secret: str, **headers: str):
    with time_machine.travel(NOW, tick=False):
        return Client().get(reverse("calendars:feed", args=[secret]), headers=headers)


@pytest.fixture
def secret(mentor, mentee) -> str:
    with time_machine.travel(NOW, tick=False):
        kept(mentor, mentee)
        return make_subscription(by=mentor)


def test_it_is_made_on_the_page_shown_once_and_opens_a_calendar(client, mentor, mentee):
    kept(mentor, mentee)
    client.force_login(mentor)
    page = client.post(reverse("calendars:subscription")).content.decode()
    found = re.search(
        r'<code class="token calendar-address">http://localhost:\d+(/calendar/[\w-]{43}\.ics)</code>', page
    )
    assert found
    assert 'href="webcal://localhost' in page
    answer = Client().get(found[1])
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert found[1] not in client.get(reverse("calendars:calendars")).content.decode()
    assert Subscription.objects.get(person=mentor).digest not in page


def test_it_says_with_whom_and_where_to_join(secret, mentee):
    [event] = Calendar.from_ical(feed(secret).content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Mentoring with Tomás Rivera"
    assert str(event["CONFERENCE"]).endswith("/meetings/1/")
    mentee.name = "Tomás R."
    mentee.save()
    [event] = Calendar.from_ical(feed(secret).content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Mentoring with Tomás R."


def test_a_calendar_that_has_it_already_is_sent_nothing(secret, mentor):
    first = feed(secret)
    again = feed(secret, if_none_match=first["ETag"])
    assert (again.status_code, again.content, first["Cache-Control"]) == (304, b"", "private, max-age=300")
    with time_machine.travel(NOW, tick=False):
        cancel_event(person_id=mentor.pk, source="meetings.Meeting:1")
    after = feed(secret, if_none_match=first["ETag"])
    assert after.status_code == 200
    assert Calendar.from_ical(after.content).walk("VEVENT") == []


def test_a_new_address_and_revoking_stop_the_old_one(client, mentor, secret):
    other = make_subscription(by=mentor)
    assert (feed(secret).status_code, feed(other).status_code) == (404, 200)
    client.force_login(mentor)
    client.post(reverse("calendars:revoke"))
    client.post(reverse("calendars:revoke"))
    assert feed(other).status_code == 404


def test_invitations_by_mail_rest_while_an_address_is_read(client, mentor, secret):
    assert MailStop.objects.filter(person=mentor).exists()
    client.force_login(mentor)
    client.post(reverse("calendars:mail"), {"wanted": "1"})
    assert "Switch them off" in client.get(reverse("calendars:calendars")).content.decode()
    client.post(reverse("calendars:mail"), {"wanted": "0"})
    revoke_subscription(by=mentor)
    assert not MailStop.objects.filter(person=mentor).exists()


def test_what_is_no_secret_finds_nothing(client, secret, mentor, stranger):
    assert [feed(word).status_code for word in ("none", secret[:-1], secret.swapcase())] == [404, 404, 404]
    client.force_login(stranger)
    assert "You have a secret address" not in client.get(reverse("calendars:calendars")).content.decode()
    mentor.is_active = False
    mentor.save()
    assert feed(secret).status_code == 404


def test_the_same_event_again_changes_nothing_and_another_time_does(mentor, mentee):
    first = kept(mentor, mentee)
    again = kept(mentor, mentee)
    assert (again.pk, again.sequence, again.uid) == (first.pk, 0, first.uid)
    moved = kept(mentor, mentee, start=START + timedelta(hours=1))
    assert (moved.pk, moved.sequence, moved.uid) == (first.pk, 1, first.uid)
    cancel_event(person_id=mentor.pk, source="meetings.Meeting:1")
    cancel_event(person_id=mentor.pk, source="meetings.Meeting:1")
    assert Event.objects.get(pk=first.pk).sequence == 2
    assert kept(mentee, mentor).uid != first.uid


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_feed_costs_the_same_number_of_queries(count, secret, mentor, mentee, django_assert_num_queries):
    for number in range(2, count + 1):
        kept(mentor, mentee, source=f"meetings.Meeting:{number}", start=START + timedelta(weeks=number))
    feed(secret)
    with django_assert_num_queries(5):
        answer = feed(secret)
    assert answer.content.count(b"BEGIN:VEVENT") == count
