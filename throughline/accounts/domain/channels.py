"""The ways in which two people reach each other, and a person's order of preference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Channel(StrEnum):
    VIDEO = "video"
    VOICE = "voice"
    MESSAGE = "message"
    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in person"


DEFAULT_ORDER: tuple[Channel, ...] = tuple(Channel)


def order_by_rank(ranks: Mapping[Channel, int | None]) -> tuple[Channel, ...]:
    """The channels that have a rank, lowest first. Raises ValueError when two share one or none has any."""
    ranked = {channel: rank for channel, rank in ranks.items() if rank is not None}
    if not ranked:
        raise ValueError("none")
    if len(set(ranked.values())) < len(ranked):
        raise ValueError("shared")
    return tuple(sorted(ranked, key=lambda channel: ranked[channel]))


def known(values: Iterable[str]) -> tuple[Channel, ...]:
    """Stored values as channels; a value that this version does not know is left out."""
    return tuple(Channel(value) for value in values if value in Channel._value2member_map_)
