"""What was signed or drafted before the terms grew is read as what it said, and stays the bytes that it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest
from django.urls import reverse

from throughline.agreements import queries
from throughline.agreements.actions import save_part
from throughline.agreements.domain.canonical import canonical, digest
from throughline.agreements.domain.draft import read_content
from throughline.agreements.domain.plain import to_plain
from throughline.agreements.domain.terms import Cadence, Holiday, PartKind, Schedule
from throughline.agreements.domain.upgrade import upgraded, upgraded_part
from throughline.agreements.models import Signature, TermEdit, Version
from throughline.agreements.queries.overview import Stage
from throughline.agreements.tests.conftest import CONFIDENTIALITY, RESPONSES, SCHEDULE, TERMS, sign
from throughline.agreements.tests.test_signing import address, seen_by
from throughline.foundation.jobs.registry import function_of

NEW = {
    "schedule": ["holidays"],
    "responses": ["mentor_hours", "mentee_hours"],
    "confidentiality": ["duties", "notes", "recordings", "at_end"],
}
# What two people signed with the first release, byte for byte.
FIRST_RELEASE = (
    '{"agreement":"01a203ae-e5af-7511-8ef6-a09f92f5e8a3","format":1,"number":1,"parties":[{"person":'
    '"01a203ae-e5af-7511-8ef6-a09f92f5e8a4","role":"mentor"}],"previous":"","prose":"","salt":"s","terms":{"channels":'
    '{"planned":{"fallback":"phone","preferred":["video","voice"]},"quick":{"fallback":"email","preferred":["message"]'
    '}},"confidentiality":{"may_be_told":"","mode":"private","off_limits":"Pay"},"objectives":{"items":[{"aim":'
    '"Lead the planning","outcome":"Three plannings without help"}]},"preparation":{"items":[{"by":"mentee",'
    '"hours_before":24,"what":"Three lines on the week"}]},"responses":{"mentee":{"amount":8,"unit":"hours"},"mentor":'
    '{"amount":2,"unit":"days"}},"review":{"every_days":180,"first":"2026-12-31"},"schedule":{"cadence":"fortnightly",'
    '"first":"2026-12-01","last":null,"minutes":50,"time":"18:00","week_of_month":null,"weekday":1,"zone":'
    '"Europe/Berlin"}}}'
)
THEN = replace(
    TERMS,
    responses=replace(RESPONSES, mentor_hours=None, mentee_hours=None),
    confidentiality=replace(CONFIDENTIALITY, duties=None, notes=None, recordings=None, at_end=None),
    reconnection=None,
    ending=None,
)


def as_in_format_1(plain):
    """Plain terms without what came later."""
    return {
        kind: {name: value for name, value in part.items() if name not in NEW.get(kind, ())}
        for kind, part in plain.items()
        if kind not in ("reconnection", "ending")
    }


@pytest.fixture
def old(in_force):
    """The agreement as if it had been drafted and signed with the first release."""
    TermEdit.objects.update(format=1)
    for edit in TermEdit.objects.all():
        edit.payload = {name: value for name, value in edit.payload.items() if name not in NEW.get(edit.kind, ())}
        edit.save()
    version = Version.objects.get()
    plain = json.loads(version.content)
    version.content = canonical({**plain, "format": 1, "terms": as_in_format_1(plain["terms"])})
    version.digest = digest(version.content)
    version.save()
    return in_force


def test_the_first_releases_bytes_say_what_they_said():
    assert read_content(FIRST_RELEASE).terms == THEN


def test_a_change_of_format_invents_no_agreement():
    """Nothing new is filled in with something that nobody signed, and nothing that was signed is lost."""
    plain = as_in_format_1(to_plain(TERMS))
    assert as_in_format_1(upgraded(plain, 1)) == plain
    assert not any(upgraded(plain, 1)[kind][name] for kind, names in NEW.items() for name in names)
    assert upgraded(to_plain(TERMS), 2) == to_plain(TERMS)


@pytest.mark.parametrize("written_in", [0, 3, "2", 1.0, None, True])
def test_another_format_is_refused(written_in):
    with pytest.raises(ValueError, match="another format"):
        upgraded_part(PartKind.REVIEW, {}, written_in)
    plain = {**json.loads(FIRST_RELEASE), "format": written_in}
    with pytest.raises(ValueError, match=r"."):
        read_content(json.dumps(plain))


def test_an_old_agreement_is_in_force_as_it_was_signed(old, as_mentor, mentor):
    assert queries.terms_in_force(old.pk) == THEN
    assert queries.chain_holds(old.pk) is True
    page = seen_by(mentor, old)
    assert (page.stage, page.undone) == (Stage.IN_FORCE, 0)
    for path in ("", "sign/", "history/", "versions/1/"):
        assert as_mentor.get(reverse("agreements:agreement", args=[old.pk]) + path).status_code == 200
    assert Version.objects.get().digest in as_mentor.get(address(old)).content.decode()


def test_one_who_signed_before_the_change_is_joined_in_the_same_bytes(old, mentee):
    Signature.objects.filter(person=mentee).delete()
    Version.objects.update(in_force_at=None)
    before = Version.objects.get()
    assert sign(mentee, old).in_force is True
    assert (Version.objects.get().content, Version.objects.get().digest) == (before.content, before.digest)


def test_the_next_version_asks_for_what_is_new_and_links_to_the_old_bytes(old, mentor, mentee):
    save_part(by=mentor, relationship=old, part=replace(SCHEDULE, minutes=25), stamp=1)
    asked = {card.section.kind for card in seen_by(mentor, old).cards if card.faults}
    assert asked == {PartKind.RESPONSES, PartKind.CONFIDENTIALITY}
    save_part(by=mentor, relationship=old, part=RESPONSES, stamp=1)
    save_part(by=mentor, relationship=old, part=CONFIDENTIALITY, stamp=1)
    sign(mentor, old)
    assert sign(mentee, old).in_force is True
    first, second = Version.objects.order_by("number")
    assert (json.loads(first.content)["format"], json.loads(second.content)["format"]) == (1, 2)
    assert second.previous == first.digest
    assert queries.chain_holds(old.pk) is True
    assert queries.terms_in_force(old.pk) == replace(TERMS, schedule=replace(SCHEDULE, minutes=25))


def test_an_old_part_asks_for_what_it_does_not_say(old, as_mentor):
    page = as_mentor.get(reverse("agreements:part", args=[old.pk, "confidentiality"])).content.decode()
    assert 'value="own"' in page
    assert 'value="own" checked' not in page


def test_holidays_are_in_the_sentence_and_shift_the_first_meeting():
    away = replace(SCHEDULE, holidays=(Holiday(date(2026, 12, 1), date(2026, 12, 2)),))
    assert (SCHEDULE.first_meeting(), away.first_meeting()) == (date(2026, 12, 1), date(2026, 12, 15))
    assert away.anchor() == date(2026, 12, 1)
    whole = Schedule(Cadence.WEEKLY, 1, None, time(9), "UTC", 25, date(2026, 12, 1), date(2026, 12, 8), away.holidays)
    assert replace(whole, holidays=(Holiday(date(2026, 12, 1), date(2026, 12, 9)),)).first_meeting() == date(
        2026, 12, 1
    )


def test_an_agreement_signed_before_pages_carried_the_mode_gets_its_badge(old):
    type(old).objects.update(mode="")
    for _ in range(2):
        function_of("agreements.modes")()
        old.refresh_from_db()
        assert old.mode == "private"
