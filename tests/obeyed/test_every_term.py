"""What two people sign is what the software does: each term that a room says it obeys is changed, signed and seen."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from throughline.accounts.domain.channels import Channel
from throughline.agreements.actions import save_part
from throughline.agreements.domain.obeyed import NAMES, Obeyed, claims, register
from throughline.agreements.domain.terms import (
    PART_TYPES,
    Cadence,
    Holiday,
    Mode,
    Objective,
    PartKind,
    Preparation,
    PreparationItem,
    ResponseTime,
    Unit,
    Ways,
    Who,
    WorkingHours,
)
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.tests import conftest as agreed
from throughline.calls.actions import open_call
from throughline.foundation import clock
from throughline.foundation.jobs.runner import run_ready
from throughline.meetings.models import Meeting
from throughline.meetings.queries import still_standing
from throughline.messaging.actions import mark_seen, send_message
from throughline.notices.models import Notice
from throughline.practices.queries import measures_of
from throughline.relationships.actions import begin_relationship, join_relationship
from throughline.relationships.domain.roles import Role

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday, 13:00 in Berlin and 04:00 in Los Angeles


@dataclass
class Scene:
    client: object
    pair: object
    mentor: object
    mentee: object

    def page(self, name: str, *args) -> str:
        """The words of a page as the mentor reads it."""
        self.client.force_login(self.mentor)
        answer = self.client.get(reverse(name, args=args))
        assert answer.status_code == 200
        main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
        words = re.sub(r"<[^>]+>", " ", re.sub(r'="[^"]*"', "", main))
        return re.sub(r"\s+", " ", html.unescape(words))

    def of_others(self, part) -> Scene:
        """Another pair of the two, whose first version holds this part."""
        pair = begin_relationship(by=self.mentor, role=Role.MENTOR)
        join_relationship(relationship=pair, by=self.mentee, role=Role.MENTEE)
        for each in (MONTHLY, *agreed.SIX[:1], *agreed.SIX[2:]):
            save_part(by=self.mentor, relationship=pair, part=each, stamp=0)
        scene = replace(self, pair=pair)
        scene.sign(part)
        return scene

    def sign(self, part) -> None:
        kind = next(kind for kind, type_ in PART_TYPES.items() if isinstance(part, type_))
        saved = draft_of(self.pair.pk).get(kind)
        save_part(by=self.mentor, relationship=self.pair, part=part, stamp=saved.stamp if saved else 0)
        agreed.sign(self.mentor, self.pair)
        assert agreed.sign(self.mentee, self.pair).in_force


@pytest.fixture
def scene(client, in_force, mentor, mentee):
    return Scene(client, in_force, mentor, mentee)


@pytest.fixture
def clock_now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_force(clock_now, pair, mentor, mentee):
    for part in (replace(MONTHLY), *agreed.SIX[:1], *agreed.SIX[2:]):
        save_part(by=mentor, relationship=pair, part=part, stamp=0)
    agreed.sign(mentor, pair)
    agreed.sign(mentee, pair)
    return pair


def meetings(scene: Scene) -> list:
    standing = still_standing(Meeting.objects.filter(relationship=scene.pair)).order_by("start")
    return list(standing.values_list("start", "end"))


def next_meeting(scene: Scene) -> str:
    first = still_standing(Meeting.objects.filter(relationship=scene.pair)).order_by("start")[0]
    return re.search(r"You agreed to meet.*?\.", scene.page("meetings:meeting", first.pk))[0]


def to_prepare(scene: Scene) -> str:
    return re.search(r"To prepare (.*?\d\d:\d\d)", scene.page("meetings:series", scene.pair.pk))[1]


def planned_call(scene: Scene) -> list[str]:
    return call(scene, still_standing(Meeting.objects.filter(relationship=scene.pair))[0].occasion)


def quick_call(scene: Scene) -> list[str]:
    return call(scene, "")


def call(scene: Scene, occasion: str) -> list[str]:
    opened = open_call(relationship=scene.pair, by=scene.mentor, occasion=occasion)
    return re.findall(r"You agreed on voice first|If the call fails[^.]*\.", scene.page("calls:call", opened.pk))


def offered(scene: Scene) -> list[str]:
    page = scene.page("relationship", scene.pair.pk)
    return re.findall(r"Call now|Write(?! it)|In between, as you agreed: [^.]*\.", page)[:3]


def due(*, by_mentor: bool) -> Callable[[Scene], object]:
    def asked(scene: Scene) -> object:
        by = scene.mentee if by_mentor else scene.mentor
        sent = send_message(relationship=scene.pair, by=by, client_id=uuid4(), text="Well?", please_answer=True)
        return sent.answer_by

    return asked


def told_of_a_message(scene: Scene) -> int:
    """Minutes until a mail tells the mentor, for whom it is day, of what the mentee wrote."""
    at = clock.now()
    sent = send_message(relationship=scene.pair, by=scene.mentee, client_id=uuid4(), text="Well?")
    with time_machine.travel(at, tick=False) as moving:
        for minutes in (6, 60, 4 * 60 + 6):
            moving.move_to(at + timedelta(minutes=minutes))
            run_ready()
            if Notice.objects.filter(kind="messaging.waiting", recipient=scene.mentor, sent_at__isnull=False).exists():
                break
    mark_seen(relationship=scene.pair, by=scene.mentor, number=sent.number)
    Notice.objects.filter(kind="messaging.waiting").delete()
    return minutes


def badges(scene: Scene) -> list[str]:
    pages = ("relationship", "messaging:conversation", "meetings:series", "commitments:list", "practices:practices")
    texts = [scene.page(name, scene.pair.pk) for name in (*pages, "agreements:agreement", "relationships:pause")]
    return [re.search(r"(Private|Shared on concern|Supervised) ", text)[1] for text in texts]


def to_take_up(scene: Scene) -> str:
    return re.search(r"From your agreement (.*)", scene.page("goals:list", scene.pair.pk))[1]


def looked_at(scene: Scene) -> float:
    """The bound that the practice of framework holds the last look against."""
    measures = measures_of(scene.pair.pk, clock.now())
    figures = next(measure.parts for measure in measures if measure.id == "framework")
    return next(figure.target.bound for figure in figures if figure.id == "review")


ANOTHER = (Objective("Find a field", "I can say why two are out"),)
MONTHLY = replace(agreed.SCHEDULE, cadence=Cadence.MONTHLY, week_of_month=1)
VOICE = Ways((Channel.VOICE, Channel.VIDEO), Channel.IN_PERSON)
QUARTER = WorkingHours((0, 2, 4), time(10), time(12))
CHANGES: dict[tuple[str, str], tuple[object, Callable[[Scene], object]]] = {
    ("meetings", "schedule.cadence"): (replace(MONTHLY, cadence=Cadence.WEEKLY, week_of_month=None), meetings),
    ("meetings", "schedule.weekday"): (replace(MONTHLY, weekday=3), meetings),
    ("meetings", "schedule.week_of_month"): (replace(MONTHLY, week_of_month=-1), meetings),
    ("meetings", "schedule.time"): (replace(MONTHLY, time=time(9, 30)), meetings),
    ("meetings", "schedule.zone"): (replace(MONTHLY, zone="America/Los_Angeles"), meetings),
    ("meetings", "schedule.minutes"): (replace(MONTHLY, minutes=25), meetings),
    ("meetings", "schedule.first"): (replace(MONTHLY, first=date(2026, 12, 2)), meetings),
    ("meetings", "schedule.last"): (replace(MONTHLY, last=date(2027, 2, 28)), meetings),
    ("meetings", "schedule.holidays"): (
        replace(MONTHLY, holidays=(Holiday(date(2027, 1, 1), date(2027, 1, 6)),)),
        meetings,
    ),
    ("meetings", "schedule.rotation"): (replace(MONTHLY, rotation=(MONTHLY.time, time(9, 30))), meetings),
    ("meetings", "channels.planned"): (replace(agreed.CHANNELS, planned=VOICE), next_meeting),
    ("meetings", "preparation.items"): (Preparation((PreparationItem("Read", Who.MENTOR, 48),)), to_prepare),
    ("calls", "channels.planned"): (replace(agreed.CHANNELS, planned=VOICE), planned_call),
    ("calls", "channels.quick"): (replace(agreed.CHANNELS, quick=VOICE), quick_call),
    ("home", "channels.quick"): (replace(agreed.CHANNELS, quick=VOICE), offered),
    ("notices", "channels.quick"): (replace(agreed.CHANNELS, quick=VOICE), told_of_a_message),
    ("messaging", "responses.mentor"): (
        replace(agreed.RESPONSES, mentor=ResponseTime(3, Unit.HOURS)),
        due(by_mentor=True),
    ),
    ("messaging", "responses.mentee"): (
        replace(agreed.RESPONSES, mentee=ResponseTime(3, Unit.DAYS)),
        due(by_mentor=False),
    ),
    ("messaging", "responses.mentor_hours"): (replace(agreed.RESPONSES, mentor_hours=QUARTER), due(by_mentor=True)),
    ("messaging", "responses.mentee_hours"): (replace(agreed.RESPONSES, mentee_hours=QUARTER), due(by_mentor=False)),
    ("goals", "objectives.items"): (replace(agreed.OBJECTIVES, items=ANOTHER), to_take_up),
    ("practices", "review.first"): (replace(agreed.REVIEW, first=date(2027, 1, 20)), looked_at),
    ("practices", "review.every_days"): (replace(agreed.REVIEW, every_days=60), looked_at),
    ("agreements", "confidentiality.mode"): (replace(agreed.CONFIDENTIALITY, mode=Mode.SUPERVISED), badges),
}
# How often they look at it again says something once they have looked at it for the first time.
AFTER = {("practices", "review.every_days"): timedelta(days=45)}


def test_every_claim_is_watched_and_nothing_else_is_claimed():
    """A room that obeys a term says so in `domain/obeyed.py`'s registry; here it is shown."""
    assert {(claim.by, term) for claim in claims() for term in claim.terms} == set(CHANGES)


