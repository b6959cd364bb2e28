"""What is in force and can no longer be read: every page says so, nothing is obeyed, and it can be signed anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from throughline.agreements import queries
from throughline.agreements.actions import propose_change, save_part
from throughline.agreements.models import Version
from throughline.agreements.queries.damaged import damaged_in_force
from throughline.agreements.tests.conftest import SCHEDULE, TERMS, sign
from throughline.foundation.jobs.registry import function_of

SAYS = "The agreement in force can no longer be read."
EVERYWHERE = ("agreement", "sign", "proposals", "history", "words")
SHORTER = replace(SCHEDULE, minutes=25)


def flip_a_byte(relationship):
    """In what the database holds, as a failing disk would."""
    table = Version._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, content FROM {table} WHERE in_force_at IS NOT NULL ORDER BY number DESC")
        key, sealed = cursor.fetchone()
        damaged = bytes(sealed)[:-1] + bytes([bytes(sealed)[-1] ^ 1])
        cursor.execute(f"UPDATE {table} SET content = %s WHERE id = %s", [damaged, key])


@pytest.fixture
def damaged(in_force, mentee):
    change = {"by": mentee, "relationship": in_force, "part": SHORTER, "reason": "Less time", "proof": None}
    proposal = propose_change(**change)
    flip_a_byte(in_force)
    in_force.proposed = proposal.pk
    return in_force


def test_every_page_says_so_and_who_signed_it(as_mentor, damaged):
    addresses = [reverse(f"agreements:{name}", args=[damaged.pk]) for name in EVERYWHERE]
    addresses += [
        reverse("agreements:version", args=[damaged.pk, 1]),
        reverse("agreements:part", args=[damaged.pk, "schedule"]),
        reverse("agreements:proposal", args=[damaged.pk, damaged.proposed]),
    ]
    for address in addresses:
        answer = as_mentor.get(address)
        page = answer.content.decode()
        assert (answer.status_code, SAYS in page, "Mira Lindqvist, " in page) == (200, True, True), address
    for name, leads in (("review", "agreement"), ("propose", "part")):
        part = ["schedule"] if name == "propose" else []
        answer = as_mentor.get(reverse(f"agreements:{name}", args=[damaged.pk, *part]))
        assert answer.url == reverse(f"agreements:{leads}", args=[damaged.pk, *part])


def test_pages_of_other_rooms_stay_open(as_mentor, damaged):
    """With whatever they read of the terms."""
    pages = ("relationship", "practices:practices", "meetings:series", "goals:list", "messaging:conversation")
    for name in pages:
        answer = as_mentor.get(reverse(name, args=[damaged.pk]))
        assert answer.status_code == 200, name
    assert "can no longer be read" in as_mentor.get(reverse("relationship", args=[damaged.pk])).content.decode()
    assert as_mentor.get(reverse("today")).status_code == 200


def test_nothing_is_obeyed_and_an_older_version_does_not_come_back(in_force, mentor, mentee):
    save_part(by=mentee, relationship=in_force, part=SHORTER, stamp=1)
    sign(mentee, in_force)
    sign(mentor, in_force)
    flip_a_byte(in_force)
    assert (queries.terms_in_force(in_force.pk), queries.ways_for(in_force.pk, planned=True)) == (None, None)
    assert queries.version_in_force(in_force.pk).number == 2
    found = damaged_in_force(in_force.pk)
    assert (found.version.number, {line.called for line in found.signatures}) == (2, {mentor.called, mentee.called})
    function_of("agreements.modes")()
    function_of("agreements.reviews")()


def test_a_proposal_waits_and_can_be_declined(as_mentor, damaged):
    address = reverse("agreements:proposal", args=[damaged.pk, damaged.proposed])
    page = as_mentor.get(address).content.decode()
    assert ("It cannot be signed while" in page, 'value="agree"' in page, "25 minutes" in page) == (True, False, True)
    assert as_mentor.post(address, {"act": "decline", "words": ""}).status_code == 302
    assert "has declined it" in as_mentor.get(address).content.decode()


def test_it_is_signed_anew_from_the_draft(as_mentor, damaged, mentor, mentee):
    sign(mentor, damaged)
    page = as_mentor.get(reverse("agreements:agreement", args=[damaged.pk])).content.decode()
    assert SAYS in page
    sign(mentee, damaged)
    assert (queries.terms_in_force(damaged.pk), queries.version_in_force(damaged.pk).number) == (TERMS, 2)
    assert damaged_in_force(damaged.pk) is None
    for name in EVERYWHERE:
        page = as_mentor.get(reverse(f"agreements:{name}", args=[damaged.pk])).content.decode()
        assert SAYS not in page, name
    assert as_mentor.get(reverse("agreements:proposal", args=[damaged.pk, damaged.proposed])).status_code == 200
