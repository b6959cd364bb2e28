"""The words of the socket. docs/building/live.md explains them; islands/live/wire.ts is the other end."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from throughline.foundation.live.topics import Message

_TOPIC = re.compile(r"[a-z][a-z-]{0,31}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HIGHEST_NUMBER = 65535


class BadFrameError(ValueError):
    """A frame that makes no sense; says why in words for a developer, never quoting it."""


@dataclass(frozen=True)
class Hello:
    ticket: str


@dataclass(frozen=True)
class Ping:
    pass


@dataclass(frozen=True)
class Join:
    n: int
    topic: str
    seen: Any

    @property
    def kind(self) -> str:
        return self.topic.partition(":")[0]

    @property
    def subject_id(self) -> UUID:
        return UUID(self.topic.partition(":")[2])


@dataclass(frozen=True)
class Leave:
    n: int


@dataclass(frozen=True)
class Send:
    n: int
    id: str
    body: Message


@dataclass(frozen=True)
class Relay:
    n: int
    body: Message


Asked = Hello | Ping | Join | Leave | Send | Relay


def read_text(text: str) -> Asked:
    """One text frame. Raises BadFrameError."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadFrameError("not JSON") from error
    if not isinstance(said, dict):
        raise BadFrameError("not a JSON object")
    match said.get("do"):
        case "hello":
            return Hello(_text(said, "ticket", 1024))
        case "ping":
            return Ping()
        case "join":
            topic = _text(said, "topic", 80)
            if not _TOPIC.fullmatch(topic):
                raise BadFrameError("topic must read kind:uuid")
            return Join(_number(said), topic, said.get("seen"))
        case "leave":
            return Leave(_number(said))
        case "send":
            return Send(_number(said), _id(said), _body(said))
        case "relay":
            return Relay(_number(said), _body(said))
    raise BadFrameError("do must be hello, ping, join, leave, send or relay")


def _text(said: dict[str, Any], name: str, longest: int) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        raise BadFrameError(f"{name} must be a text of 1 to {longest} characters")
    return value


def _number(said: dict[str, Any]) -> int:
    value = said.get("n")
    if type(value) is not int or not 0 < value <= HIGHEST_NUMBER:
        raise BadFrameError(f"n must be a whole number from 1 to {HIGHEST_NUMBER}")
    return value


def _id(said: dict[str, Any]) -> str:
    try:
        return str(UUID(_text(said, "id", 36)))
    except ValueError as error:
        raise BadFrameError("id must be a UUID") from error


def _body(said: dict[str, Any]) -> Message:
    body = said.get("body")
    if not isinstance(body, dict):
        raise BadFrameError("body must be an object")
    return body


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def joined_texts(pieces: list[str]) -> str:
    """Several waiting messages as one frame."""
    return pieces[0] if len(pieces) == 1 else f"[{','.join(pieces)}]"


def joined_bytes(n: int, pieces: list[bytes]) -> bytes:
    """One binary frame: the topic's number, then each piece after its length. Numbers as LEB128."""
    frame = bytearray(_leb(n))
    for piece in pieces:
        frame += _leb(len(piece))
        frame += piece
    return bytes(frame)


def read_bytes(frame: bytes) -> tuple[int, list[bytes]]:
    """The topic's number and the pieces. Raises BadFrameError."""
    n, at = _read_leb(frame, 0)
    pieces = []
    while at < len(frame):
        length, at = _read_leb(frame, at)
        if at + length > len(frame):
            raise BadFrameError("a piece is cut off")
        pieces.append(frame[at : at + length])
        at += length
    if not 0 < n <= HIGHEST_NUMBER or not pieces:
        raise BadFrameError("a binary frame is a topic's number and at least one piece")
    return n, pieces


def _leb(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_leb(frame: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(frame) or shift > 28:
            raise BadFrameError("a number is cut off or too large")
        byte = frame[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
