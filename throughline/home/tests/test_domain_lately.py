"""What happened, in few lines: nothing is lost, and only writing is drawn together."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from throughline.home.domain.lately import stretches_of
from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Exemption, Kind, Medium, Part

BEGIN = datetime(2026, 11, 1, 9, tzinfo=UTC)
MENTOR, MENTEE = UUID(int=1), UUID(int=2)


def contact(kind: Kind, hour: int, *people: UUID) -> Contact:
    at = BEGIN + timedelta(hours=hour)
    return Contact(
        relationship_id=UUID(int=9), kind=kind, medium=Medium.TEXT, started_at=at, ended_at=at, initiator_id=None,
        occasion="", together=0, both_voice=0, both_video=0, session=False, exemption=Exemption.NONE,
        automatic=False, self_reported=False, parts=tuple(map(Part, people)), sources=(f"{kind}:{hour}",),
    )  # fmt: skip


def test_messages_between_two_meetings_are_one_line() -> None:
    asked, answered = contact(Kind.MESSAGE, 5, MENTEE), contact(Kind.MESSAGE, 9, MENTOR)
    before, after = contact(Kind.MEETING, 1, MENTOR, MENTEE), contact(Kind.MEETING, 30, MENTOR, MENTEE)
    found = stretches_of([asked, after, before, answered])
    assert [stretch.contacts for stretch in found] == [(after,), (answered, asked), (before,)]
    assert (found[1].begins, found[1].ends) == (asked.started_at, answered.started_at)
    assert found[1].people == {MENTOR, MENTEE}


def test_meetings_and_calls_each_stand_by_themselves() -> None:
    calls = [contact(Kind.CALL, hour, MENTOR, MENTEE) for hour in (3, 2, 1)]
    assert [stretch.contacts for stretch in stretches_of(calls)] == [(call,) for call in calls]


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 500)), max_size=30))
def test_every_contact_stands_in_one_line_in_order_of_time(rows: list[tuple[Kind, int]]) -> None:
    contacts = [contact(kind, hour, MENTOR) for kind, hour in rows]
    told = [each for stretch in stretches_of(contacts) for each in stretch.contacts]
    assert sorted(each.started_at for each in contacts) == [each.started_at for each in reversed(told)]
    assert sorted(each.sources for each in contacts) == sorted(each.sources for each in told)
