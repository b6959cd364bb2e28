"""Numbers as both people see them, each opening onto what is behind it."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.foundation.ids import new_id
from throughline.ledger.actions import record
from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.meetings.jobs import settle_all, top_up_all
from throughline.meetings.models import Meeting
from throughline.meetings.tests.scenes import FIRST, sign, talk
from throughline.practices.domain.measure import Status
from throughline.practices.kinds import practices
from throughline.practices.queries import measures_of

IDS = [
    "protected-time", "check-ins", "video-share", "framework", "expectations", "goals", "workspace", "flexibility",
    "structured-work", "adapt", "feedback-loop", "engagement", "goal-talk", "live-contact",
]  # fmt: skip


@pytest.fixture
def met(pair, mentor, mentee):
    """Signed on 1 October; met by video four times, once without cameras, once not at all. Read on 12 November."""
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    meetings = list(Meeting.objects.order_by("start"))
    for meeting in meetings[:4]:
        talk(pair, meeting, [mentor, mentee], late=3, minutes=48)
    talk(pair, meetings[4], [mentee, mentor], minutes=30, cameras=False)
    with time_machine.travel(meetings[5].start + timedelta(days=2), tick=False):
        settle_all()
        top_up_all()
        yield pair


def words(response) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.S)[0]
    text = html.unescape(re.sub(r"</?(?:time|b|em)\b[^>]*>", "", main))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_all_fourteen_are_there_and_two_are_measured(pair):
    measures = measures_of(pair.pk, FIRST)
    assert [measure.id for measure in measures] == IDS
    assert {m.id for m in measures if m.status is not Status.NOT_MEASURED} == {"protected-time", "video-share"}
    assert len({practice.order for practice in practices()}) == 14


def test_numbers_follow_from_what_happened(met):
    from throughline.foundation import clock

    found = {measure.id: measure for measure in measures_of(met.pk, clock.now())}
    assert (found["video-share"].words, found["video-share"].status) == ("4 of 5", Status.OK)
    protected = found["protected-time"]
    assert (protected.words, protected.status) == ("5 of 6", Status.OK)
    assert {part.id: part.words for part in protected.parts} == {
        "series": "8 in the calendar",
        "held": "5 of 6",
        "reliability": "5 of 6",
        "regularity": "0.00",
    }


def test_a_number_opens_onto_its_contacts_and_ones_own_part_is_shown_to_oneself(client, met, mentor):
    client.force_login(mentor)
    page = words(client.get(reverse("practices:practice", args=[met.pk, "video-share"])))
    assert "4 of 5" in page
    assert "at least 80 %, says the guide" in page
    assert "Tue 6 Oct, 18:03 Meeting, video Counted as video: both cameras for at least half of the time." in page
    assert "Together 48 min, both cameras 48 min. Only you see this: your camera reached the other side for 48" in page


def test_protected_time_opens_onto_its_meetings(client, met, mentee):
    client.force_login(mentee)
    page = words(client.get(reverse("practices:practice", args=[met.pk, "protected-time"])))
    assert "Tue 6 Oct, 09:00 Held, and begun within 15 minutes of the time first agreed: kept." in page
    assert "Tue 10 Nov, 09:00 Not held: nobody came." in page


@pytest.mark.parametrize("practice_id", IDS)
def test_every_practice_has_its_page(client, pair, mentor, practice_id):
    client.force_login(mentor)
    assert client.get(reverse("practices:practice", args=[pair.pk, practice_id])).status_code == 200


def test_a_stranger_and_an_unknown_practice_get_404(client, pair, mentor, stranger):
    client.force_login(mentor)
    assert client.get(reverse("practices:practice", args=[pair.pk, "astrology"])).status_code == 404
    client.force_login(stranger)
    assert client.get(reverse("practices:practice", args=[pair.pk, "video-share"])).status_code == 404
    assert client.get(reverse("practices:practices", args=[pair.pk])).status_code == 404
    assert client.get(reverse("practices:practices", args=[new_id()])).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_number_of_queries_does_not_grow(client, pair, mentor, mentee, count, django_assert_num_queries):
    with time_machine.travel(FIRST, tick=False):
        sign(pair)
    for number in range(count):
        at = FIRST + timedelta(hours=number)
        parts = (Part(mentor.pk, 600, 600, 600), Part(mentee.pk, 600, 600, 600))
        record(
            Fact(
                f"calls.Call:{number}", pair.pk, Kind.CALL, Medium.VIDEO, at, at + timedelta(minutes=10),
                together=600, both_voice=600, both_video=600, session=True, parts=parts,
            )
        )  # fmt: skip
    client.force_login(mentor)
    with time_machine.travel(FIRST + timedelta(days=14), tick=False):
        for address in ("practices", "practice"):
            args = [pair.pk] if address == "practices" else [pair.pk, "video-share"]
            with django_assert_num_queries(14):
                response = client.get(reverse(f"practices:{address}", args=args))
            assert response.status_code == 200
