"""Messages drawn together early make the same contacts as one fact for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.ledger.domain.bursts import Sent, Turn, bursts_of, turns_between, turns_of
from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.ledger.domain.merge import merge
from throughline.ledger.tests.test_domain_merge import MIRA, PAIR, TOMAS, call, facts, minute

ANNA = UUID(int=4)
senders = st.sampled_from([MIRA, TOMAS])


def sent(n: int, at: float, by: UUID = MIRA) -> Sent:
    return Sent(f"messaging.Message:{n:03d}", minute(at), by)


def as_fact(message: Sent) -> Fact:
    return Fact(
        message.source, PAIR, Kind.MESSAGE, Medium.TEXT, message.at, message.at,
        initiator_id=message.by_id, parts=(Part(message.by_id),),
    )  # fmt: skip


others = st.lists(
    facts().filter(lambda fact: fact.kind is not Kind.MESSAGE).map(lambda fact: replace(fact, relationship_id=PAIR)),
    max_size=6,
    unique_by=lambda fact: fact.source,
)
messages = st.lists(st.tuples(st.integers(0, 600), senders), max_size=30).map(
    lambda some: [sent(n, at / 2, by) for n, (at, by) in enumerate(sorted(some, key=lambda one: one[0]))]
)


@given(messages, others)
def test_the_contacts_are_the_same_whichever_way_they_are_made(some, beside):
    early = merge([*beside, *bursts_of(PAIR, some, beside)])
    late = merge([*beside, *map(as_fact, some)])
    assert [replace(contact, sources=()) for contact in early] == [replace(contact, sources=()) for contact in late]


def test_a_call_between_two_messages_parts_them():
    some = [sent(1, 0), sent(2, 5, TOMAS), sent(3, 12), sent(4, 100)]
    assert [(f.started_at, f.ended_at) for f in bursts_of(PAIR, some, [call(1, 7, 10)])] == [
        (minute(0), minute(5)),
        (minute(12), minute(12)),
        (minute(100), minute(100)),
    ]


def test_a_turn_lasts_until_somebody_else_writes():
    some = [sent(1, 0), sent(2, 500), sent(3, 501, TOMAS), sent(4, 502)]
    assert turns_of(some) == [
        Turn(MIRA, minute(0), minute(500), 2),
        Turn(TOMAS, minute(501), minute(501), 1),
        Turn(MIRA, minute(502), minute(502), 1),
    ]


def test_turns_between_two_are_as_if_nobody_else_had_written():
    some = [sent(1, 0), sent(2, 5, ANNA), sent(3, 6), sent(4, 7, TOMAS)]
    assert turns_between(turns_of(some), frozenset({MIRA, TOMAS})) == [
        Turn(MIRA, minute(0), minute(6), 2),
        Turn(TOMAS, minute(7), minute(7), 1),
    ]


@given(messages)
def test_turns_count_every_message_once_and_alternate(some):
    turns = turns_of(some)
    assert sum(turn.messages for turn in turns) == len(some)
    assert all(one.by_id != other.by_id for one, other in pairwise(turns))
    assert all(turn.last - turn.first >= timedelta(0) for turn in turns)
