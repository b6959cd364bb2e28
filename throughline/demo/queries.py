"""Whom a visitor can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from throughline.accounts.queries import people_by_email
from throughline.demo.domain import cast

if TYPE_CHECKING:
    from throughline.accounts.models import Person

PARTS: dict[str, tuple[str | Promise, str | Promise]] = {
    cast.MENTOR.key: (
        _("a mentor"),
        _("Six mentees around the world: steady, drifting, resting, new. One of them is about to meet her."),
    ),
    cast.MENTEE.key: (
        _("a mentee"),
        _("Twelve weeks with Marisol, a paper nearly done, a decision just made, and the next meeting now."),
    ),
    cast.COORDINATOR.key: (
        _("a coordinator"),
        _("Twelve pairs in one programme. She sees who meets and who drifts, and never what anybody writes."),
    ),
}


@dataclass(frozen=True)
class Face:
    """One of the three, as a card shows them."""

    key: str
    person: Person
    part: str | Promise
    about: str | Promise


def three_faces() -> list[Face]:
    """Those who are there, in the order of the cards. One query."""
    people = people_by_email(one.email for one in cast.THREE)
    return [Face(one.key, people[one.email], *PARTS[one.key]) for one in cast.THREE if one.email in people]


def one_of_the_three(key: str) -> Person | None:
    return next((face.person for face in three_faces() if face.key == key), None)
