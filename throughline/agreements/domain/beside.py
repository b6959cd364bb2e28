"""What happened, beside what was agreed: rooms above say what they know of each part of the terms.

    register_beside(lambda relationship_id, at: {PartKind.SCHEDULE: [Beside("Protected time", "5 of 6", "/…/")]})

The review's page shows both in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from throughline.agreements.domain.terms import PartKind


@dataclass(frozen=True)
class Beside:
    """A fact beside a part, in the reader's language. short: it is less than it should be."""

    title: str
    words: str
    address: str
    short: bool = False


Knows: TypeAlias = Callable[[UUID, datetime], Mapping[PartKind, Sequence[Beside]]]
_known: list[Knows] = []


def register_beside(knows: Knows) -> None:
    if knows not in _known:
        _known.append(knows)


def beside(relationship_id: UUID, at: datetime) -> dict[PartKind, list[Beside]]:
    found: dict[PartKind, list[Beside]] = {}
    for knows in _known:
        for kind, facts in knows(relationship_id, at).items():
            found.setdefault(kind, []).extend(facts)
    return found
