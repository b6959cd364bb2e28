"""A sentence as a value: its English pattern, marked for translation, and what stands in it.

The domain knows no language. `_` and `ngettext` only mark and keep; `queries.wording.say` translates and fills in.
Values that are text are people's own words and stay as they are; a value that is a Sentence is translated too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

Value: TypeAlias = "str | int | date | time | Sentence | tuple[Sentence, ...]"


@dataclass(frozen=True)
class Sentence:
    """pattern in English with %(names)s; several and number where the pattern depends on a number."""

    pattern: str
    values: tuple[tuple[str, Value], ...] = ()
    several: str = ""
    number: int = 0


def _(pattern: str, **values: Value) -> Sentence:
    return Sentence(pattern, tuple(values.items()))


def ngettext(one: str, several: str, number: int, **values: Value) -> Sentence:
    return Sentence(one, (("number", number), *values.items()), several, number)


def listed(items: Sequence[Value]) -> Value:
    """ "Monday", "Monday and Friday", "Monday, Tuesday and Friday". Raises IndexError when there is nothing to list."""
    if len(items) == 1:
        return items[0]
    start = items[0]
    for item in items[1:-1]:
        start = _("%(start)s, %(more)s", start=start, more=item)
    return _("%(start)s and %(end)s", start=start, end=items[-1])
