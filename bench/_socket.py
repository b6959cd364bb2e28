"""The cheapest socket that a client can be, so that what is measured is the server.

    line = await Line.open(port, "/hub", {"Cookie": "sessionid=…"}, hear)     # hear(line, text) for each text frame
    line.say("…")

It reads whole, unmasked, unfragmented text frames, as servers send them, and answers both kinds of ping.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

Hear = Callable[["Line", str], None]


class Line(asyncio.Protocol):
    def __init__(self, hear: Hear) -> None:
        self.hear = hear
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed = False
        self._rest = b""

    @classmethod
    async def open(cls, port: int, path: str, headers: Mapping[str, str], hear: Hear) -> Line:
        transport, line = await asyncio.get_running_loop().create_connection(lambda: cls(hear), "127.0.0.1", port)
        asked = {
            "Host": f"localhost:{port}",
            "Origin": f"http://localhost:{port}",
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
            **headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        transport.write(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
        await asyncio.wait_for(line.opened, 60)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before it was open"))

    def say(self, text: str) -> None:
        body = text.encode()
        head = bytes([0x81, 0x80 | len(body)]) if len(body) < 126 else b"\x81\xfe" + len(body).to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + body)  # a mask of noughts changes nothing

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        if not self.opened.done():
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self._rest = head
                return
            if b" 101 " not in head[:20]:
                self.opened.set_exception(ConnectionError(head[:40].decode()))
                return
            self.opened.set_result(None)
        at = 0
        while len(data) - at >= 2:
            length, begin = data[at + 1], at + 2
            if length == 126:
                length, begin = int.from_bytes(data[begin : begin + 2], "big"), begin + 2
            elif length == 127:
                length, begin = int.from_bytes(data[begin : begin + 8], "big"), begin + 8
            if len(data) < begin + length:
                break
            if data[at] == 0x81:
                self._take(data[begin : begin + length].decode())
            elif data[at] == 0x89:  # the server asks whether we are there
                self.transport.write(bytes([0x8A, 0x80 | length]) + b"\0\0\0\0" + data[begin : begin + length])
            at = begin + length
        self._rest = data[at:]

    def _take(self, text: str) -> None:
        if text == "2":
            self.say("3")
        else:
            self.hear(self, text)
