"""Several people write at once, over real sockets."""

from __future__ import annotations

import asyncio

import pytest

from throughline.coediting.actions import destroy_document
from throughline.coediting.models import Update
from throughline.coediting.queries import authors_of, state_of, text_of
from throughline.coediting.tests.writing import Author, lines
from throughline.foundation.live.tests.sockets import House, live, session_of


@pytest.fixture
def keys(transactional_db, mentor, mentee):
    return session_of(mentor), session_of(mentee)


def test_two_who_write_at_once_end_with_the_same(document, keys, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = Author(house, keys[0], mentor.pk, document)
        tomas = Author(house, keys[1], mentee.pk, document)
        await mira.arrive()
        await tomas.arrive()
        for number in range(40):
            await asyncio.gather(mira.write(f"m{number}"), tomas.write(f"t{number}"))
        await asyncio.gather(mira.until_saved(), tomas.until_saved())
        await asyncio.gather(mira.until(80), tomas.until(80))
        assert lines(mira.doc) == lines(tomas.doc)
        late = Author(house, keys[0], mentor.pk, document)
        await late.arrive()
        assert lines(late.doc) == lines(mira.doc)
        assert await house.hub.database(text_of, document) == "\n".join(lines(mira.doc))

    live(scenario)
    assert authors_of(document) == {mentor.pk: 10 * 2 + 30 * 3, mentee.pk: 10 * 2 + 30 * 3}


def test_what_was_written_offline_arrives_on_coming_back(document, keys, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = Author(house, keys[0], mentor.pk, document)
        tomas = Author(house, keys[1], mentee.pk, document)
        await mira.arrive()
        await mira.write("before")
        await mira.until_saved()
        mira.client.socket.transport.abort()
        from throughline.coediting.tests.writing import paragraph

        paragraph(mira.doc, "offline")
        await tomas.arrive()
        await tomas.write("meanwhile")
        await tomas.until_saved()
        await mira.arrive()
        await mira.until_saved()
        await tomas.until(3)
        assert lines(mira.doc) == lines(tomas.doc)
        assert sorted(lines(mira.doc)) == ["before", "meanwhile", "offline"]

    live(scenario)


def test_garbage_costs_the_seat_and_nothing_else(document, keys, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = Author(house, keys[0], mentor.pk, document)
        tomas = Author(house, keys[1], mentee.pk, document)
        await tomas.arrive()
        for frame in (b"\x00\x00\x00\x01garbage", b"\x00", b"\x00\x00\x00\x01"):
            await mira.arrive()
            await mira.client.say_bytes(mira.n, frame)
            assert (await mira.client.hears("closed"))["reason"] == "not-an-update"
        await tomas.write("all well")
        await tomas.until_saved()

    live(scenario)
    assert text_of(document) == "all well"


def test_strangers_nonsense_and_the_destroyed(document, keys, mentor, stranger):
    outside = session_of(stranger)

    async def scenario(house: House) -> None:
        client = await house.client(outside, stranger.pk)
        n, answer = await client.join(f"document:{document}")
        assert answer == [{"is": "refused", "n": n, "reason": "not-found"}]
        client = await house.client(keys[0], mentor.pk)
        for seen in (7, "§", {"vector": 1}):
            n, answer = await client.join(f"document:{document}", seen=seen)
            assert answer[-1]["reason"] == "not-a-vector"
        mira = Author(house, keys[0], mentor.pk, document)
        await mira.arrive()
        await house.hub.database(destroy_document, document)
        assert (await mira.client.hears("closed"))["reason"] == "no-access"

    live(scenario)


def test_who_is_here_is_said_with_the_servers_names(document, keys, mentor, mentee):
    async def scenario(house: House) -> None:
        mira = Author(house, keys[0], mentor.pk, document)
        tomas = Author(house, keys[1], mentee.pk, document)
        await mira.arrive()
        await mira.client.say(do="relay", n=mira.n, body={"cursor": {"at": 1}, "name": "The Queen"})
        await mira.client.say(do="relay", n=mira.n, body={"cursor": "x" * 5000})
        await mira.client.say(do="ping")
        await mira.client.hears("pong")
        await tomas.arrive()
        here = {"id": mira.client.connection, "person": mentor.pk.hex, "name": mentor.name, "cursor": {"at": 1}}
        assert tomas.heard[-1]["here"] == [here]
        await mira.client.socket.close()
        assert (await tomas.client.hears("message"))["body"] == {"gone": mira.client.connection}

    live(scenario)


def test_what_is_relayed_is_read_before_it_is_stored(document, keys, mentor, monkeypatch):
    """A signature reads the document inside its own transaction, while the writer waits for that transaction."""
    from throughline.coediting import writer as module

    def away(batch):
        raise module.Error

    async def scenario(house: House) -> None:
        mira = Author(house, keys[0], mentor.pk, document)
        await mira.arrive()
        with monkeypatch.context() as patch:
            patch.setattr(module, "store", away)
            await mira.write("not stored yet")
            await mira.client.say(do="ping")
            await mira.client.hears("pong")
            assert await house.hub.database(text_of, document) == "not stored yet"
            assert mira.saved == 0
        await mira.until_saved()

    live(scenario)
    assert len(state_of(document)) > 10
    assert Update.objects.count() == 1
