"""Which characters the fonts of the built folder can draw, read from each font's own table (`cmap`, OpenType)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path


def characters_of(fonts: Iterable[Path]) -> frozenset[int]:
    """Code points with a glyph in at least one of the fonts."""
    return frozenset(point for font in fonts for point in _characters(font.read_bytes()))


def _characters(font: bytes) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", font, 4)
    for place in range(12, 12 + 16 * tables, 16):
        tag, _check, offset, _length = struct.unpack_from(">4sIII", font, place)
        if tag == b"cmap":
            yield from _cmap(font, offset)


def _cmap(font: bytes, start: int) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", font, start + 2)
    for place in range(start + 4, start + 4 + 8 * tables, 8):
        _platform, _encoding, offset = struct.unpack_from(">HHI", font, place)
        (format_,) = struct.unpack_from(">H", font, start + offset)
        if format_ == 4:
            yield from _segments(font, start + offset)
        elif format_ == 12:
            yield from _groups(font, start + offset)


def _segments(font: bytes, at: int) -> Iterator[int]:
    """Format 4: the basic plane, in runs. A run ends in 0xFFFF for the table's end."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from (point for point in range(first, last + 1) if point != 0xFFFF)


def _groups(font: bytes, at: int) -> Iterator[int]:
    """Format 12: any plane, in groups."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    for first, last, _glyph in struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * count]):
        yield from range(first, last + 1)
