"""Two people in one part: plain forms read at an older stamp, fields as they are typed, two tabs, double clicks."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from throughline.agreements.actions import save_part
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.models import FieldEdit, Overtaken, TermEdit
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.tests.conftest import OBJECTIVES, RESPONSES
from throughline.agreements.tests.page import Page
from throughline.agreements.tests.test_parts import GOOD, address

MINE = GOOD[PartKind.RESPONSES]


@pytest.fixture
def as_mentee(mentee):
    from django.test import Client

    client = Client()
    client.force_login(mentee)
    return client


def live(relationship, kind):
    return reverse("agreements:fields", args=[relationship.pk, kind])


def typing(client, relationship, kind, window=None, **fields):
    """Fields as the page's script sends them: name=(value, since)."""
    said = {name: {"value": value, "since": since} for name, (value, since) in fields.items()}
    body = json.dumps({"window": str(window or uuid4()), "fields": said})
    answer = client.post(live(relationship, kind), body, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def standing(relationship):
    return draft_of(relationship.pk)[PartKind.RESPONSES].part


def test_two_forms_read_at_once_merge_field_by_field(as_mentor, as_mentee, pair):
    """Both opened the empty form; each changes another field; neither sees a word about it."""
    assert as_mentee.post(address(pair, "responses"), {**MINE, "stamp": 0, "mentee_amount": "5"}).status_code == 302
    answer = as_mentor.post(address(pair, "responses"), {**MINE, "stamp": 0, "mentor_amount": "3", "mentee_amount": "2",
                                                         "mentee_unit": "days"})  # fmt: skip
    assert answer.status_code == 302
    part = standing(pair)
    assert (part.mentor.amount, part.mentee.amount, part.mentee.unit) == (3, 5, "hours")
    assert Overtaken.objects.count() == 0


def test_the_same_field_the_later_stands_and_the_earlier_comes_back_with_one_tap(
    as_mentor, as_mentee, pair, mentor, mentee
):
    save_part(by=mentor, relationship=pair, part=RESPONSES, stamp=0)
    as_mentee.post(address(pair, "responses"), {**MINE, "stamp": 1, "mentor_amount": "4"})
    answer = as_mentor.post(address(pair, "responses"), {**MINE, "stamp": 1, "mentor_amount": "6"}, follow=True)
    page = answer.content.decode()
    assert standing(pair).mentor.amount == 6
    assert "Saved. You both changed the same thing: yours stands, and the other is beside it." in page
    assert "Tomás Rivera had “4”" in page
    note = Overtaken.objects.get()
    assert (note.by, note.value, note.overtaken_by, note.field) == (mentee, "4", mentor, "mentor_amount")

    settle = reverse("agreements:settled", args=[pair.pk, "responses", note.pk])
    for _ in range(2):  # a double click
        assert as_mentee.post(settle, {"restore": "yes"}).status_code == 302
    assert standing(pair).mentor.amount == 4
    theirs = Overtaken.objects.get(settled_at__isnull=True)
    assert (theirs.by, theirs.value) == (mentor, "6")  # taking back is no silent loss either
    as_mentor.post(reverse("agreements:settled", args=[pair.pk, "responses", theirs.pk]), {"restore": "no"})
    assert (standing(pair).mentor.amount, Overtaken.objects.filter(settled_at__isnull=True).count()) == (4, 0)


def test_a_double_click_saves_once(as_mentor, pair):
    for _ in range(2):
        assert as_mentor.post(address(pair, "responses"), {"stamp": 0, **MINE}).status_code == 302
    assert (TermEdit.objects.count(), FieldEdit.objects.count(), Overtaken.objects.count()) == (1, 10, 0)


def test_objectives_that_both_added_are_both_there(as_mentor, as_mentee, pair, mentor):
    save_part(by=mentor, relationship=pair, part=OBJECTIVES, stamp=0)
    first = GOOD[PartKind.OBJECTIVES]
    as_mentor.post(address(pair, "objectives"), {**first, "stamp": 1, "aim_2": "Mine", "outcome_2": "M"})
    for _ in range(2):
        as_mentee.post(address(pair, "objectives"), {**first, "stamp": 1, "aim_2": "Theirs", "outcome_2": "T"})
    aims = [item.aim for item in draft_of(pair.pk)[PartKind.OBJECTIVES].part.items]
    assert (aims, Overtaken.objects.count()) == (["Lead the planning", "Mine", "Theirs"], 0)


def test_two_people_fill_one_empty_part_together_as_they_type(as_mentor, as_mentee, pair):
    """Neither has a whole part of their own; together they have."""
    said = typing(as_mentor, pair, "objectives", aim_1=("Lead the planning", 0))
    assert (said["finished"], PartKind.OBJECTIVES in draft_of(pair.pk)) == (False, False)
    overview = as_mentee.get(reverse("agreements:agreement", args=[pair.pk])).content.decode()
    assert "Mira Lindqvist is in the middle of writing this" in overview
    assert Page(as_mentee.get(address(pair, "objectives"))).fields["aim_1"] == "Lead the planning"
    said = typing(as_mentee, pair, "objectives", outcome_1=("Three plannings without help", 0))
    assert (said["finished"], draft_of(pair.pk)[PartKind.OBJECTIVES].part) == (True, OBJECTIVES)


def test_what_one_window_types_twice_over_a_broken_line_contradicts_nobody(as_mentor, pair):
    window = uuid4()
    typing(as_mentor, pair, "objectives", window, aim_1=("Lead", 0))
    typing(as_mentor, pair, "objectives", window, aim_1=("Lead the planning", 0))  # the answer was lost
    assert (Overtaken.objects.count(), FieldEdit.objects.count()) == (0, 2)


def test_two_tabs_of_one_person_lose_nothing_either(as_mentor, pair):
    typing(as_mentor, pair, "objectives", aim_1=("Lead", 0))
    said = typing(as_mentor, pair, "objectives", aim_1=("Publish", 0))
    assert said["fields"]["aim_1"]["value"] == "Publish"
    assert Overtaken.objects.get().value == "Lead"
    assert "You had “Lead”" in said["notes"]


def test_both_in_one_field_keep_both(as_mentor, as_mentee, pair, mentee):
    """Each goes on typing without having seen the other; one note for each of them, the newest."""
    mine, theirs = uuid4(), uuid4()
    typing(as_mentor, pair, "objectives", mine, aim_1=("Lead", 0))
    typing(as_mentee, pair, "objectives", theirs, aim_1=("Publish", 0))
    typing(as_mentor, pair, "objectives", mine, aim_1=("Lead all", 1))
    said = typing(as_mentee, pair, "objectives", theirs, aim_1=("Publish it", 2))
    assert said["fields"]["aim_1"]["value"] == "Publish it"
    kept = {(row.by.name, row.value) for row in Overtaken.objects.filter(settled_at__isnull=True)}
    assert kept == {("Mira Lindqvist", "Lead all"), ("Tomás Rivera", "Publish")}


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"fields": 3}', b'{"fields": {"aim_1": "x"}}', b"\xff", b"[" * 100_000, b"x" * 300_001],
)
def test_what_is_no_message_is_refused(as_mentor, pair, body):
    answer = as_mentor.post(live(pair, "objectives"), body, content_type="application/json")
    assert (answer.status_code, FieldEdit.objects.count()) == (422, 0)


