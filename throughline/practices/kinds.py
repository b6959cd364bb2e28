"""The practices. Adding one is adding one file to `measures/`, which registers it here:

register(Practice("goal-talk", 13, _("Goals in every session"), _("Document and track …"), measure))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from throughline.practices.domain.measure import Reader, Reading, Step
from throughline.practices.domain.record import Record


@dataclass(frozen=True)
class Practice:
    """id: as in addresses. order: where it stands in lists. sentence: the guide's words.

    measure: a pure function of the record of one mentor and one mentee. step: what one reader is offered next, if
    anything; asked only in a relationship that goes on.
    """

    id: str
    order: int
    title: str | Promise
    sentence: str | Promise
    measure: Callable[[Record], Reading]
    step: Callable[[Record, Reading, Reader], Step | None] | None = None


_practices: dict[str, Practice] = {}


def register(practice: Practice) -> None:
    """Raises ValueError when the id is taken."""
    if practice.id in _practices:
        raise ValueError(f"The practice {practice.id!r} is registered twice.")
    _practices[practice.id] = practice


def practices() -> list[Practice]:
    return sorted(_practices.values(), key=lambda practice: practice.order)


def practice_of(practice_id: str) -> Practice | None:
    return _practices.get(practice_id)
