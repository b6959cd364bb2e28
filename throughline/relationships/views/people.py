"""Your people: everything one takes part in, and whom one waits for."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.relationships.domain.states import State
from throughline.relationships.queries import relationships_of, unaccepted_invitations_of
from throughline.relationships.things import open_items_of


@login_required
def index(request: PersonRequest) -> HttpResponse:
    found = [one for one in relationships_of(request.user) if one.others]
    going = [one for one in found if one.state is not State.ENDED]
    items = open_items_of(request.user, [one.relationship_id for one in going])
    context = {
        "going": going,
        "ended": [one for one in found if one.state is State.ENDED],
        "next_step": {item.relationship_id: item for item in reversed(items)},  # the first of each
        "asked": unaccepted_invitations_of(request.user),
    }
    return render(request, "relationships/index.html", context)
