"""When a relationship ends or is deleted, what is open in a browser closes at once, not at the next round of asking."""

from __future__ import annotations

from throughline.accounts.models import Person
from throughline.agreements.actions import open_words
from throughline.calls.access import room_ticket
from throughline.calls.actions import open_call
from throughline.foundation import clock
from throughline.foundation.live.limits import Limits
from throughline.foundation.live.tests.sockets import House, live, session_of
from throughline.relationships.actions import accept_pause, ask_for_deletion, end_relationship, propose_pause

NEVER = Limits(recheck=10_000)
"""The hub's own round of asking comes too late for these tests."""


def test_an_end_closes_the_call_and_the_words_and_leaves_the_conversation_to_be_read(
    transactional_db, pair, mentor, mentee
) -> None:
    call = open_call(relationship=pair, by=mentor)
    words = open_words(by=mentor, relationship=pair).prose
    keys = session_of(mentor), session_of(mentee)

    async def scenario(house: House) -> None:
        for key, person in zip(keys, (mentor, mentee), strict=True):
            client = await house.client(key, person.pk)
            talk, _ = await client.join(f"conversation:{pair.pk}")
            ticket = {"ticket": room_ticket(person.pk, call.pk)}
            places = [(f"call:{call.pk}", ticket), (f"document:{words}", None)]
            seats = {(await client.join(topic, seen))[0] for topic, seen in places}
            clients.append((client, talk, seats))
        await house.hub.database(lambda: end_relationship(relationship=pair, by=mentor))
        for client, talk, seats in clients:
            closed = [await client.hears("closed"), await client.hears("closed")]
            assert {said["n"] for said in closed} == seats
            assert {said["reason"] for said in closed} == {"no-access"}
            answer = await client.send(talk, {"text": "still here", "client_id": str(call.pk)})
            assert answer["is"] == "taken"
            assert set(answer["body"]) == {"refused"}

    clients: list = []
    live(scenario, NEVER)


def test_deleting_closes_the_conversation(transactional_db, pair, mentor, mentee) -> None:
    end_relationship(relationship=pair, by=mentor)
    ask_for_deletion(relationship=pair, by=mentee)
    key = session_of(mentor)

    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        talk, _ = await client.join(f"conversation:{pair.pk}")
        assert await house.hub.database(lambda: ask_for_deletion(relationship=pair, by=mentor))
        assert await client.hears("closed") == {"is": "closed", "n": talk, "reason": "no-access"}

    live(scenario, NEVER)


def test_a_pause_that_begins_today_closes_the_words(transactional_db, pair, mentor: Person, mentee) -> None:
    words = open_words(by=mentor, relationship=pair).prose
    today = clock.today_in(mentee.zone)
    pause = propose_pause(relationship=pair, by=mentee, first_day=today, last_day=today)
    key = session_of(mentor)

    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        seat, _ = await client.join(f"document:{words}")
        await house.hub.database(lambda: accept_pause(pause=pause, by=mentor))
        assert await client.hears("closed") == {"is": "closed", "n": seat, "reason": "no-access"}

    live(scenario, NEVER)
