"""Addresses that lower rooms may name without knowing who serves them, and what the menu shows.

`home` provides the pages named here; every room may add a place to the menu.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from markupsafe import Markup

_NOBODY = UUID(int=0)
TODAY = "today"
RELATIONSHIP = "relationship"
JUMP = "jump"
KEYS = "keys"


def address_of(name: str, thing_id: UUID) -> str:
    """reverse(name, args=[thing_id]), worked out once: most addresses of a page hold one id and nothing else."""
    before, after = _around(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{thing_id}{after}"


@cache
def _around(name: str, urlconf: Any, prefix: str) -> tuple[str, str]:
    before, _id, after = reverse(name, args=[_NOBODY]).partition(str(_NOBODY))
    return before, after


def back_of(request: HttpRequest) -> str:
    """A path of ours that a form came from, named by its field `back`; "" for anything else."""
    path = request.POST.get("back") or request.GET.get("back", "")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else ""


def address_of_relationship(relationship_id: UUID) -> str:
    return address_of(RELATIONSHIP, relationship_id)


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


EVERY_PAGE = "every page"
WELCOME = "welcome"
SCHEDULE = "agreements:schedule"
BESIDE_COMPOSER = "beside the composer"
WITH_MESSAGE = "with a message"
_parts: dict[str, list[Callable[..., str]]] = {}


def register_part(place: str, render: Callable[..., str]) -> None:
    """Let a higher room add to a lower one's page: at the top of EVERY_PAGE, under the words of WELCOME, or
    above the fields of an agreement's SCHEDULE; or a neighbour on the same floor, among the acts of the
    conversation's composer (BESIDE_COMPOSER), or among what can be done with a message (WITH_MESSAGE, which tells
    relationship_id and thing, as kind:id, or kind: alone where the browser adds the id)."""
    _parts.setdefault(place, []).append(render)


def parts_for(place: str, request: HttpRequest, **about: Any) -> list[Markup]:
    """What is to be shown at this place: HTML that its room has rendered. about: what the place tells of itself."""
    return [Markup(render(request, **about)) for render in _parts.get(place, [])]  # noqa: S704  rendered by a template
