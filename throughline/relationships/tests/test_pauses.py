"""Pausing together, through the page; what counts as a pause afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from throughline.foundation import clock
from throughline.notices.models import Notice
from throughline.relationships.actions import (
    accept_pause,
    close_pause,
    end_relationship,
    join_relationship,
    propose_pause,
)
from throughline.relationships.actions.pauses import PauseError
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import Span, State
from throughline.relationships.models import Pause, PauseAcceptance
from throughline.relationships.queries import pauses_of, state_of
from throughline.relationships.signals import pause_accepted, relationship_resumed
from throughline.relationships.things import open_items_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
REASON = "A <b>baby</b> & little sleep"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(pair) -> str:
    return reverse("relationships:pause", args=[pair.pk])


def form(**changed) -> dict[str, str]:
    return {"first_day": "2026-12-01", "last_day": "2026-12-10", "reason": REASON, "once": str(uuid4()), **changed}


@pytest.fixture
def proposed(pair, mentor) -> Pause:
    return propose_pause(
        relationship=pair, by=mentor, first_day=date(2026, 12, 1), last_day=date(2026, 12, 10), reason=REASON
    )


BERLIN = Span(datetime(2026, 11, 30, 23, tzinfo=UTC), datetime(2026, 12, 10, 23, tzinfo=UTC))


def test_both_say_yes_and_it_begins_on_its_day(pair, mentor, mentee) -> None:
    values = form()
    for _ in range(2):  # a double click
        assert signed_in(mentor).post(page(pair), values).status_code == 302
    [pause] = Pause.objects.all()
    assert (pause.span, pauses_of(pair.pk)) == (BERLIN, [])
    assert "A &lt;b&gt;baby&lt;/b&gt; &amp; little sleep" in signed_in(mentee).get(page(pair)).content.decode()
    assert f"{mentor.called} proposes a pause" in [item.act for item in open_items_of(mentee, [pair.pk])]
    for _ in range(2):
        signed_in(mentee).post(reverse("relationships:accept_pause", args=[pause.pk]))
    assert pauses_of(pair.pk) == [BERLIN]
    assert [state_of(pair.pk, at) for at in (NOON, BERLIN.start, BERLIN.end - timedelta(seconds=1), BERLIN.end)] == [
        State.ACTIVE, State.PAUSED, State.PAUSED, State.ACTIVE,
    ]  # fmt: skip
    assert list(Notice.objects.order_by("pk").values_list("kind", "recipient_id")) == [
        ("relationships.pause_proposed", mentee.pk),
        ("relationships.pause_accepted", mentor.pk),
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first_day": ""}, "Say when the pause begins."),
        ({"last_day": ""}, "Say when it ends; you can end it earlier."),
        ({"first_day": "soon"}, "This is no date."),
        ({"last_day": "2026-02-30"}, "This is no date."),
        ({"first_day": "2026-11-21"}, "A pause begins today at the earliest."),
        ({"last_day": "2026-11-30"}, "The last day is before the first one."),
        ({"last_day": "2029-01-01"}, "A pause lasts a year at most"),
        ({"first_day": "9999-12-30", "last_day": "9999-12-31"}, "A pause lasts a year at most"),
        ({"reason": "x" * 4001}, "Ensure this value has at most 4000 characters (it has 4001)."),
    ],
)
def test_wrong_input_is_said_at_its_field(pair, mentor, changed, sentence) -> None:
    response = signed_in(mentor).post(page(pair), form(**changed))
    shown = response.content.decode()
    assert (response.status_code, sentence in shown) == (422, True)
    assert "reason" in changed or "little sleep" in shown
    assert Pause.objects.count() == 0


def test_today_is_the_day_of_the_person_who_proposes(pair, mentee, noon) -> None:
    noon.move_to(datetime(2026, 11, 23, 3, tzinfo=UTC))  # the 22nd in Los Angeles
    response = signed_in(mentee).post(page(pair), form(first_day="2026-11-22", last_day="2026-11-22"))
    assert response.status_code == 302
    assert Pause.objects.get().starts_at == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_one_pause_at_a_time(pair, mentee, proposed) -> None:
    with pytest.raises(PauseError, match="There is a pause already"):
        propose_pause(relationship=pair, by=mentee, first_day=date(2027, 1, 1), last_day=date(2027, 1, 2))
    assert signed_in(mentee).post(page(pair), form()).status_code == 422


def test_either_goes_on_early_and_what_was_lived_counts(pair, mentor, mentee, proposed, noon) -> None:
    heard = []

    def hear(**said: object) -> None:
        heard.append((said["signal"], said["relationship_id"], said["by_id"]))

    for signal in (pause_accepted, relationship_resumed):
        signal.connect(hear)
    accept_pause(pause=proposed, by=mentee)
    fifth = datetime(2026, 12, 5, 9, tzinfo=UTC)
    noon.move_to(fifth)
    for _ in range(2):
        signed_in(mentee).post(reverse("relationships:close_pause", args=[proposed.pk]))
    for signal in (pause_accepted, relationship_resumed):
        signal.disconnect(hear)
    assert pauses_of(pair.pk) == [Span(BERLIN.start, fifth)]
    assert state_of(pair.pk, fifth) is State.ACTIVE
    assert heard == [(pause_accepted, pair.pk, mentee.pk), (relationship_resumed, pair.pk, mentee.pk)]


def test_one_called_off_before_it_began_never_was(pair, mentor, mentee, proposed) -> None:
    accept_pause(pause=proposed, by=mentee)
    close_pause(pause=proposed, by=mentor)
    assert pauses_of(pair.pk) == []


def test_a_proposal_turned_down_cannot_be_agreed_to(pair, mentee, proposed) -> None:
    close_pause(pause=proposed, by=mentee)
    with pytest.raises(PauseError, match="taken back or ended"):
        accept_pause(pause=proposed, by=mentee)
    shown = signed_in(mentee).post(reverse("relationships:accept_pause", args=[proposed.pk]), follow=True)
    assert "This pause was taken back or ended meanwhile." in shown.content.decode()
    assert PauseAcceptance.objects.count() == 1


def test_a_proposal_whose_days_have_passed_cannot_be_agreed_to(mentee, proposed, noon) -> None:
    noon.move_to(BERLIN.end)
    with pytest.raises(PauseError, match="has passed"):
        accept_pause(pause=proposed, by=mentee)


def test_a_pause_ends_by_itself_and_stays_in_view(pair, mentor, mentee, proposed, noon) -> None:
    accept_pause(pause=proposed, by=mentee)
    noon.move_to(BERLIN.end + timedelta(days=2))
    close_pause(pause=proposed, by=mentor)  # too late: changes nothing
    assert pauses_of(pair.pk) == [BERLIN]
    assert "Earlier pauses" in signed_in(mentee).get(page(pair)).content.decode()


def test_a_stranger_finds_nothing(pair, stranger, proposed) -> None:
    client = signed_in(stranger)
    assert client.get(page(pair)).status_code == 404
    assert client.post(page(pair), form()).status_code == 404
    for name in ("accept_pause", "close_pause"):
        assert client.post(reverse(f"relationships:{name}", args=[proposed.pk])).status_code == 404
    assert PauseAcceptance.objects.count() == 1


def test_nothing_is_paused_once_it_has_ended(pair, mentor, mentee, proposed) -> None:
    end_relationship(relationship=pair, by=mentor)
    client = signed_in(mentee)
    client.post(reverse("relationships:accept_pause", args=[proposed.pk]))
    client.post(reverse("relationships:close_pause", args=[proposed.pk]))
    assert client.post(page(pair), form()).headers["Location"] == reverse("relationships:end", args=[pair.pk])
    assert (pauses_of(pair.pk), PauseAcceptance.objects.count()) == ([], 1)
    assert state_of(pair.pk, clock.now()) is State.ENDED


def test_in_a_circle_everybody_who_was_asked_must_agree(pair, mentor, mentee, coordinator, stranger, noon) -> None:
    join_relationship(relationship=pair, by=coordinator, role=Role.MENTEE)
    days = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 10)}
    pause = propose_pause(relationship=pair, by=mentor, **days)
    noon.shift(60)
    join_relationship(relationship=pair, by=stranger, role=Role.MENTEE)  # was not asked, and undoes nothing
    seen = []
    for person in (mentee, stranger, coordinator):
        accept_pause(pause=pause, by=person)
        seen.append(pauses_of(pair.pk))
    assert seen == [[], [], [BERLIN]]
