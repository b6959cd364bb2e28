"""What changed between two contents, as sentences that went and sentences that came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from throughline.agreements.domain.descriptions import describe
from throughline.agreements.domain.draft import Content
from throughline.agreements.domain.prose import lines_of
from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import Part, PartKind


@dataclass(frozen=True)
class Change:
    """In one part, or in the prose (part None). Both sides empty: only the prose's formatting changed."""

    part: PartKind | None
    removed: tuple[Sentence, ...]
    added: tuple[Sentence, ...]


def differences(before: Content, after: Content) -> Iterator[Change]:
    """Nothing when terms and prose are the same."""
    for kind in PartKind:
        old, new = getattr(before.terms, kind.value), getattr(after.terms, kind.value)
        if old != new:
            yield Change(kind, *_apart(_told(old), _told(new)))
    if before.prose != after.prose:
        yield Change(None, *_apart(_sentences(before.prose), _sentences(after.prose)))


def _told(part: Part | None) -> tuple[Sentence, ...]:
    return tuple(describe(part)) if part else ()


def _sentences(prose: str) -> tuple[Sentence, ...]:
    return tuple(_("%(line)s", line=line) for line in lines_of(prose))


def _apart(old: Sequence[Sentence], new: Sequence[Sentence]) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    removed = tuple(line for step, start, end, _a, _b in steps if step != "equal" for line in old[start:end])
    added = tuple(line for step, _a, _b, start, end in steps if step != "equal" for line in new[start:end])
    return removed, added
