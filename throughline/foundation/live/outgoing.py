"""What waits for one client: a queue for each topic, emptied in turn, so that none starves another."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque

from starlette.types import Send

from throughline.foundation.live.wire import joined_bytes, joined_texts

AT_ONCE = 64 * 1024
"""Bytes of one topic joined into one frame before it is the next topic's turn."""


class Outgoing:
    """Sends at once when nothing waits; what gathers while a write is under way is joined into one frame."""

    def __init__(self, send: Send, most: int) -> None:
        self._send, self._most = send, most
        self._queues: OrderedDict[int, deque[str | bytes]] = OrderedDict()
        self._waiting = 0
        self._wake: asyncio.Future[None] | None = None

    def put(self, n: int, piece: str | bytes) -> bool:
        """False when the client is too slow: the piece was not taken and the connection must close."""
        if self._waiting > self._most:
            return False
        self._waiting += len(piece)
        queue = self._queues.get(n)
        if queue is None:
            self._queues[n] = queue = deque()
        queue.append(piece)
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
        return True

    async def run(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            while self._queues:
                n, queue = self._queues.popitem(last=False)
                pieces = self._some_of(queue)
                if queue:
                    self._queues[n] = queue
                if isinstance(pieces[0], str):
                    text = joined_texts(pieces)  # type: ignore[arg-type]  # all of the first one's kind
                    await self._send({"type": "websocket.send", "text": text})
                else:
                    frame = joined_bytes(n, pieces)  # type: ignore[arg-type]
                    await self._send({"type": "websocket.send", "bytes": frame})
            self._wake = loop.create_future()
            await self._wake

    def _some_of(self, queue: deque[str | bytes]) -> list[str | bytes]:
        """The pieces of one kind at the head of a queue, in order, up to AT_ONCE."""
        pieces = [queue.popleft()]
        size = len(pieces[0])
        kind = type(pieces[0])
        while queue and type(queue[0]) is kind and size < AT_ONCE:
            pieces.append(queue.popleft())
            size += len(pieces[-1])
        self._waiting -= size
        return pieces
