"""The page of times that suit both: from what they said and what stands in their calendars."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, time
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from throughline.accounts.actions import set_windows
from throughline.accounts.domain.availability import Window
from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.meetings.models import Meeting
from throughline.meetings.queries import slots_of
from throughline.meetings.tests.scenes import FIRST, TUESDAYS, begin, sign
from throughline.meetings.tests.test_pages import read, words

CHOSEN_DAY = re.compile(r'name="weekday".*?value="(\d)" selected', re.DOTALL)
TYPED_TIME = re.compile(r'name="time" value="([\d:]+)"')


@pytest.fixture
def windows(mentor, mentee):
    set_windows(by=mentor, windows=[Window(3, time(16), time(20))])
    set_windows(by=mentee, windows=[Window(day, time(7), time(11)) for day in range(5)])


def test_a_time_says_what_it_is_for_each_and_fills_in_the_schedule(client, pair, windows, mentor, mentee):
    page = read(client, mentor, FIRST, "meetings:slots", pair.pk)
    assert "Thursday at 17:00 08:00 for Tomás Rivera 09:00 for Tomás Rivera from 29 Oct 2026" in page
    theirs = read(client, mentee, FIRST, "meetings:slots", pair.pk)
    assert "Thursday at 08:00 17:00 for Mira Lindqvist 09:00 for you from 29 Oct 2026" in theirs


def test_the_time_chosen_stands_in_the_form_and_is_not_saved_yet(client, pair, windows, mentor):
    client.force_login(mentor)
    with time_machine.travel(FIRST, tick=False):
        content = client.get(reverse("meetings:slots", args=[pair.pk])).content.decode()
        address = content.partition("schedule/?")[2].partition('"')[0].replace("&amp;", "&")
        asked = parse_qs(urlsplit("?" + address).query)
        assert asked == {"weekday": ["3"], "time": ["17:00"], "zone": ["Europe/Berlin"], "minutes": ["50"]}
        part = reverse("agreements:part", args=[pair.pk, "schedule"])
        shown, kept = (client.get(where).content.decode() for where in (f"{part}?{address}", part))
    assert [CHOSEN_DAY.search(page)[1] for page in (shown, kept)] == ["3", "1"]
    assert [TYPED_TIME.search(page)[1] for page in (shown, kept)] == ["17:00", "17:00"]


def test_what_the_mentor_does_with_others_is_not_free_and_not_told(client, pair, windows, mentor, mentee, stranger):
    with time_machine.travel(FIRST, tick=False):
        free = slots_of(mentor, pair.pk, 50).slots
        sign(
            begin(mentor, stranger),
            Schedule(Cadence.WEEKLY, 3, None, time(17), "Europe/Berlin", 50, date(2026, 10, 1), None),
        )
        left = slots_of(mentee, pair.pk, 50)
    assert [(slot.weekday, slot.time) for slot in free] == [(3, time(17)), (3, time(18))]
    # Ten minutes of breath lie on both sides of 17:00 to 17:50.
    assert [(slot.weekday, slot.time, slot.always) for slot in left.slots] == [(3, time(18), True), (3, time(16), True)]
    assert "stranger" not in read(client, mentee, FIRST, "meetings:slots", pair.pk).lower()


def test_where_nobody_said_anything_the_page_says_that_it_guesses(client, pair, mentor):
    page = read(client, mentor, FIRST, "meetings:slots", pair.pk)
    assert "You have not said yet when you can meet" in page
    assert "Tomás Rivera has not said yet when they can meet" in page
    assert "No hour suits you both" in page


def test_a_stranger_gets_404(client, pair, stranger):
    client.force_login(stranger)
    assert client.get(reverse("meetings:slots", args=[pair.pk])).status_code == 404


@pytest.mark.parametrize("minutes", ["25", "50", "", "-1", "nonsense", "9" * 400])
def test_any_length_opens(client, pair, windows, mentor, minutes):
    client.force_login(mentor)
    response = client.get(reverse("meetings:slots", args=[pair.pk]), {"minutes": minutes})
    assert response.status_code == 200
    assert "Use it" in words(response)


def test_where_no_hour_suits_the_fairest_turns_stand_there_and_fill_in_the_proposal(client, pair, mentor, mentee):
    set_windows(by=mentor, windows=[Window(day, time(9), time(17)) for day in range(5)])
    with time_machine.travel(FIRST, tick=False):
        set_windows(by=mentee, windows=[Window(day, time(9, 30), time(14)) for day in range(5)])
        client.force_login(mentor)
        page = client.get(reverse("meetings:slots", args=[pair.pk]))
    assert "take turns" in words(page)
    turns = re.findall(r"Outside the hours of ([\w ]+): ([\d hmin]+)\.", words(page))
    assert {name for name, _much in turns} <= {"you", "Tomás Rivera"}
    assert "Over all eight:" in words(page)
    address = html.unescape(re.search(r'href="([^"]*schedule/\?[^"]*rotation[^"]*)"', page.content.decode())[1])
    with time_machine.travel(FIRST, tick=False):
        form = client.get(address).content.decode()
    offered = parse_qs(urlsplit(address).query)["rotation"][0]
    assert len(offered.split(", ")) == 8
    assert f'name="rotation" value="{offered}"' in form


def test_signed_turns_make_the_series_follow_them(pair):
    turns = replace(TUESDAYS, rotation=(time(18), time(18), time(8, 30)))
    with time_machine.travel(FIRST, tick=False):
        sign(pair, turns)
        starts = Meeting.objects.order_by("start").values_list("start", flat=True)
        local = [start.astimezone(ZoneInfo("Europe/Berlin")).strftime("%d %H:%M") for start in starts]
    assert local[:6] == ["06 18:00", "13 18:00", "20 08:30", "27 18:00", "03 18:00", "10 08:30"]
