"""What a starting text is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from throughline.agreements.domain.sentences import Sentence
from throughline.agreements.domain.terms import PartKind

Filling = Mapping[str, "Sentence | str | list[str]"]
"""Fields of one form. A Sentence is words in the reader's language, a str the value of a choice or number."""


@dataclass(frozen=True)
class Paragraph:
    """Something for the page of own words, under its heading."""

    heading: Sentence
    text: Sentence


@dataclass(frozen=True)
class StartingText:
    key: str
    title: Sentence
    for_whom: Sentence
    parts: Mapping[PartKind, Filling]
    prose: tuple[Paragraph, ...]


def objectives(*rows: tuple[Sentence, Sentence]) -> Filling:
    """Rows of an aim and how both will see that it came true."""
    return {
        name: value
        for number, (aim, outcome) in enumerate(rows, 1)
        for name, value in ((f"aim_{number}", aim), (f"outcome_{number}", outcome))
    }


def preparation(*rows: tuple[Sentence, str, int]) -> Filling:
    """Rows of what is ready, by whom ("mentor", "mentee", "both"), and how many hours before."""
    return {
        name: value
        for number, (what, by, hours) in enumerate(rows, 1)
        for name, value in ((f"what_{number}", what), (f"by_{number}", by), (f"hours_{number}", str(hours)))
    }


WORKING_WEEK: dict[str, str | list[str]] = {"days": ["0", "1", "2", "3", "4"], "starts": "09:00", "ends": "17:00"}


def responses(mentor: int, mentee: int) -> Filling:
    """Within how many working days each answers, of a usual week."""
    return {
        f"{role}_{name}": value
        for role, days in (("mentor", mentor), ("mentee", mentee))
        for name, value in {"amount": str(days), "unit": "days", **WORKING_WEEK}.items()
    }


def channels(planned: tuple[str, str, str], quick: tuple[str, str, str]) -> Filling:
    """First choice, second choice and fallback, for planned meetings and for quick contact."""
    return {
        f"{occasion}_{place}": channel
        for occasion, ways in (("planned", planned), ("quick", quick))
        for place, channel in zip(("1", "2", "fallback"), ways, strict=True)
    }
