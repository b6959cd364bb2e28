"""Rooms that say by themselves what waits at their things, with what was taken on at them:

tell_itself("messaging.message")  # "Answer Mira, by Thursday" stands once among what waits, and leads to the message
"""

from __future__ import annotations

_kinds: set[str] = set()


def tell_itself(kind: str) -> None:
    _kinds.add(kind)


def tells_itself(kind: str) -> bool:
    return kind in _kinds
