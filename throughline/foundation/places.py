"""Addresses that lower rooms may name without knowing who serves them, and what the menu shows.

`home` provides the pages named here; every room may add a place to the menu.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise

TODAY = "today"
RELATIONSHIP = "relationship"
JUMP = "jump"
KEYS = "keys"


def address_of_relationship(relationship_id: UUID) -> str:
    return reverse(RELATIONSHIP, args=[relationship_id])


@dataclass(frozen=True)
class Place:
    """An entry of the menu: the URL name it opens, its title, the icon, and where it stands."""

    url_name: str
    title: str | Promise
    icon: str
    order: int


_menu: dict[str, Place] = {}


def register_place(place: Place) -> None:
    _menu[place.url_name] = place


def menu() -> list[Place]:
    return sorted(_menu.values(), key=lambda place: place.order)
