"""Finding words in a text as people mean them: whatever the case, with or without accents, anywhere in a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MOST_WORDS = 8
AROUND = 60  # characters shown before and after what was found


_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\u3099\u309a\ufe20-\ufe2f]"
)
"""Marks that stand over and under letters: what is left of an accent once it is apart from its letter."""


@dataclass(frozen=True)
class Excerpt:
    """A text around what was found in it."""

    before: str
    found: str
    after: str


def folded(text: str) -> str:
    """Without case and accents: "Tomás" and "TOMAS" are the same."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def words_of(asked: str) -> tuple[str, ...]:
    """What is looked for, folded; each word once. Without a letter or figure there is nothing to look for."""
    words = dict.fromkeys(word for word in folded(asked).split() if any(each.isalnum() for each in word))
    return tuple(words)[:MOST_WORDS]


def has_all(text: str, words: Sequence[str]) -> bool:
    """Whether a text holds every one of these folded words, in any order."""
    plain = folded(text)
    return all(word in plain for word in words)


def excerpt_at(text: str, words: Sequence[str]) -> Excerpt:
    """Around the first of these folded words that a text holds; its beginning where it holds none."""
    line = " ".join(text.split())
    places = [folded(each) for each in line]  # a letter may fold to several, or to none
    plain, starts = "".join(places), []
    for at, each in enumerate(places):
        starts += [at] * len(each)
    hits = [(plain.find(word), len(word)) for word in words if word in plain]
    if not hits:
        return Excerpt("", "", _short(line, 2 * AROUND))
    hit, long = min(hits)
    start, end = starts[hit], starts[hit + long - 1] + 1
    before = line[max(0, start - AROUND) : start]
    return Excerpt(("…" if start > AROUND else "") + before, line[start:end], _short(line[end:], AROUND))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
