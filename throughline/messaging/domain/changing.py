"""What a message shows of others: an excerpt where it is replied to, and who left which sign at it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from throughline.messaging.domain.limits import EXCERPT, SIGNS

_MARKS = re.compile(r"\*\*|~~|`+|^\s*(?:>|[-*+])\s", re.MULTILINE)


def excerpt_of(text: str) -> str:
    """The first words on one line, at most EXCERPT characters, cut between words where that is possible; without the
    marks of Markdown that would stand in the way."""
    words = " ".join(_MARKS.sub("", text[: 8 * EXCERPT]).split())
    if len(words) <= EXCERPT:
        return words
    cut = words[: EXCERPT - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > EXCERPT // 2 else cut) + "…"


def signs_of(reactions: Iterable[tuple[UUID, str]]) -> tuple[tuple[str, tuple[UUID, ...]], ...]:
    """Each sign with the people who left it, in the order in which signs are offered. Signs of no order come last."""
    found: dict[str, tuple[UUID, ...]] = {}
    for person_id, sign in reactions:
        found[sign] = (*found.get(sign, ()), person_id)
    known = {sign: place for place, sign in enumerate(SIGNS)}
    return tuple(sorted(found.items(), key=lambda each: known.get(each[0], len(known))))
