"""Numbers as both people see them, each opening onto what is behind it."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.ledger.actions import record
from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.meetings.jobs import settle_all, top_up_all
from throughline.meetings.models import Meeting
from throughline.meetings.tests.scenes import FIRST, sign, talk
from throughline.messaging.actions import send_message
from throughline.messaging.queries import messages_before
from throughline.practices.domain.measure import Status
from throughline.practices.kinds import practices
from throughline.practices.models import CameraAnswer, StepAside
from throughline.practices.queries import measures_of
from throughline.relationships.actions import accept_pause, propose_pause

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


def test_all_fourteen_are_there_and_eight_are_measured(pair):
    measures = measures_of(pair.pk, FIRST)
    assert [measure.id for measure in measures] == IDS
    assert {m.id for m in measures if m.status is not Status.NOT_MEASURED} == {
        "protected-time",
        "check-ins",
        "video-share",
        "framework",
        "expectations",
        "goals",
        "flexibility",
        "goal-talk",
    }
    assert len({practice.order for practice in practices()}) == 14


def test_numbers_follow_from_what_happened(met):
    found = {measure.id: measure for measure in measures_of(met.pk, clock.now())}
    assert (found["video-share"].words, found["video-share"].status) == ("2 of 3, too early to say", Status.TOO_EARLY)
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
    assert "2 of 3" in page
    assert "at least 80 %, says the guide" in page
    assert "Tue 27 Oct, 18:03 Meeting, video Counted as video: both cameras for at least half of the time." in page
    assert "Together 48 min, both cameras 48 min. Only you see this: your camera reached the other side for 48" in page


def test_protected_time_opens_onto_its_meetings(client, met, mentee):
    client.force_login(mentee)
    page = words(client.get(reverse("practices:practice", args=[met.pk, "protected-time"])))
    assert "Tue 6 Oct, 09:00 Held, and begun within 15 minutes of the time first agreed: kept." in page
    assert "Tue 10 Nov, 09:00 Not held: nobody came." in page


def test_the_trend_is_a_drawing_with_a_sentence_and_a_table(client, met, mentor):
    client.force_login(mentor)
    page = client.get(reverse("practices:practice", args=[met.pk, "video-share"])).content.decode()
    said = "Sessions by video, four weeks at a time: 1 of 1 up to 8 Oct 2026, 2 of 3 now."
    assert f'role="img" aria-label="{said}"' in page
    assert '<th scope="row">12 Nov 2026</th><td class="number">2 of 3</td>' in page
    assert page.count("nothing to count") == 6


@pytest.fixture
def dark(pair, mentor, mentee):
    """Five sessions without cameras; read on the next day."""
    for number in range(5):
        at = FIRST + timedelta(days=4 * number)
        parts = (Part(mentor.pk, 600, 600, 0), Part(mentee.pk, 600, 600, 0))
        record(
            Fact(
                f"calls.Call:{number}", pair.pk, Kind.CALL, Medium.VOICE, at, at + timedelta(minutes=10),
                initiator_id=mentor.pk, together=600, both_voice=600, session=True, parts=parts,
            )
        )  # fmt: skip
    with time_machine.travel(at + timedelta(days=1), tick=False):
        yield pair


def test_the_private_question_is_answered_with_one_tap_and_begins_the_count_anew(client, dark, mentor, mentee):
    address = reverse("practices:practice", args=[dark.pk, "video-share"])
    client.force_login(mentor)
    assert "5 of your last 5 sessions were without both cameras. Which is nearest?" in words(client.get(address))
    for _click in range(2):
        client.post(reverse("practices:cameras", args=[dark.pk]), {"reason": "tired of cameras"})
    page = words(client.get(address))
    assert "You answered, for yourself alone: tired of cameras." in page
    assert "Nothing to count yet" in page
    assert "Which is nearest?" not in page
    assert CameraAnswer.objects.count() == 1
    client.force_login(mentee)
    page = words(client.get(address))
    assert "Counted anew since" in page
    assert "tired" not in page
    assert "You answered" not in page


def test_a_wrong_answer_and_a_stranger_change_nothing(client, dark, mentor, stranger):
    client.force_login(mentor)
    client.post(reverse("practices:cameras", args=[dark.pk]), {"reason": "nonsense"})
    client.force_login(stranger)
    address = reverse("practices:cameras", args=[dark.pk])
    assert client.post(address, {"reason": "habit"}).status_code == 404
    assert client.post(reverse("practices:aside", args=[dark.pk, "video-share"])).status_code == 404
    assert CameraAnswer.objects.count() == StepAside.objects.count() == 0


@pytest.mark.parametrize(("said", "back_after"), [({"later": "1"}, 7), ({"wrong": "1"}, 28)])
def test_a_step_put_aside_comes_back_later_and_the_other_is_not_told(
    client, dark, mentor, mentee, said, back_after
):  # fmt: skip
    client.force_login(mentor)
    address = reverse("practices:practice", args=[dark.pk, "protected-time"])
    assert "Plan your next meetings" in words(client.get(address))
    client.post(reverse("practices:aside", args=[dark.pk, "protected-time"]), said)
    client.post(reverse("practices:aside", args=[dark.pk, "protected-time"]), said)
    assert StepAside.objects.count() == 1
    assert "Plan your next meetings" not in words(client.get(address))
    with time_machine.travel(clock.now() + timedelta(days=back_after, seconds=1), tick=False):
        client.force_login(mentor)
        assert "Plan your next meetings" in words(client.get(address))
    client.force_login(mentee)
    assert "Plan your next meetings" in words(client.get(address))


def test_a_check_in_is_one_tap_for_the_one_whose_turn_it_is(client, pair, mentor, mentee):
    with time_machine.travel(FIRST, tick=False):
        send_message(relationship=pair, by=mentee, client_id=new_id(), text="How do I begin?")
    with time_machine.travel(FIRST + timedelta(days=40), tick=False):
        address = reverse("practices:practice", args=[pair.pk, "check-ins"])
        client.force_login(mentee)
        assert "A short check-in" not in words(client.get(address))
        client.force_login(mentor)
        page = client.get(address)
        assert "A short check-in with Tomás" in words(page)
        sent = dict(re.findall(r'name="(text|client_id)" value="([^"]*)"', page.content.decode()))
        for _click in range(2):
            client.post(reverse("messaging:conversation", args=[pair.pk]), sent)
        assert [line.html for line in messages_before(pair.pk)][1:] == ["<p>A quick check-in: I am on track.</p>\n"]


def test_nothing_is_offered_in_a_pause_or_after_the_end(client, dark, mentor, mentee):
    today = clock.now().date()
    pause = propose_pause(relationship=dark, by=mentor, first_day=today, last_day=today + timedelta(days=9))
    accept_pause(pause=pause, by=mentee)
    client.force_login(mentor)
    assert (
        'id="step"' not in client.get(reverse("practices:practice", args=[dark.pk, "protected-time"])).content.decode()
    )


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
            with django_assert_num_queries(34 if address == "practices" else 35):
                response = client.get(reverse(f"practices:{address}", args=args))
            assert response.status_code == 200
