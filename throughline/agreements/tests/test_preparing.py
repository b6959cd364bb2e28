"""Preparing apart is private until shown; then one tap for each part makes the first draft."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from throughline.agreements.actions import keep_answer, save_part, show_answers
from throughline.agreements.domain.preparing import MINUTES, STEPS, next_step
from throughline.agreements.domain.starting import TEXTS
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.models import Agreement, Answer, FieldEdit, Overtaken, Preparing
from throughline.agreements.queries import beginnings_in
from throughline.agreements.queries.draft import draft_of
from throughline.agreements.queries.preparing import own_preparing, shown_preparing
from throughline.agreements.tests.conftest import OBJECTIVES, RESPONSES
from throughline.agreements.tests.page import Page
from throughline.agreements.tests.test_parts import GOOD
from throughline.coediting.queries import authors_of, text_of

SECRET = "I would rather not talk about my last job"


@pytest.fixture
def as_mentee(mentee):
    client = Client()
    client.force_login(mentee)
    return client


def at(relationship, name, *args):
    return reverse(f"agreements:{name}", args=[relationship.pk, *args])


def take(client, relationship, step, *people):
    ids = ",".join(str(Preparing.objects.get(person=person).pk) for person in people)
    return client.post(at(relationship, "side-by-side"), {"step": step, "from": ids})


def test_a_step_is_kept_as_it_was_typed_right_or_wrong_and_comes_back(as_mentor, pair, mentor):
    typed = {"mentor_amount": "soon", "mentor_unit": "days", "mentee_amount": "", "mentee_unit": "hours"}
    answer = as_mentor.post(at(pair, "step", "responses"), {"stamp": 0, **typed})
    assert (answer.status_code, answer.url) == (302, at(pair, "step", "preparation"))
    kept = own_preparing(pair.pk, mentor.pk).answers["responses"]
    assert {name: kept[name] for name in typed} == typed
    assert Page(as_mentor.get(at(pair, "step", "responses"))).fields["mentor_amount"] == "soon"
    assert draft_of(pair.pk) == {}


def test_a_browser_keeps_by_itself_and_asks_for_no_page(as_mentor, pair):
    address = at(pair, "step", "words")
    for words in ("Wh", "Why not"):
        assert as_mentor.post(address, {"why": words}, headers={"x-autosave": "1"}).status_code == 204
    assert [answer.typed["why"] for answer in Answer.objects.all()] == ["Why not"]


def test_nobody_else_reads_it_until_it_is_shown(as_mentor, as_mentee, pair, mentor, stranger):
    as_mentor.post(at(pair, "step", "words"), {"why": SECRET})
    as_mentee.post(at(pair, "step", "words"), {"why": "To learn"})
    as_mentee.post(at(pair, "show"))
    for name in ("prepare", "side-by-side", "agreement", "words"):
        assert SECRET not in as_mentee.get(at(pair, name), follow=True).content.decode(), name
    assert [one.person_id for one in shown_preparing(pair.pk)] != [mentor.pk]
    take(as_mentee, pair, "words", mentor)
    assert Agreement.objects.get().prose is None or SECRET not in text_of(Agreement.objects.get().prose)
    client = Client()
    client.force_login(stranger)
    for path in [at(pair, name) for name in ("prepare", "show", "side-by-side", "starting-texts")]:
        assert (client.get(path).status_code, client.post(path).status_code) in {(404, 404), (405, 404)}, path
    as_mentor.post(at(pair, "show"))
    assert SECRET in as_mentee.get(at(pair, "side-by-side")).content.decode()


def test_what_was_shown_stays_as_it_was_shown(as_mentor, pair, mentor):
    as_mentor.post(at(pair, "step", "words"), {"why": "To learn"})
    for _ in range(2):
        assert as_mentor.post(at(pair, "show")).url == at(pair, "side-by-side")
    as_mentor.post(at(pair, "step", "words"), {"why": "Something else"})
    assert own_preparing(pair.pk, mentor.pk).answers["words"]["why"] == "To learn"
    assert as_mentor.get(at(pair, "step", "words")).url == at(pair, "side-by-side")


def answers(person, relationship, **steps):
    for step, typed in steps.items():
        keep_answer(by=person, relationship=relationship, step=step, typed=typed)
    show_answers(by=person, relationship=relationship)


def test_mine_theirs_and_both_become_the_draft_with_one_tap(as_mentor, pair, mentor, mentee):
    answers(mentor, pair, objectives=GOOD[PartKind.OBJECTIVES], responses=GOOD[PartKind.RESPONSES])
    theirs = {"aim_1": "Publish", "outcome_1": "It is out"}
    answers(mentee, pair, objectives=theirs, responses={**GOOD[PartKind.RESPONSES], "mentor_amount": "5"})
    page = as_mentor.get(at(pair, "side-by-side")).content.decode()
    assert page.index("Lead the planning") < page.index("Publish")

    for _ in range(2):  # a double click
        take(as_mentor, pair, "objectives", mentor)
    assert draft_of(pair.pk)[PartKind.OBJECTIVES].part == OBJECTIVES
    for _ in range(2):
        take(as_mentor, pair, "objectives", mentor, mentee)
    aims = [item.aim for item in draft_of(pair.pk)[PartKind.OBJECTIVES].part.items]
    assert (aims, Overtaken.objects.count()) == (["Lead the planning", "Publish"], 0)
    take(as_mentor, pair, "objectives", mentee)
    assert [item.aim for item in draft_of(pair.pk)[PartKind.OBJECTIVES].part.items] == ["Publish"]

    take(as_mentor, pair, "responses", mentor, mentee)  # one number cannot be both: the other's stands beside it
    assert draft_of(pair.pk)[PartKind.RESPONSES].part == RESPONSES
    assert [(row.by, row.field, row.value) for row in Overtaken.objects.all()] == [(mentee, "mentor_amount", "5")]


def test_what_somebody_wrote_into_the_draft_meanwhile_is_kept_beside_it(as_mentor, pair, mentor, mentee):
    save_part(by=mentee, relationship=pair, part=OBJECTIVES, stamp=0)
    answers(mentor, pair, objectives={"aim_1": "Publish", "outcome_1": "It is out"})
    take(as_mentor, pair, "objectives", mentor)
    kept = {(row.by, row.field, row.value) for row in Overtaken.objects.all()}
    assert kept == {(mentee, "aim_1", "Lead the planning"), (mentee, "outcome_1", "Three plannings without help")}


def test_words_go_to_the_page_of_own_words_once_each_by_whoever_wrote_them(as_mentor, pair, mentor, mentee):
    answers(mentor, pair, words={"why": "Because I was helped", "end": ""})
    answers(mentee, pair, words={"why": "To learn", "end": "With a dinner"})
    for _ in range(2):
        take(as_mentor, pair, "words", mentor, mentee)
    prose = Agreement.objects.get().prose
    assert text_of(prose).splitlines() == [
        "Why the two of us", "Because I was helped", "To learn", "How we end well", "With a dinner",
    ]  # fmt: skip
    headings = len("Why the two of us") + len("How we end well")
    assert authors_of(prose) == {mentor.pk: headings + 20, mentee.pk: len("To learn") + len("With a dinner")}


def test_one_may_go_on_without_the_other(as_mentor, pair, mentor, mentee):
    answers(mentor, pair, objectives=GOOD[PartKind.OBJECTIVES])
    page = as_mentor.get(at(pair, "side-by-side")).content.decode()
    assert "Tomás Rivera has not shown any answers yet." in page
    take(as_mentor, pair, "objectives", mentor)
    assert draft_of(pair.pk)[PartKind.OBJECTIVES].part == OBJECTIVES
    assert beginnings_in([pair.pk])[pair.pk].prepared == {mentor.pk}


@pytest.mark.parametrize("data", [{}, {"step": "nothing", "from": "x"}, {"step": "words", "from": "1,2"}])
def test_hostile_taps_are_404(as_mentor, pair, mentor, data):
    show_answers(by=mentor, relationship=pair)
    assert as_mentor.post(at(pair, "side-by-side"), data).status_code == 404
    assert as_mentor.get(at(pair, "step", "nothing")).status_code == 404


def test_the_steps_take_ten_to_thirty_minutes_and_follow_each_other():
    assert 10 <= sum(MINUTES.values()) <= 30
    assert [next_step(set()), next_step({STEPS[0]}), next_step({STEPS[0]}, after=STEPS[-1]), next_step(set(STEPS))] == [
        STEPS[0], STEPS[1], STEPS[1], None,
    ]  # fmt: skip


@pytest.mark.parametrize("key", list(TEXTS))
def test_each_starting_text_fills_what_its_forms_hold_and_is_whole(as_mentor, pair, key):
    for _ in range(2):
        assert as_mentor.post(at(pair, "starting-texts"), {"text": key}).url == at(pair, "agreement")
    written = draft_of(pair.pk)
    assert set(TEXTS[key].parts) == set(written)
    edits = list(FieldEdit.objects.values_list("kind", "field"))
    for kind, filling in TEXTS[key].parts.items():
        assert {field for of, field in edits if of == kind} == set(filling)
    prose = text_of(Agreement.objects.get().prose).splitlines()
    assert len(prose) == 2 * len(TEXTS[key].prose)


def test_a_starting_text_replaces_nothing(as_mentor, pair, mentor):
    save_part(by=mentor, relationship=pair, part=OBJECTIVES, stamp=0)
    as_mentor.post(at(pair, "starting-texts"), {"text": "peers"})
    assert draft_of(pair.pk)[PartKind.OBJECTIVES].part == OBJECTIVES
    for _ in range(2):
        as_mentor.post(at(pair, "begin-part", "objectives"), {"text": "peers"})
    aims = [item.aim for item in draft_of(pair.pk)[PartKind.OBJECTIVES].part.items]
    assert (aims[0], len(aims)) == ("Lead the planning", 3)
    assert as_mentor.post(at(pair, "starting-texts"), {"text": "none"}).status_code == 404


def test_no_starting_text_says_when_people_meet():
    assert not any(PartKind.SCHEDULE in text.parts for text in TEXTS.values())
