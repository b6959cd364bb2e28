"""What is sent arrives: once, in order, to those seated; what is missed is sent on coming back."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
import websockets

from throughline.foundation.live.limits import Allowance, Limits
from throughline.foundation.live.outgoing import Outgoing
from throughline.foundation.live.tests.demo import Board
from throughline.foundation.live.tests.sockets import Client, House, live
from throughline.foundation.live.topics import publish


def test_a_send_is_acknowledged_and_reaches_the_others(board, topic, key, other_key, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = await house.client(key, mentor.pk)
        tomas = await house.client(other_key, mentee.pk)
        n, _ = await mira.join(topic)
        await tomas.join(topic)
        assert (await mira.send(n, {"text": "hello"}))["body"] == {"length": 5}
        assert (await tomas.next())["body"] == {"text": "hello"}
        await house.hub.database(publish, topic, {"text": "from a thread"})
        assert (await tomas.next())["body"] == {"text": "from a thread"}

    live(scenario)
    assert sorted(board.left_by) == sorted([mentor.pk, mentee.pk])


def test_relays_and_bytes_reach_only_the_others(board, topic, key, other_key, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = await house.client(key, mentor.pk)
        tomas = await house.client(other_key, mentee.pk)
        n, _ = await mira.join(topic)
        m, _ = await tomas.join(topic)
        await mira.say(do="relay", n=n, body={"with": "both hands"})
        assert await tomas.next() == {"is": "message", "n": m, "body": {"wave": {"with": "both hands"}}}
        await mira.say_bytes(n, b"one", b"two")
        assert [(await tomas.next())["bytes"] for _ in range(2)] == [b"one", b"two"]
        await mira.say(do="ping")
        assert await mira.next() == {"is": "pong"}

    live(scenario)


def test_a_refusal_and_a_fault_are_answered(board, topic, key, mentor, caplog):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        n, _ = await client.join(topic)
        assert (await client.send(n, {"text": 7}))["reason"] == "no-text"
        assert (await client.send(n, {"text": "break"}))["reason"] == "failed"
        assert (await client.send(n, {"text": "fine"}))["is"] == "taken"

    live(scenario)
    [record] = caplog.records
    assert "RuntimeError" in record.getMessage()
    assert "a fault of ours" not in record.getMessage()


def test_what_was_missed_comes_before_what_is_live(board, topic, key, other_key, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = await house.client(key, mentor.pk)
        n, _ = await mira.join(topic)
        for text in ("one", "two", "three"):
            await mira.send(n, {"text": text})
        tomas = await house.client(other_key, mentee.pk)
        _, missing = await tomas.join(topic, seen=1)
        assert [said["body"]["text"] for said in missing] == ["two", "three"]
        await mira.send(n, {"text": "four"})
        assert (await tomas.next())["body"] == {"text": "four"}

    live(scenario)


class _Slow(Board):
    """Live messages arrive while a newcomer's backlog is read."""

    def joined(self, seat, seen):
        publish(seat.topic, {"text": "meanwhile"})
        return super().joined(seat, seen)


def test_what_arrives_while_joining_waits_for_the_backlog(board, topic, key, mentor):
    from throughline.foundation.live import topics

    slow = _Slow()
    slow.members, slow.written = board.members, {(mentor.pk, "1"): "before"}
    topics.register_topic(slow)

    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        _, missing = await client.join(topic)
        heard = [said["body"]["text"] for said in missing]
        heard.append((await client.next())["body"]["text"])
        assert heard == ["before", "meanwhile"]

    live(scenario)


async def _stubborn(
    house: House, key: str, person_id: UUID, topic: str, texts: list[str], chance: random.Random
) -> None:
    """A client that keeps each send until it is acknowledged, on a line that breaks at random."""
    waiting = {str(uuid4()): text for text in texts}
    while waiting:
        client: Client = await house.client(key, person_id)
        with suppress(websockets.ConnectionClosed):
            n, _ = await client.join(topic, seen=10_000)
            for id, text in waiting.items():
                await client.say(do="send", n=n, id=id, body={"text": text})
                if chance.random() < 0.02:
                    client.socket.transport.abort()
                    break
            while waiting:
                waiting.pop((await client.hears("taken"))["id"], None)
                if chance.random() < 0.02:
                    client.socket.transport.abort()


def test_200_sends_over_breaking_lines_are_each_kept_once(board, topic, key, other_key, mentor, mentee):
    chance = random.Random(7)
    mine, theirs = [f"m{i}" for i in range(100)], [f"t{i}" for i in range(100)]

    async def scenario(house: House) -> None:
        await asyncio.gather(
            _stubborn(house, key, mentor.pk, topic, mine, chance),
            _stubborn(house, other_key, mentee.pk, topic, theirs, chance),
        )

    live(scenario)
    assert sorted(board.written.values()) == sorted(mine + theirs)


def test_a_client_that_does_not_read_is_closed_and_the_others_are_not_held_up(
    board, topic, key, other_key, mentor, mentee
):
    async def scenario(house: House) -> None:
        deaf = await house.client(key, mentor.pk)
        await deaf.join(topic)
        deaf.socket.transport.pause_reading()
        heard = await house.client(other_key, mentee.pk)
        await heard.join(topic)
        for at in range(400):
            publish(topic, {"at": at, "filler": "x" * 100_000})
            assert (await heard.next())["body"]["at"] == at
            if len(house.hub._seats[topic]) == 1:
                break
        assert len(house.hub._seats[topic]) == 1
        deaf.socket.transport.resume_reading()
        assert (await deaf.closed())[0] in (1013, 1006)
        assert len(house.hub._connections) == 1

    live(scenario, Limits(waiting=100_000))


def test_topics_take_turns():
    sent: list[dict[str, object]] = []

    async def send(event):
        sent.append(event)

    async def scenario() -> None:
        out = Outgoing(send, 10_000_000)
        for _ in range(3):
            out.put(1, b"x" * 70_000)
        out.put(2, '{"a":1}')
        out.put(2, '{"a":2}')
        task = asyncio.create_task(out.run())
        await asyncio.sleep(0)
        out.put(3, '{"b":1}')
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(scenario())
    order = [event.get("text", "bytes") for event in sent]
    assert order == ["bytes", '[{"a":1},{"a":2}]', "bytes", "bytes", '{"b":1}']


def test_an_allowance_fills_again():
    allowance = Allowance(rate=10, burst=2, at=0)
    assert [allowance.wait_for_one(0) for _ in range(3)] == [0, 0, pytest.approx(0.1)]
    assert allowance.wait_for_one(1) == 0


def test_joining_again_sends_what_is_missing_and_keeps_the_seat(board, topic, key, mentor):
    async def scenario(house: House) -> None:
        client = await house.client(key, mentor.pk)
        n, _ = await client.join(topic)
        board.written[(mentor.pk, "elsewhere")] = "unheard"
        house.hub.resync()
        assert await client.next() == {"is": "resync"}
        await client.say(do="join", n=n, topic=topic, seen=0)
        assert (await client.hears("message"))["body"] == {"text": "unheard"}
        await client.hears("caught-up")
        await client.say(do="leave", n=n)
        assert (await client.send(n, {"text": "gone"}))["reason"] == "not-seated"
        assert len(house.hub._seats) == 0

    live(scenario)
    assert board.left_by == [mentor.pk]
