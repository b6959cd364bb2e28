"""Preparing apart: what each thinks over alone before both write, one step for each part of the agreement.

Each step holds the fields of that part's form, saved as they were typed, and the last one a few open questions
whose answers may become the first paragraphs of the page of own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from throughline.agreements.domain.fields import Rows, Typed, append, same
from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import PartKind

WORDS = "words"

QUESTIONS: dict[str, tuple[Sentence, ...]] = {
    PartKind.OBJECTIVES: (
        _("If you look back in half a year and say “that was worth it”: what has become different?"),
        _("How would somebody who knows nothing of your plans notice it?"),
        _("What have you tried already, and where did it stop?"),
    ),
    PartKind.SCHEDULE: (
        _("Which hour of which weekday is yours, week after week, so that you would defend it?"),
        _("How much time between two meetings do you need to do something with what you talked about?"),
    ),
    PartKind.CHANNELS: (
        _("Where do you speak most freely: seeing each other, hearing each other, in writing?"),
        _("What works on a bad line, or when you are on the way?"),
    ),
    PartKind.RESPONSES: (
        _("How soon do you need an answer before you begin to wonder?"),
        _("How soon can you honestly answer in a full week?"),
    ),
    PartKind.PREPARATION: (_("What would you need to have read or thought over for an hour to be a good one?"),),
    PartKind.CONFIDENTIALITY: (
        _("What would you say only if you were sure that it stays here?"),
        _("Is there a person or a subject that you would rather leave out?"),
        _("Whom would you like to be able to tell that you meet?"),
    ),
    WORDS: (_("A line or two each is enough. Leave out what does not speak to you."),),
}
MINUTES: dict[str, int] = {
    PartKind.OBJECTIVES: 5, PartKind.SCHEDULE: 2, PartKind.CHANNELS: 1, PartKind.RESPONSES: 1,
    PartKind.PREPARATION: 2, PartKind.CONFIDENTIALITY: 3, WORDS: 6,
}  # fmt: skip
"""About how long a step takes. Together they stay within the ten to thirty minutes that people have for it."""
STEPS: tuple[str, ...] = tuple(str(step) for step in MINUTES)

OPEN_QUESTIONS: dict[str, tuple[Sentence, Sentence]] = {
    "why": (_("Why the two of us"), _("Why do you want to do this, and why with this person?")),
    "good": (_("What makes it good for us"), _("Remember somebody from whom you learnt a lot: what did they do?")),
    "hard": (_("When something is hard"), _("What do you need when it gets difficult, and how will the other notice?")),
    "fear": (_("What could go wrong"), _("What would make you stop answering? What should happen before that?")),
    "end": (_("How we end well"), _("How would you like this to end, whenever that is?")),
}
"""Field name → heading on the page of own words, and the question as it is asked."""


@dataclass(frozen=True)
class Joined:
    """Several people's answers as one: the fields, and which single values stand against another's, by whose."""

    typed: Mapping[str, Typed]
    against: Mapping[str, int]


def join(answers: Sequence[Mapping[str, Typed]], rows: tuple[Rows, ...], long: frozenset[str]) -> Joined:
    """Both kept: rows one below the other, long texts too; of two choices the first one's stands.

    against: field → number of the answer whose different choice did not stand (the last, if several).
    """
    typed: dict[str, Typed] = {}
    against: dict[str, int] = {}
    in_rows = {name for kind in rows for number in range(1, kind.most + 1) for name in kind.names(number)}
    for number, answer in enumerate(answers):
        for name, value in append(answer, typed, rows).items():
            stands = typed.get(name)
            if not stands or name in in_rows:
                typed[name] = value
            elif name in long and isinstance(stands, str) and isinstance(value, str):
                typed[name] = stands if value.strip() in stands else f"{stands.rstrip()}\n\n{value.strip()}"
            elif not same(stands, value):
                against[name] = number
    return Joined(typed, against)


def said(answer: Mapping[str, Typed]) -> bool:
    """Whether somebody has answered anything."""
    return any(answer.values())


def next_step(answered: set[str], after: str = "") -> str | None:
    """The first step without an answer, looking on from `after`."""
    place = STEPS.index(after) + 1 if after in STEPS else 0
    return next((step for step in _around(place) if step not in answered), None)


def _around(place: int) -> Iterator[str]:
    yield from STEPS[place:]
    yield from STEPS[:place]
