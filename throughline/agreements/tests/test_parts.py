"""The form of each part: what it saves, what it says to bad input, and two people who write at once."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, time

import pytest
import time_machine
from django.urls import reverse

from throughline.accounts.models import WeeklyWindow
from throughline.agreements.actions import save_part
from throughline.agreements.domain.terms import Ending, PartKind, usual_reconnection
from throughline.agreements.models import TermEdit
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.tests.conftest import (
    CHANNELS,
    CONFIDENTIALITY,
    OBJECTIVES,
    PREPARATION,
    RESPONSES,
    REVIEW,
    SCHEDULE,
)
from throughline.agreements.tests.page import Page

HOURS = {
    f"{role}_{field}": value
    for role in ("mentor", "mentee")
    for field, value in {"days": [0, 1, 2, 3, 4], "starts": "09:00", "ends": "17:00"}.items()
}
CLAUSES = {"duties": "", "notes": "own", "recordings": "never", "at_end": "kept"}
GOOD = {
    PartKind.OBJECTIVES: {"aim_1": "Lead the planning", "outcome_1": "Three plannings without help"},
    PartKind.SCHEDULE: {
        "cadence": "fortnightly",
        "weekday": "1",
        "week_of_month": "",
        "time": "18:00",
        "zone": "Europe/Berlin",
        "minutes": "50",
        "first": "2026-12-01",
        "last": "",
    },
    PartKind.CHANNELS: {
        "planned_1": "video",
        "planned_2": "voice",
        "planned_3": "",
        "planned_fallback": "phone",
        "quick_1": "message",
        "quick_fallback": "email",
    },
    PartKind.RESPONSES: {
        "mentor_amount": "2",
        "mentor_unit": "days",
        "mentee_amount": "8",
        "mentee_unit": "hours",
        **HOURS,
    },
    PartKind.PREPARATION: {"what_1": "Three lines on the week", "by_1": "mentee", "hours_1": "24"},
    PartKind.CONFIDENTIALITY: {"mode": "private", "off_limits": "Pay", "may_be_told": "", **CLAUSES},
    PartKind.RECONNECTION: {"after_days": "21", "by": "mentor", "channel": "message", "fallback": "phone", "words": ""},
    PartKind.ENDING: {"notice_days": "14", "last_meeting": "on", "words": "Say one thing\nthat you take along"},
    PartKind.REVIEW: {"first": "2026-12-31", "every_days": "180"},
}
SAVED = {
    PartKind.OBJECTIVES: OBJECTIVES,
    PartKind.SCHEDULE: SCHEDULE,
    PartKind.CHANNELS: CHANNELS,
    PartKind.RESPONSES: RESPONSES,
    PartKind.PREPARATION: PREPARATION,
    PartKind.CONFIDENTIALITY: CONFIDENTIALITY,
    PartKind.RECONNECTION: usual_reconnection(SCHEDULE.cadence),
    PartKind.ENDING: Ending(14, True, "Say one thing\nthat you take along"),
    PartKind.REVIEW: REVIEW,
}
HOSTILE = "<script>alert('x')</script>"
# What may be wrong with each field, beside being left out: (field, value, what the field says).
BAD = {
    PartKind.OBJECTIVES: [
        ("aim_1", "", "Write at least one objective."),
        ("outcome_1", "", "How will you both know that it came true?"),
        ("aim_1", "   ", "Write at least one objective."),
        ("aim_1", "x" * 100_000, "at most 300 characters"),
        ("aim_1", "a\x00b", "Null characters are not allowed."),
    ],
    PartKind.SCHEDULE: [
        ("cadence", "daily", "Choose one from the list."),
        ("weekday", "7", "Choose a day from Monday to Sunday."),
        ("weekday", "9" * 5000, "Choose a day from Monday to Sunday."),
        ("week_of_month", "5", "Choose one from the list."),
        ("time", "25:00", "Write a time such as 18:00."),
        ("time", "", "At what time do you meet?"),
        ("zone", "Mars/Olympus", "There is no time zone called “Mars/Olympus”."),
        ("zone", "../../../etc/passwd", "There is no time zone called"),
        ("zone", HOSTILE, "There is no time zone called"),
        ("zone", "\x00", "Null characters are not allowed."),
        ("minutes", "0", "A meeting lasts from 10 to 180 minutes."),
        ("minutes", "-50", "A meeting lasts from 10 to 180 minutes."),
        ("minutes", "181", "A meeting lasts from 10 to 180 minutes."),
        ("minutes", "fifty", "Write a whole number, such as 2."),
        ("minutes", "9" * 5000, "Write a whole number, such as 2."),
        ("minutes", "1" * 50, "A meeting lasts from 10 to 180 minutes."),
        ("first", "2026-13-01", "Write a date such as 2026-12-01"),
        ("first", "tomorrow", "Write a date such as 2026-12-01"),
        ("first", "0001-01-01", "The first date must be within the next two years."),
        ("first", "9999-12-31", "The first date must be within the next two years."),
        ("last", "2026-11-30", "This ends on 30 Nov 2026, before it starts on 1 Dec 2026."),
        ("last", "9999-12-31", "The last date is more than ten years away."),
        ("last", "2026-12-14", "only one meeting fits, on 1 Dec 2026. Meet more often, or choose 15 Dec 2026"),
        ("holiday_first_1", "soon", "Write a date such as 2026-12-01"),
        ("holiday_first_1", "0001-01-01", "A holiday must begin within the next three years."),
        ("holiday_first_12", "9999-12-31", "A holiday must begin within the next three years."),
    ],
    PartKind.CHANNELS: [
        ("planned_1", "", "Choose one from the list."),
        ("planned_1", "pigeon", "Choose one from the list."),
        ("planned_2", "video", "This one is already in the list above."),
        ("planned_fallback", "video", "the fallback must be something else"),
        ("quick_fallback", "message", "the fallback must be something else"),
        ("quick_fallback", HOSTILE, "Choose one from the list."),
    ],
    PartKind.RESPONSES: [
        ("mentor_amount", "0", "Allow at least one hour or day for an answer."),
        ("mentor_amount", "-3", "Allow at least one hour or day for an answer."),
        ("mentor_amount", "1000", "agree on at most 20 working days"),
        ("mentee_amount", "81", "agree on at most 80 working hours"),
        ("mentee_amount", "1.5", "Write a whole number, such as 2."),
        ("mentee_unit", "weeks", "Choose one from the list."),
        ("mentor_days", [], "Choose at least one day"),
        ("mentor_days", [7], "Choose days from Monday to Sunday."),
        ("mentor_days", [5, 6], "With Saturday and Sunday alone, a message can wait 5 whole days"),
        ("mentor_ends", "09:00", "These hours end at 09:00, before they begin at 09:00."),
        ("mentee_ends", "09:30", "Leave at least an hour a day"),
        ("mentee_starts", "25:00", "Write a time such as 18:00."),
    ],
    PartKind.PREPARATION: [
        ("what_1", "", "Name at least one thing that is ready before a meeting."),
        ("what_1", "x" * 301, "at most 300 characters"),
        ("by_1", "nobody", "Choose one from the list."),
        ("hours_1", "0", "From 1 to 336 hours before the meeting."),
        ("hours_1", "337", "From 1 to 336 hours before the meeting."),
        ("hours_1", "", "Write a number here."),
        ("what_7", "x" * 301, "at most 300 characters"),
    ],
    PartKind.CONFIDENTIALITY: [
        ("mode", "public", "Choose one from the list."),
        ("mode", "", "Choose one from the list."),
        ("off_limits", "x" * 4001, "at most 4000 characters"),
        ("may_be_told", "a\x00b", "Null characters are not allowed."),
        ("duties", "x" * 4001, "at most 4000 characters"),
        ("notes", "", "Choose one from the list."),
        ("recordings", "always", "Choose one from the list."),
    ],
    PartKind.RECONNECTION: [
        ("after_days", "2", "From 3 to 90 days of silence."),
        ("after_days", "91", "From 3 to 90 days of silence."),
        ("by", "nobody", "Choose one from the list."),
        ("fallback", "message", "the second must be another one"),
        ("words", "x" * 4001, "at most 4000 characters"),
    ],
    PartKind.ENDING: [
        ("notice_days", "-1", "From 0 to 90 days."),
        ("notice_days", "91", "From 0 to 90 days."),
        ("notice_days", "soon", "Write a whole number, such as 2."),
        ("words", "x" * 4001, "at most 4000 characters"),
    ],
    PartKind.REVIEW: [
        ("first", "", "Choose a date."),
        ("first", "2016-01-01", "The first review must be within the next three years."),
        ("every_days", "181", "every 7 to 180 days"),
        ("every_days", "0", "every 7 to 180 days"),
    ],
}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(NOW, tick=False):
        yield


def address(relationship, kind):
    return reverse("agreements:part", args=[relationship.pk, kind])


@pytest.mark.parametrize("kind", list(PartKind))
def test_a_good_form_is_saved_as_a_part(as_mentor, pair, kind):
    answer = as_mentor.post(address(pair, kind), {"stamp": 0, **GOOD[kind]})
    assert (answer.status_code, answer.url) == (302, reverse("agreements:agreement", args=[pair.pk]))
    assert draft_of(pair.pk)[kind].part == SAVED[kind]


@pytest.mark.parametrize("kind", list(PartKind))
def test_what_is_saved_comes_back_and_saving_it_again_changes_nothing(as_mentor, pair, mentor, kind):
    save_part(by=mentor, relationship=pair, part=SAVED[kind], stamp=0)
    data = Page(as_mentor.get(address(pair, kind))).fields
    answer = as_mentor.post(address(pair, kind), data)
    assert (answer.status_code, TermEdit.objects.count()) == (302, 1)


@pytest.mark.parametrize("kind", list(PartKind))
def test_bad_input_is_explained_at_its_field_and_nothing_is_saved(as_mentor, pair, kind):
    for field, value, words in BAD[kind]:
        answer = as_mentor.post(address(pair, kind), {"stamp": 0, **GOOD[kind], field: value})
        said = Page(answer).errors[field]
        assert (answer.status_code, words in said) == (422, True), (field, value[:40], said)
        assert HOSTILE not in answer.content.decode()
    assert TermEdit.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "other", "words"),
    [
        ("aim_2", "outcome_2", "How will you both know that this objective came true?"),
        ("outcome_10", "aim_10", "What is the objective that leads to this outcome?"),
    ],
)
def test_half_an_objective_is_asked_about_and_kept(as_mentor, pair, field, other, words):
    page = Page(as_mentor.post(address(pair, "objectives"), {"stamp": 0, **GOOD[PartKind.OBJECTIVES], field: "half"}))
    assert (page.errors[other], page.fields[field]) == (words, "half")


@pytest.mark.parametrize("kind", list(PartKind))
def test_an_empty_post_is_refused_kindly(as_mentor, pair, kind):
    assert as_mentor.post(address(pair, kind), {}).status_code == 422


@pytest.mark.parametrize("stamp", ["", "-1", "x", "9" * 400])
def test_a_hostile_stamp_is_refused(as_mentor, pair, stamp):
    answer = as_mentor.post(address(pair, "review"), {**GOOD[PartKind.REVIEW], "stamp": stamp})
    assert (answer.status_code, TermEdit.objects.count()) == (422, 0)


def test_hostile_words_are_kept_as_words(as_mentor, pair):
    data = {"stamp": 0, "aim_1": HOSTILE, "outcome_1": "100 % %(aim)s {{ 7 * 7 }}"}
    as_mentor.post(address(pair, "objectives"), data)
    page = as_mentor.get(reverse("agreements:agreement", args=[pair.pk])).content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in page
    assert "100 % %(aim)s {{ 7 * 7 }}" in page


def test_there_is_always_room_for_one_more_objective_up_to_ten(as_mentor, pair):
    for used in (1, 2, 9, 10):
        rows = {f"{field}_{n}": "x" for n in range(1, used + 1) for field in ("aim", "outcome")}
        stamp = draft_of(pair.pk)[PartKind.OBJECTIVES].stamp if used > 1 else 0
        as_mentor.post(address(pair, "objectives"), {"stamp": stamp, **rows})
        fields = Page(as_mentor.get(address(pair, "objectives"))).fields
        assert sum(name.startswith("aim_") for name in fields) == min(10, max(2, used + 1))
    assert len(draft_of(pair.pk)[PartKind.OBJECTIVES].part.items) == 10


def test_the_form_suggests_next_tuesday_in_the_persons_zone(as_mentor, pair):
    fields = Page(as_mentor.get(address(pair, "schedule"))).fields
    suggested = {"first": "2026-11-24", "zone": "Europe/Berlin", "minutes": "50", "cadence": "fortnightly"}
    assert {name: fields[name] for name in suggested} == suggested


def test_monthly_needs_its_week_and_other_rhythms_ignore_it(as_mentor, pair):
    data = {"stamp": 0, **GOOD[PartKind.SCHEDULE]}
    answer = as_mentor.post(address(pair, "schedule"), {**data, "cadence": "monthly"})
    assert "Say which one in the month" in Page(answer).errors["week_of_month"]
    assert as_mentor.post(address(pair, "schedule"), {**data, "week_of_month": "-1"}).status_code == 302
    assert draft_of(pair.pk)[PartKind.SCHEDULE].part == SCHEDULE


def named(person, *windows):
    for weekday, starts, ends in windows:
        WeeklyWindow.objects.create(person=person, weekday=weekday, starts=starts, ends=ends)


def test_a_time_that_suits_nobody_is_explained_and_kept_only_knowingly(as_mentor, pair, mentor, mentee):
    named(mentor, (1, "09:00", "12:00"))
    data = {"stamp": 0, **GOOD[PartKind.SCHEDULE]}
    assert as_mentor.post(address(pair, "schedule"), data).status_code == 302  # the mentee has named no windows
    named(mentee, (2, "09:00", "12:00"))
    other = {**data, "stamp": 1, "time": "19:00"}
    answer = as_mentor.post(address(pair, "schedule"), other)
    page = Page(answer)
    assert answer.status_code == 422
    assert (
        "This time suits nobody: it lies outside what Mira Lindqvist and Tomás Rivera have named" in page.errors["time"]
    )
    assert page.fields["time"] == "19:00"
    assert 'value="1 19:00 Europe/Berlin 50"' in answer.content.decode()
    for wrong in ("", "on", "1 18:00 Europe/Berlin 50"):
        assert as_mentor.post(address(pair, "schedule"), {**other, "anyway": wrong}).status_code == 422
    kept = as_mentor.post(address(pair, "schedule"), {**other, "anyway": "1 19:00 Europe/Berlin 50"})
    assert (kept.status_code, draft_of(pair.pk)[PartKind.SCHEDULE].part.time) == (302, time(19))


def test_keeping_a_time_knowingly_is_shown_and_can_be_taken_back(as_mentor, pair, mentor, mentee):
    named(mentor, (1, "09:00", "12:00"))
    named(mentee, (2, "09:00", "12:00"))
    slot = "1 19:00 Europe/Berlin 50"
    data = {"stamp": 0, **GOOD[PartKind.SCHEDULE], "time": "19:00"}
    assert as_mentor.post(address(pair, "schedule"), {**data, "anyway": slot}).status_code == 302
    shown = as_mentor.get(address(pair, "schedule")).content.decode()
    assert f'name="anyway" id="id_anyway" value="{slot}" checked' in shown
    stood = {**data, "stamp": Page(as_mentor.get(address(pair, "schedule"))).fields["stamp"]}
    refused = as_mentor.post(address(pair, "schedule"), stood)
    assert (refused.status_code, f'value="{slot}">' in refused.content.decode()) == (422, True)
    assert as_mentor.post(address(pair, "schedule"), {**stood, "time": "11:00"}).status_code == 302
    stands = as_mentor.get(reverse("agreements:fields", args=[pair.pk, "schedule"])).json()["fields"]
    assert (stands["time"]["value"], stands["anyway"]["value"]) == ("11:00", "")
    assert 'name="anyway"' not in as_mentor.get(address(pair, "schedule")).content.decode()


def says(client, pair, kind, **changes):
    answer = client.post(reverse("agreements:says", args=[pair.pk, kind]), {"stamp": 0, **GOOD[kind], **changes})
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def test_the_form_says_what_it_will_do_and_saves_nothing(as_mentor, pair, mentee):
    named(mentee, (2, "09:00", "12:00"))
    said = says(as_mentor, pair, PartKind.SCHEDULE, minutes="25")
    assert said == (
        "We meet every second Tuesday at 18:00 Berlin time, 25 minutes, from 1 Dec 2026. In Los Angeles it is 09:00 at "
        "first, and as clocks change 10:00 from 23 Mar 2027, 09:00 from 6 Apr 2027, 10:00 from 2 Nov 2027. "
        "This lies outside the times that Tomás Rivera has named as good for meeting."
    ), said
    assert "from 1 Dec 2026 until 31 Mar 2027 at the latest" in says(
        as_mentor, pair, PartKind.SCHEDULE, last="2027-03-31"
    )
    assert "What is written on Friday at 18:00, the mentor answers by Tuesday 17:00." in says(
        as_mentor, pair, PartKind.RESPONSES
    )
    whole = "As soon as this part is whole, it says here in plain words what it will do."
    assert says(as_mentor, pair, PartKind.SCHEDULE, minutes="many") == whole
    assert TermEdit.objects.count() == 0


def test_a_time_that_clocks_skip_says_when_the_meeting_begins_instead(as_mentor, pair):
    said = says(as_mentor, pair, PartKind.SCHEDULE, cadence="weekly", weekday="6", time="02:30")
    assert "On 28 Mar 2027 the clocks skip this time, so that meeting begins at 03:30." in said


def test_a_stranger_hears_nothing_of_what_a_part_says(client, pair, stranger):
    client.force_login(stranger)
    for kind in PartKind:
        assert client.post(reverse("agreements:says", args=[pair.pk, kind]), GOOD[kind]).status_code == 404