@pytest.mark.django_db
@pytest.mark.parametrize("claim", CHANGES, ids=".".join)
def test_signing_another_term_changes_what_the_software_does(scene, claim, clock_now):
    """Two versions in force on both sides of the change, so that the term alone makes the difference."""
    part, seen = CHANGES[claim]
    if claim == ("practices", "review.first"):  # holds for the first version: seen between two pairs
        before, scene = seen(scene), scene.of_others(part)
    else:
        clock_now.shift(AFTER.get(claim, timedelta(minutes=1)))
        scene.sign(replace(agreed.ENDING, notice_days=3))
        before = seen(scene)
        scene.sign(part)
    assert seen(scene) != before


@pytest.mark.django_db
def test_signing_what_says_the_same_changes_nothing(scene):
    watched = [meetings, next_meeting, to_prepare, offered, badges]
    before = [seen(scene) for seen in watched]
    scene.sign(replace(agreed.OBJECTIVES, items=(*agreed.OBJECTIVES.items, *agreed.OBJECTIVES.items)))
    assert [seen(scene) for seen in watched] == before


@pytest.mark.django_db
def test_each_part_says_what_signing_does_and_what_it_does_not(scene):
    said = {kind: scene.page("agreements:part", scene.pair.pk, kind) for kind in PartKind}
    obeyed = {term for claim in claims() for term in claim.terms}
    for kind in PartKind:
        terms = [term for term in NAMES if term.startswith(f"{kind}.")]
        assert ("Throughline does nothing by this yet." in said[kind]) is not any(term in obeyed for term in terms)
        for claim in claims():
            if set(terms) & set(claim.terms):
                assert str(claim.does) in said[kind]
    left = "Throughline does nothing yet by: topics that are off limits, what may be told, duties to report, notes, "
    assert left + "recordings and what becomes of what you wrote." in said[PartKind.CONFIDENTIALITY]


def test_every_term_has_a_name_and_no_other_can_be_claimed():
    from dataclasses import fields

    every = {f"{kind}.{field.name}" for kind, type_ in PART_TYPES.items() for field in fields(type_)}
    assert set(NAMES) == every
    with pytest.raises(KeyError):
        register(Obeyed("nobody", ("schedule.colour",), "Paints your meetings."))
