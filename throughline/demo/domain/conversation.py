"""A pair's conversation as a text file, so that it can be read, changed and translated like one.

    87 days ago
    > Welcome! What would make this worth it?          by the mentor
    < That I stopped waiting for permission.           by the mentee
    <? Would Thursday work?                            asks for an answer

It begins in the morning of that day; within the last day, exactly so long ago. Exchanges stand apart by an empty line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD = re.compile(r"([\d.]+) days? ago")
_LINE = re.compile(r"([<>])(\??) (.+)")


@dataclass(frozen=True)
class Said:
    by_mentee: bool
    please_answer: bool
    text: str


@dataclass(frozen=True)
class Exchange:
    """Lines written one after the other."""

    days_ago: float
    lines: tuple[Said, ...]


def read_conversation(text: str) -> tuple[Exchange, ...]:
    """Raises ValueError with the line that cannot be read."""
    return tuple(_exchange(block.splitlines()) for block in text.strip().split("\n\n"))


def _exchange(lines: list[str]) -> Exchange:
    head = _HEAD.fullmatch(lines[0])
    if head is None:
        raise ValueError(f"how many days ago? {lines[0]}")
    return Exchange(float(head[1]), tuple(map(_said, lines[1:])))


def _said(line: str) -> Said:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"neither > nor < begins this line: {line}")
    return Said(found[1] == "<", bool(found[2]), found[3])
