"""The pages that combine rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from throughline.accounts.access import PersonRequest
from throughline.home.design import PEOPLE, sample_form
from throughline.relationships.access import relationship_for

if TYPE_CHECKING:
    from django.http import HttpRequest


def today(request: PersonRequest) -> HttpResponse:
    """What is next and what needs me; for somebody without a session, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    return render(request, "home/today.html", {})


@login_required
def relationship(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    return render(request, "home/relationship.html", {"relationship": relationship_for(request.user, relationship_id)})


def design(request: HttpRequest) -> HttpResponse:
    """Every component in each state."""
    return render(request, "home/design.html", {"people": PEOPLE, "form": sample_form()})
