"""One part of the draft as the fields of its form, typed by several people: what merges, and what overtakes what.

A field is text, or a list of texts where a form lets people choose several. `None` means that nobody has written it.
Somebody reads a form, others save, then they save theirs. Field by field, of what they read, what they typed and
what stands now: who did not change a field leaves it as it stands; who changed one that nobody else did is written;
where both changed it the later one stands and the earlier is said to be overtaken. A row that both added while
neither saw the other's is no contradiction: the later one moves to the next free row, and both are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from throughline.agreements.domain.terms import Part, PartKind

Typed: TypeAlias = str | list[str]
LONGEST_VALUE = 20_000
"""Characters in one field, beyond which nothing is kept: no form of ours asks for so much."""
MOST_CHOICES = 200


@dataclass(frozen=True)
class Rows:
    """Numbered rows of a form ("aim_1", "outcome_1", …). A row is empty while the fields of `tells` are."""

    fields: tuple[str, ...]
    tells: tuple[str, ...]
    most: int

    def names(self, number: int) -> tuple[str, ...]:
        return tuple(f"{field}_{number}" for field in self.fields)

    def is_empty(self, values: Mapping[str, Typed | None], number: int) -> bool:
        return not any(values.get(f"{field}_{number}") for field in self.tells)


@dataclass(frozen=True)
class Merged:
    """written: what changes, by field. overtaken: those of them whose unseen change by somebody else it replaces."""

    written: Mapping[str, Typed]
    overtaken: frozenset[str]


def merge(
    typed: Mapping[str, Typed],
    read: Mapping[str, Typed | None],
    now: Mapping[str, Typed | None],
    rows: tuple[Rows, ...] = (),
) -> Merged:
    """typed: the fields of a form as sent. read: as it was shown. now: as they stand."""
    for kind in rows:
        typed = _apart(typed, read, now, kind)
    written = {field: value for field, value in typed.items() if _is_written(value, read.get(field), now.get(field))}
    overtaken = {field for field in written if now.get(field) is not None and not same(now[field], read.get(field))}
    return Merged(written, frozenset(overtaken))


def _is_written(typed: Typed, read: Typed | None, now: Typed | None) -> bool:
    if now is None:  # nobody has: a suggestion that is sent along becomes what they said
        return bool(typed)
    return not same(typed, now) and not same(typed, read)


def same(one: Typed | None, other: Typed | None) -> bool:
    """Whether two people would say that nothing differs: an empty field and none, and line ends, are the same."""
    return _plain(one) == _plain(other)


def _plain(value: Typed | None) -> Typed:
    if isinstance(value, list):
        return value
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _apart(
    typed: Mapping[str, Typed], read: Mapping[str, Typed | None], now: Mapping[str, Typed | None], rows: Rows
) -> Mapping[str, Typed]:
    """What was typed, with rows that somebody else filled meanwhile moved behind the last one that is used."""
    moved = dict(typed)
    standing = [_row(now, rows, other) for other in range(1, rows.most + 1)]
    for number in range(1, rows.most + 1):
        if rows.is_empty(typed, number) or not rows.is_empty(read, number) or rows.is_empty(now, number):
            continue
        if _row(typed, rows, number) in standing:  # sent twice, or both wrote the same
            if standing.index(_row(typed, rows, number)) != number - 1:
                moved = {name: value for name, value in moved.items() if name not in rows.names(number)}
            continue
        # Nor one that was read with something in it and emptied since: what is alike there would not be written.
        taken = (now, moved, read)
        free = next((n for n in range(1, rows.most + 1) if all(rows.is_empty(each, n) for each in taken)), None)
        if free is None:
            continue  # no room: the rule for fields holds, and nothing is lost either
        for here, there in zip(rows.names(number), rows.names(free), strict=True):
            if here in moved:
                moved[there] = moved.pop(here)
    return moved


def append(typed: Mapping[str, Typed], now: Mapping[str, Typed | None], rows: tuple[Rows, ...]) -> dict[str, Typed]:
    """What to write so that both are kept: rows go behind those that are there, texts of one go below the other's.

    What is one choice or number stays the field's own: it is written, and overtakes what stands.
    """
    written = {field: value for field, value in typed.items() if value and not _in_rows(field, rows)}
    for kind in rows:
        written |= _appended_rows(typed, now, kind)
    return written


def _in_rows(field: str, rows: tuple[Rows, ...]) -> bool:
    stem, _, number = field.rpartition("_")
    return number.isdecimal() and any(stem in kind.fields for kind in rows)


def _appended_rows(typed: Mapping[str, Typed], now: Mapping[str, Typed | None], rows: Rows) -> dict[str, Typed]:
    there = [_row(now, rows, number) for number in range(1, rows.most + 1)]
    free = [number for number in range(1, rows.most + 1) if rows.is_empty(now, number)]
    written: dict[str, Typed] = {}
    for number in range(1, rows.most + 1):
        if rows.is_empty(typed, number) or _row(typed, rows, number) in there or not free:
            continue
        target = free.pop(0)
        for here, to in zip(rows.names(number), rows.names(target), strict=True):
            if typed.get(here):
                written[to] = typed[here]
    return written


def _row(values: Mapping[str, Typed | None], rows: Rows, number: int) -> tuple[Typed, ...]:
    return tuple(_plain(values.get(f"{field}_{number}")) for field in rows.tells)


def sound(value: object) -> Typed | None:
    """A value as a browser may send it, or None for what no field of ours holds."""
    if isinstance(value, list):
        return value if len(value) <= MOST_CHOICES and all(map(_is_text, value)) else None
    return value if isinstance(value, str) and _is_text(value) else None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_VALUE and "\x00" not in value


class Typing(Protocol):
    """What the forms know of one part, so that what is below them can merge without them."""

    kind: PartKind
    rows: tuple[Rows, ...]

    def knows(self, field: str) -> bool:
        """Whether the part's form has such a field."""

    def long(self) -> frozenset[str]:
        """Its fields that hold texts of several lines."""

    def typed_of(self, part: Part) -> dict[str, Typed]:
        """The part as its form's fields hold it."""

    def suggested(self) -> dict[str, Typed]:
        """What the form shows the reader while nobody has written the part."""

    def part_of(self, typed: Mapping[str, Typed]) -> Part | None:
        """The part that these fields say; None while something is missing or wrong."""
