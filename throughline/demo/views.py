"""One click makes a visitor one of the three."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from throughline.demo import apart
from throughline.demo.queries import one_of_the_three
from throughline.foundation.places import TODAY


@require_POST
def look_around(request: HttpRequest, who: str) -> HttpResponse:
    """404 unless this is the demonstration, and for everybody who is not one of the three."""
    person = one_of_the_three(who) if apart.is_on() else None
    if person is None:
        raise Http404
    login(request, person)
    return redirect(TODAY)
