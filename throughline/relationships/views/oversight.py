"""Who outside may see something of this relationship, and who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.relationships.access import relationship_for
from throughline.relationships.queries import looks_of, overseers_of
from throughline.relationships.things import Thing, thing_for

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@login_required
def looks(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    page = Paginator(looks_of(relationship_id), 50).get_page(request.GET.get("page"))
    overseers = [(one, _ground(request.user, one.ground)) for one in overseers_of(relationship_id)]
    context = {"relationship": relationship, "overseers": overseers, "looks": page}
    return render(request, "relationships/looks.html", context)


def _ground(person: Person, ground: str) -> Thing | None:
    """What an oversight rests on, as this person may see it: where it can be withdrawn."""
    kind, _, thing_id = ground.partition(":")
    try:
        return thing_for(person, kind, UUID(thing_id))
    except (Http404, ValueError):
        return None
