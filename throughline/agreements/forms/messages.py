"""What a browser says while somebody types: fields, each with the stamp at which it last agreed with us."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from throughline.agreements.domain.fields import Typed, sound

LONGEST = 300_000
"""Bytes of one message: many times what all fields of a part hold."""
MOST_FIELDS = 100
HIGHEST_STAMP = 10**6


@dataclass(frozen=True)
class TypedMessage:
    """window: the browser's page, by an id of its own; None where it gave none that is one."""

    typed: Mapping[str, tuple[Typed, int]]
    window: UUID | None

    @classmethod
    def read(cls, body: bytes) -> Self | None:
        """{"window": uuid, "fields": {name: {"value": …, "since": stamp}}}; None for anything else."""
        if len(body) > LONGEST:
            return None
        try:
            said = json.loads(body)
            items = list(said["fields"].items())[:MOST_FIELDS]
            typed = {name: _field(value) for name, value in items}
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return cls({name: field for name, field in typed.items() if field is not None}, window_of(said.get("window")))


def _field(said: Any) -> tuple[Typed, int] | None:
    value, since = sound(said["value"]), said["since"]
    if value is None or type(since) is not int or not 0 <= since <= HIGHEST_STAMP:
        return None
    return value, since


def window_of(said: object) -> UUID | None:
    """The id that a page has given itself, if it is one."""
    try:
        return UUID(said) if isinstance(said, str) else None
    except ValueError:
        return None