def test_fields_that_no_form_has_are_not_kept(as_mentor, pair):
    typing(as_mentor, pair, "objectives", stamp=("9", 0), aim_11=("x", 0), secret=("x", 0), aim_1=("x", 0))
    assert [edit.field for edit in FieldEdit.objects.all()] == ["aim_1"]


def test_typing_into_a_finished_part_makes_it_unfinished_and_the_draft_stays(as_mentor, pair, mentor):
    save_part(by=mentor, relationship=pair, part=RESPONSES, stamp=0)
    said = typing(as_mentor, pair, "responses", mentor_amount=("", 1))
    assert (said["finished"], standing(pair)) == (False, RESPONSES)
    said = typing(as_mentor, pair, "responses", mentor_amount=("2", 2))
    assert (said["finished"], standing(pair)) == (True, RESPONSES)


def test_a_stranger_reads_and_writes_no_field(client, pair, stranger):
    client.force_login(stranger)
    assert client.get(live(pair, "objectives")).status_code == 404
    assert client.post(live(pair, "objectives"), "{}", content_type="application/json").status_code == 404
    path = reverse("agreements:settled", args=[pair.pk, "objectives", uuid4()])
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("others", [1, 3, 10])
def test_the_cost_of_a_part_does_not_grow_with_its_edits(as_mentor, as_mentee, pair, others, django_assert_num_queries):
    for n in range(1, others + 1):
        typing(as_mentee, pair, "objectives", **{f"aim_{n}": (f"Aim {n}", n - 1)})
    as_mentor.get(address(pair, "objectives"))
    with django_assert_num_queries(15):
        as_mentor.get(address(pair, "objectives"))
