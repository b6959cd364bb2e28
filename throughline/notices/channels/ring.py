"""What every way besides mail offers. A new one is a file with a class of this shape, and a line in `ways.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class News:
    """title: who has news and about what kind of thing, never what was written. link: a whole address of ours."""

    notice_id: UUID
    kind: str
    title: str
    link: str
    at: datetime
    urgent: bool


class GoneError(Exception):
    """Nobody listens there any more: the target is forgotten."""


class AwayError(Exception):
    """It did not arrive: try again later. `args[0]` is a word without content."""


class Ring(Protocol):
    def send(self, target: Mapping[str, str], news: News) -> None:
        """target: what was sealed of it. Raises GoneError or AwayError."""
