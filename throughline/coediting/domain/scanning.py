"""Reads the shape of a Yjs update (version 1) without building anything, before the decoder may see it.

The decoder reserves memory for as many entries as a message says it has, and recurses as deep as it says to: a few
bytes could take the process down. Here every count is held against the bytes that are left.
The format is that of yjs/src/utils/encoding.js and lib0/encoding.js.
"""

from __future__ import annotations

_DEEPEST = 32
_MOST_CLOCK = 2**31
_MOST_CLIENT = 2**53
_GC, _DELETED, _JSON, _BINARY, _STRING, _EMBED, _FORMAT, _TYPE, _ANY, _SKIP = 0, 1, 2, 3, 4, 5, 6, 7, 8, 10
_NAMED_TYPES = (3, 5)  # an XML element and an XML hook carry a name
_TYPES = 6


class NotSoundError(ValueError):
    """The bytes have not the shape of an update."""


def scan_update(update: bytes) -> None:
    """Raises NotSoundError."""
    reader = _Reader(update)
    for _ in range(reader.count(3)):
        structs = reader.count(1)
        reader.number(_MOST_CLIENT)
        clock = reader.number(_MOST_CLOCK)
        for _ in range(structs):
            clock += _struct(reader)
            if clock > _MOST_CLOCK:
                raise NotSoundError("a clock too far")
    for _ in range(reader.count(2)):
        reader.number(_MOST_CLIENT)
        for _ in range(reader.count(2)):
            if reader.number(_MOST_CLOCK) + reader.number(_MOST_CLOCK) > _MOST_CLOCK:
                raise NotSoundError("a deletion too far")
    if reader.left:
        raise NotSoundError("more than an update")


def scan_vector(vector: bytes) -> None:
    """Raises NotSoundError for what is no state vector."""
    reader = _Reader(vector)
    for _ in range(reader.count(2)):
        reader.number(_MOST_CLIENT)
        reader.number(_MOST_CLOCK)
    if reader.left:
        raise NotSoundError("more than a vector")


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    @property
    def left(self) -> int:
        return len(self._content) - self._at

    def byte(self) -> int:
        if not self.left:
            raise NotSoundError("cut off")
        self._at += 1
        return self._content[self._at - 1]

    def number(self, most: int) -> int:
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
            if shift > 63:
                raise NotSoundError("a number too long")
        if value > most:
            raise NotSoundError("a number too large")
        return value

    def count(self, least: int) -> int:
        """How many follow, each of at least so many bytes."""
        return self.number(self.left // least)

    def skip(self, length: int) -> None:
        if length > self.left:
            raise NotSoundError("cut off")
        self._at += length

    def block(self) -> None:
        self.skip(self.number(self.left))

    def text(self) -> int:
        """A text's length in UTF-16 units."""
        length = self.number(self.left)
        if length > self.left:
            raise NotSoundError("cut off")
        content = self._content[self._at : self._at + length]
        self._at += length
        try:
            return len(content.decode().encode("utf-16-le")) // 2
        except UnicodeDecodeError as error:
            raise NotSoundError("not UTF-8") from error


def _struct(reader: _Reader) -> int:
    """Reads one struct; the length it takes on the clock."""
    info = reader.byte()
    kind = info & 31
    if kind in (_GC, _SKIP):
        return reader.number(_MOST_CLOCK)
    for bit in (128, 64):
        if info & bit:
            _id(reader)
    if not info & 192:
        if reader.number(1):
            reader.text()
        else:
            _id(reader)
        if info & 32:
            reader.text()
    return _content(reader, kind)


def _id(reader: _Reader) -> None:
    reader.number(_MOST_CLIENT)
    reader.number(_MOST_CLOCK)


def _content(reader: _Reader, kind: int) -> int:
    if kind == _DELETED:
        return reader.number(_MOST_CLOCK)
    if kind in (_JSON, _ANY):
        count = reader.count(1)
        for _ in range(count):
            if kind == _JSON:
                reader.text()
            else:
                _any(reader, 0)
        return count
    if kind == _STRING:
        return reader.text()
    if kind == _BINARY:
        reader.block()
    elif kind == _EMBED:
        reader.text()
    elif kind == _FORMAT:
        reader.text()
        reader.text()
    elif kind == _TYPE:
        if reader.number(_TYPES) in _NAMED_TYPES:
            reader.text()
    else:
        raise NotSoundError("content of a kind that the editor does not write")
    return 1


_FIXED = {127: 0, 126: 0, 124: 4, 123: 8, 122: 8, 121: 0, 120: 0}


def _any(reader: _Reader, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotSoundError("nested too deep")
    kind = reader.byte()
    if kind in _FIXED:
        reader.skip(_FIXED[kind])
    elif kind == 125:
        while reader.byte() > 127:
            pass
    elif kind == 119:
        reader.text()
    elif kind == 116:
        reader.block()
    elif kind in (118, 117):
        for _ in range(reader.count(1)):
            if kind == 118:
                reader.text()
            _any(reader, depth + 1)
    else:
        raise NotSoundError("a value of no known kind")
