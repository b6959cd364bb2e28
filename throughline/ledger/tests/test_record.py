"""Recording, reading back as contacts, and rebuilding."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from throughline.ledger import actions
from throughline.ledger.actions import Rebuilt, forget, rebuild, record, register_producer
from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.ledger.models import FactRow, PartRow
from throughline.ledger.queries import contacts_of, facts_by_source

AT = datetime(2026, 11, 3, 17, tzinfo=UTC)


@pytest.fixture
def producers(monkeypatch):
    """No producer but those that the test registers."""
    monkeypatch.setattr(actions, "_producers", {})


def call(pair, people, number=1, at=AT, **more):
    parts = tuple(Part(person.pk, 20, 20, 10) for person in sorted(people, key=lambda person: person.pk))
    values = {"together": 20, "both_voice": 20, "both_video": 10, "initiator_id": people[0].pk, "parts": parts}
    return Fact(
        f"calls.Call:{number}", pair.pk, Kind.CALL, Medium.VIDEO, at, at + timedelta(seconds=20), **(values | more)
    )


def test_the_same_source_is_overwritten(pair, mentor, mentee):
    record(call(pair, [mentor, mentee], session=True))
    record(call(pair, [mentor, mentee]))
    assert FactRow.objects.count() == 1
    assert PartRow.objects.count() == 2


def test_a_fact_reads_back_as_it_was_recorded(pair, mentor, mentee):
    fact = call(pair, [mentor, mentee], occasion="meetings.Meeting:1", automatic=True, self_reported=True)
    record(fact)
    assert facts_by_source([fact.source]) == {fact.source: fact}


def test_a_fact_that_ends_before_it_starts_is_refused(pair):
    with pytest.raises(ValueError, match="ends before it starts"):
        record(Fact("x", pair.pk, Kind.CALL, Medium.VOICE, AT, AT - timedelta(1)))


def test_contacts_are_those_that_began_in_the_window(pair, mentor, mentee, django_assert_num_queries):
    for number in range(5):
        record(call(pair, [mentor, mentee], number, AT + timedelta(hours=number)))
    with django_assert_num_queries(3):
        contacts = contacts_of(pair.pk, AT + timedelta(hours=1), AT + timedelta(hours=4))
    assert [contact.sources for contact in contacts] == [("calls.Call:1",), ("calls.Call:2",), ("calls.Call:3",)]


def test_a_burst_over_the_edge_of_the_window_is_still_one_contact(pair, mentor):
    for number in range(4):
        at = AT + timedelta(minutes=20 * number)
        record(Fact(f"m:{number}", pair.pk, Kind.MESSAGE, Medium.TEXT, at, at, initiator_id=mentor.pk))
    found = contacts_of(pair.pk, AT, AT + timedelta(minutes=30))
    assert [(one.started_at, one.ended_at) for one in found] == [(AT, AT + timedelta(minutes=60))]
    assert contacts_of(pair.pk, AT + timedelta(minutes=30), AT + timedelta(days=1)) == []


def test_forgetting_removes_the_contact(pair, mentor, mentee):
    record(call(pair, [mentor, mentee]))
    forget("calls.Call:1")
    assert contacts_of(pair.pk, AT, AT + timedelta(days=1)) == []
    assert PartRow.objects.count() == 0


def test_rebuilding_writes_what_is_missing_corrects_what_is_wrong_and_removes_orphans(pair, mentor, mentee, producers):
    right, wrong, missing = (call(pair, [mentor, mentee], number) for number in range(3))
    record(right)
    record(call(pair, [mentor], 1, together=19))
    record(call(pair, [mentor, mentee], 99))
    register_producer("calls", lambda: iter([right, wrong, missing]))
    assert rebuild() == Rebuilt(unchanged=1, written=2, removed=1)
    assert rebuild() == Rebuilt(unchanged=3, written=0, removed=0)
    assert facts_by_source(f.source for f in (right, wrong, missing)) == {f.source: f for f in (right, wrong, missing)}
    assert FactRow.objects.count() == 3


def test_the_command_says_what_it_did(pair, mentor, mentee, producers, capsys):
    record(call(pair, [mentor, mentee]))
    call_command("rebuild_ledger")
    assert capsys.readouterr().out == "0 right already, 0 written, 1 removed.\n"
