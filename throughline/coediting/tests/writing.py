"""A person who writes, as the editor does: a Yjs document, its numbered updates, and a seat."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any
from uuid import UUID

from pycrdt import Doc, XmlElement, XmlText

from throughline.coediting.domain.merging import EMPTY, document_of, root_of
from throughline.foundation.live.tests.sockets import Client, House


def paragraph(doc: Doc[Any], text: str = "") -> XmlText:
    """A new paragraph at the end; returns its text."""
    block = XmlElement("paragraph", {}, [XmlText(text)])
    root_of(doc).children.append(block)
    return block.children[0]


def written(text: str) -> bytes:
    """An update that writes one paragraph."""
    doc = document_of([])
    paragraph(doc, text)
    return doc.get_update()


def lines(doc: Doc[Any]) -> list[str]:
    return [str(block.children[0]) for block in root_of(doc).children]


class Author:
    def __init__(self, house: House, key: str, person_id: UUID, document_id: UUID) -> None:
        self._house, self._key, self._person_id = house, key, person_id
        self._topic = f"document:{document_id}"
        self.doc = document_of([])
        self.heard: list[dict[str, Any]] = []
        self.n = self.number = self.saved = 0

    async def arrive(self) -> None:
        """Joins with what it has, takes what it lacks, sends what the server lacks."""
        self.client: Client = await self._house.client(self._key, self._person_id)
        self.number = self.saved = 0
        vector = base64.b64encode(self.doc.get_state()).decode()
        self.n, missing = await self.client.join(self._topic, seen=vector)
        for said in missing:
            self._take(said)
        theirs = base64.b64decode(self.heard[-1]["vector"])
        update = self.doc.get_update(theirs)
        if update != EMPTY:
            await self.send(update)

    async def send(self, update: bytes) -> None:
        self.number += 1
        await self.client.say_bytes(self.n, self.number.to_bytes(4) + update)

    async def write(self, text: str) -> None:
        """One paragraph, not waiting for anything."""
        before = self.doc.get_state()
        paragraph(self.doc, text)
        await self.send(self.doc.get_update(before))

    async def until_saved(self) -> None:
        while self.saved < self.number:
            self._take(await self.client.next())

    async def until(self, count: int) -> None:
        """Until this many paragraphs are here."""
        while len(lines(self.doc)) < count:
            self._take(await self.client.next())

    def _take(self, said: dict[str, Any]) -> None:
        if said["is"] == "bytes":
            with suppress(ValueError):  # what somebody else sent is relayed before it is checked
                self.doc.apply_update(said["bytes"])
        elif said["is"] == "message":
            self.heard.append(said["body"])
            self.saved = said["body"].get("saved", self.saved)
        else:
            self.heard.append(said)
