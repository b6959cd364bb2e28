"""What shows a point: a page somewhere, a thing here, or both."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from throughline.goals.actions.painting import locked
from throughline.goals.actions.recording import keep_before
from throughline.goals.domain.lines import Unclear, UnclearLineError
from throughline.goals.models import Point
from throughline.goals.queries.evidence import is_here

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def prove_point(*, point: Point, by: Person, link: str | None = None, thing: tuple[str, UUID] | None = None) -> Point:
    """Lays one of them beside it, in the place of one of its kind; what was there before stays on record.

    The same again changes nothing. Raises Http404 for a thing that is not here for this person.
    """
    found = _locked(point)
    if thing is not None and not is_here(by, found.relationship_id, thing):
        raise Http404
    entry = dict(found.entry)
    if link:
        entry["link"] = link
    if thing is not None:
        entry["thing"] = [thing[0], str(thing[1])]
    return _put(found, by, entry)


@transaction.atomic
def unprove_point(*, point: Point, by: Person, what: str) -> Point:
    """what: "link" or "thing". Twice is once. Raises UnclearLineError where nothing would be left of the point."""
    if what not in ("link", "thing"):
        raise Http404
    found = _locked(point)
    entry = {name: said for name, said in found.entry.items() if name != what}
    if not entry and found.milestone_id is None:
        raise UnclearLineError(Unclear.EMPTY)
    return _put(found, by, entry)


def _locked(point: Point) -> Point:
    locked(point.goal_id)
    return Point.objects.get(pk=point.pk)


def _put(point: Point, by: Person, entry: dict[str, object]) -> Point:
    if entry != point.entry and point.withdrawn_at is None:
        keep_before(point, by)
        point.entry = entry
        point.save(update_fields=["entry", "corrections"])
    return point
