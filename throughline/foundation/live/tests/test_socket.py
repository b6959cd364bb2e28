"""Who gets in, and how what makes no sense is answered."""

from __future__ import annotations

import json

import pytest
import time_machine
import websockets
from django.test import Client as Browser

from throughline.foundation.live import ticket
from throughline.foundation.live.limits import Limits
from throughline.foundation.live.tests.sockets import House, live, session_of
from throughline.foundation.live.topics import access_changed
from throughline.foundation.live.wire import BadFrameError, joined_bytes, read_bytes, read_text


def test_another_origin_and_no_session_are_refused_before_accepting(key):
    async def scenario(house: House) -> None:
        for cookie, origin in [(key, "https://elsewhere.example"), ("", None), (key, "null")]:
            with pytest.raises(websockets.InvalidStatus) as refused:
                await house.connect(cookie, origin=origin)
            assert refused.value.response.status_code == 403

    live(scenario)


def test_a_ticket_must_be_whole_fresh_and_of_this_session_and_person(key, other_key, mentor, mentee):
    with time_machine.travel("2026-11-01T10:00:00Z"):
        old = ticket.issue(key, mentor.pk)
    wrong = [old, "", "x" * 2000, 7, ticket.issue(other_key, mentee.pk), ticket.issue(key, mentee.pk)]

    async def scenario(house: House) -> None:
        for shown in wrong:
            socket = await house.connect(key)
            await socket.send(json.dumps({"do": "hello", "ticket": shown}))
            await socket.wait_closed()
            assert socket.close_code == 4003
        assert (await house.client(key, mentor.pk)).connection

    live(scenario)


def test_nobody_waits_for_a_ticket_for_ever(key):
    async def scenario(house: House) -> None:
        socket = await house.connect(key)
        await socket.wait_closed()
        assert socket.close_code == 4003

    live(scenario, Limits(hello=0.05))


def test_strangers_and_unknown_topics_get_the_same_answer(board, topic, stranger):
    key = session_of(stranger)

    async def scenario(house: House) -> None:
        client = await house.client(key, stranger.pk)
        for name in (topic, topic.replace("board", "nothing")):
            n, answer = await client.join(name)
            assert answer == [{"is": "refused", "n": n, "reason": "not-found"}]
        assert (await client.send(1, {"text": "let me"}))["reason"] == "not-seated"
        await client.say(do="relay", n=1, body={})
        await client.say_bytes(1, b"x")
        await client.say(do="ping")
        assert (await client.next()) == {"is": "pong"}

    live(scenario)
    assert board.written == {}
    assert board.left_by == []


NONSENSE = [
    "",
    "x",
    "[]",
    "null",
    "[" * 10_000,
    '{"do":"join","n":0,"topic":"board:0"}',
    '{"do":"join","n":true,"topic":"board:01900000-0000-7000-8000-000000000000"}',
    '{"do":"join","n":1,"topic":"../../etc"}',
    '{"do":"join","n":1,"topic":"~session"}',
    '{"do":"send","n":1,"id":"no","body":{}}',
    '{"do":"send","n":1,"id":"01900000-0000-7000-8000-000000000000","body":[]}',
    '{"do":"relay","n":99999999,"body":{}}',
    '{"do":"hello","ticket":"again"}',
    '{"do":"dance"}',
]


def test_nonsense_is_answered_then_closed(key, mentor, board, caplog):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        for text in NONSENSE:
            await client.socket.send(text)
            assert (await client.next())["is"] == "wrong"
        for frame in (b"", b"\x00", b"\x01", b"\xff" * 9, b"\x01\x7fshort"):
            await client.socket.send(frame)
            assert (await client.next())["is"] == "wrong"
        await client.socket.send("x")
        assert (await client.closed())[0] == 1008

    live(scenario)
    assert caplog.records == []


def test_too_large_frames_close(key, mentor):
    async def scenario(house: House) -> None:
        for frame in ("x" * 2000, b"x" * 2000):
            client = await house.client(key, mentor.pk)
            await client.socket.send(frame)
            assert (await client.closed())[0] == 1009

    live(scenario, Limits(text=1000, frame=1000))


def test_a_flood_is_read_slowly_and_loses_nothing(key, mentor, board, topic):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        n, _ = await client.join(topic)
        for _ in range(60):
            await client.say(do="ping")
        assert (await client.send(n, {"text": "still here"}))["is"] == "taken"

    live(scenario, Limits(rate=500, burst=10))


def test_too_many_seats_and_too_many_sockets_are_refused(key, mentor, board, topic):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        assert (await client.join(topic))[1] == []
        n, answer = await client.join(topic[:-1] + ("0" if topic[-1] != "0" else "1"))
        assert answer == [{"is": "refused", "n": n, "reason": "too-many"}]
        await house.client(key, mentor.pk)
        third = await house.connect(key)
        await third.send(json.dumps({"do": "hello", "ticket": ticket.issue(key, mentor.pk)}))
        await third.wait_closed()
        assert third.close_code == 1013

    live(scenario, Limits(seats=1, connections=2))


def test_signing_out_closes_the_socket_at_once(board, topic, mentor):
    browser = Browser()
    browser.force_login(mentor)
    key = browser.session.session_key

    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        await client.join(topic)
        await house.hub.database(browser.logout)
        assert await client.closed() == (4001, "session ended")

    live(scenario)
    assert board.left_by == [mentor.pk]


def test_a_changed_password_closes_the_other_sessions(key, mentor):
    def change() -> None:
        mentor.set_password("another long password")
        mentor.save()

    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        await house.hub.database(change)
        assert await client.closed() == (4001, "session ended")

    live(scenario)


@pytest.mark.parametrize("how", ["told", "looked"])
def test_a_seat_ends_when_access_does(board, topic, key, mentor, how):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        n, _ = await client.join(topic)
        board.members.clear()
        if how == "told":
            await house.hub.database(access_changed, topic=topic)
        assert await client.next() == {"is": "closed", "n": n, "reason": "no-access"}
        assert (await client.send(n, {"text": "one more"}))["reason"] == "not-seated"

    live(scenario, Limits(recheck=0.05 if how == "looked" else 30))
    assert board.written == {}


def test_the_wire_reads_back_what_it_writes():
    for n, pieces in [(1, [b"a"]), (300, [b"", b"x" * 200, b"y" * 70_000]), (65535, [b"z"] * 3)]:
        assert read_bytes(joined_bytes(n, pieces)) == (n, pieces)
    with pytest.raises(BadFrameError):
        read_bytes(joined_bytes(0, [b"a"]))
    with pytest.raises(BadFrameError):
        read_text("{")
