"""The order of a calm page: meetings by the reader's own days, and what belongs to one relationship together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo


class Dated(Protocol):
    @property
    def start(self) -> datetime: ...


class Belonging(Protocol):
    @property
    def relationship_id(self) -> UUID: ...


AnyDated = TypeVar("AnyDated", bound=Dated)
AnyBelonging = TypeVar("AnyBelonging", bound=Belonging)


def by_day(items: Iterable[AnyDated], zone: str) -> list[tuple[date, list[AnyDated]]]:
    """The days on which something begins, in an IANA zone, each with what begins on it; both in order."""
    days: dict[date, list[AnyDated]] = {}
    for item in sorted(items, key=lambda item: item.start):
        days.setdefault(item.start.astimezone(ZoneInfo(zone)).date(), []).append(item)
    return list(days.items())


def by_relationship(items: Iterable[AnyBelonging]) -> dict[UUID, list[AnyBelonging]]:
    """Grouped, and in the order in which each group's first one came."""
    found: dict[UUID, list[AnyBelonging]] = {}
    for item in items:
        found.setdefault(item.relationship_id, []).append(item)
    return found
