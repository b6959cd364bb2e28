"""Merging: what happened once counts once, in whatever order its facts come."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium, Part
from throughline.ledger.domain.merge import merge

PAIR = UUID(int=1)
MIRA = UUID(int=2)
TOMAS = UUID(int=3)
SIX = datetime(2026, 11, 3, 18, tzinfo=UTC)
OCCASION = "meetings.Meeting:1"


def minute(n: float) -> datetime:
    return SIX + timedelta(minutes=n)


def call(n: int, start: float, end: float, **more) -> Fact:
    seconds = round((end - start) * 60)
    values = {
        "together": seconds,
        "both_voice": seconds,
        "both_video": seconds,
        "session": seconds >= 60,
        "initiator_id": MIRA,
        "parts": (Part(MIRA, seconds, seconds, seconds), Part(TOMAS, seconds, seconds, seconds)),
    }
    return Fact(f"calls.Call:{n}", PAIR, Kind.CALL, Medium.VIDEO, minute(start), minute(end), **(values | more))


def message(n: int, at: float, by: UUID = MIRA) -> Fact:
    return Fact(f"messaging.Message:{n}", PAIR, Kind.MESSAGE, Medium.TEXT, minute(at), minute(at), initiator_id=by)


def edit(n: int, start: float, end: float) -> Fact:
    return Fact(f"coediting.Document:{n}", PAIR, Kind.EDIT, Medium.DOCUMENT, minute(start), minute(end))


def sources(facts: list[Fact]) -> list[tuple[str, ...]]:
    return [contact.sources for contact in merge(facts)]


def test_a_meeting_its_two_calls_and_what_was_written_meanwhile_are_one_contact():
    first, second = call(1, 2, 20, occasion=OCCASION), call(2, 25, 52, occasion=OCCASION)
    meeting = Fact(
        OCCASION, PAIR, Kind.MEETING, Medium.VIDEO, minute(2), minute(52),
        occasion=OCCASION, together=45 * 60, both_voice=45 * 60, both_video=45 * 60, session=True,
    )  # fmt: skip
    assert merge([edit(1, 10, 60), message(1, 21), second, meeting, first]) == [
        Contact(
            relationship_id=PAIR,
            kind=Kind.MEETING,
            medium=Medium.VIDEO,
            started_at=minute(2),
            ended_at=minute(52),
            initiator_id=MIRA,
            occasion=OCCASION,
            together=45 * 60,
            both_voice=45 * 60,
            both_video=45 * 60,
            session=True,
            exemption=Exemption.NONE,
            automatic=False,
            self_reported=False,
            parts=(Part(MIRA, 45 * 60, 45 * 60, 45 * 60), Part(TOMAS, 45 * 60, 45 * 60, 45 * 60)),
            sources=("calls.Call:1", "calls.Call:2", "coediting.Document:1", OCCASION, "messaging.Message:1"),
        )
    ]


def test_a_call_within_an_occasion_is_no_session_until_the_occasion_says_so():
    (contact,) = merge([call(1, 0, 5, occasion=OCCASION)])
    assert (contact.session, contact.together) == (False, 300)
    (quick,) = merge([call(1, 0, 5)])
    assert quick.session


def test_overlapping_calls_count_their_common_time_once():
    (contact,) = merge([call(1, 0, 10), call(2, 5, 15)])
    assert contact.together == 600
    assert (contact.started_at, contact.ended_at) == (minute(0), minute(15))


def test_calls_that_touch_are_two():
    assert sources([call(1, 0, 10), call(2, 10, 20)]) == [("calls.Call:1",), ("calls.Call:2",)]


def test_messages_under_thirty_quiet_minutes_apart_are_one_burst():
    assert sources([message(1, 0), message(2, 29.9), message(3, 59.8), message(4, 89.8)]) == [
        ("messaging.Message:1", "messaging.Message:2", "messaging.Message:3"),
        ("messaging.Message:4",),
    ]


def test_writing_never_joins_two_calls():
    assert sources([call(1, 0, 10), edit(1, 5, 60), message(1, 12), message(2, 20), call(2, 30, 40)]) == [
        ("calls.Call:1", "coediting.Document:1"),
        ("messaging.Message:1", "messaging.Message:2"),
        ("calls.Call:2",),
    ]


def test_a_call_breaks_a_burst():
    assert sources([message(1, 0), call(1, 5, 10), message(2, 12)]) == [
        ("messaging.Message:1",),
        ("calls.Call:1",),
        ("messaging.Message:2",),
    ]


def test_two_relationships_never_merge():
    assert len(merge([call(1, 0, 10), replace(call(2, 0, 10), relationship_id=UUID(int=9))])) == 2


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    number = draw(st.integers(0, 40))
    kind = draw(st.sampled_from([Kind.CALL, Kind.MEETING, Kind.MESSAGE, Kind.EDIT, Kind.ELSEWHERE]))
    start = minute(draw(st.integers(0, 300)))
    length = 0 if kind is Kind.MESSAGE else draw(st.integers(0, 90)) * 60
    together = draw(st.integers(0, length))
    return Fact(
        source=f"{kind}:{number}",
        relationship_id=UUID(int=draw(st.integers(1, 2))),
        kind=kind,
        medium=draw(st.sampled_from(list(Medium))),
        started_at=start,
        ended_at=start + timedelta(seconds=length),
        initiator_id=draw(st.sampled_from([None, MIRA, TOMAS])),
        occasion=draw(st.sampled_from(["", "", "", "meetings.Meeting:1", "meetings.Meeting:2"])),
        together=together,
        both_video=draw(st.integers(0, together)),
        session=draw(st.booleans()),
        parts=(Part(MIRA, together), Part(TOMAS, draw(st.integers(together, length)))),
    )


many = st.lists(facts(), max_size=12, unique_by=lambda fact: fact.source)


@given(many.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order_does_not_matter(both):
    one, other = both
    assert merge(one) == merge(other)


@given(many)
def test_a_fact_said_twice_counts_once(some):
    assert merge(some + some) == merge(some)


@given(many)
def test_every_fact_is_in_one_contact_and_no_contact_is_empty(some):
    contacts = merge(some)
    assert sorted(source for contact in contacts for source in contact.sources) == sorted(f.source for f in some)
    assert all(contact.sources for contact in contacts)


@given(many)
def test_the_facts_of_one_contact_merge_to_that_contact(some):
    for contact in merge(some):
        assert merge(fact for fact in some if fact.source in contact.sources) == [contact]


@given(many)
def test_no_second_counts_twice(some):
    for contact in merge(some):
        behind = [fact for fact in some if fact.source in contact.sources]
        span = max(f.ended_at for f in behind) - min(f.started_at for f in behind)
        assert max(f.together for f in behind) <= contact.together <= span.total_seconds()
        assert contact.both_video <= contact.together
        assert all(part.present <= span.total_seconds() for part in contact.parts)
