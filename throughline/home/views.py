"""The pages that combine rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.home.design import PEOPLE, sample_form
from throughline.home.domain.greeting import PartOfDay, part_of_day
from throughline.home.jumping import destinations_of, shortcuts
from throughline.home.queries import relationship_page_of, today_of
from throughline.relationships.access import relationship_for

if TYPE_CHECKING:
    from django.http import HttpRequest


def today(request: PersonRequest) -> HttpResponse:
    """What is next and what needs me; for somebody without a session, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    return render(request, "home/today.html", {"page": today_of(request.user), "greeting": _greeting(request)})


@login_required
def relationship(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship_for(request.user, relationship_id)
    return render(request, "home/relationship.html", {"page": relationship_page_of(request.user, relationship_id)})


@login_required
def jump(request: PersonRequest) -> HttpResponse:
    """Every person and place, to be found by a few letters: Ctrl+K."""
    return render(request, "home/jump.html", {"destinations": destinations_of(request.user)})


def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard can do: `?`."""
    return render(request, "home/keys.html", {"shortcuts": shortcuts()})


def design(request: HttpRequest) -> HttpResponse:
    """Every component in each state."""
    return render(request, "home/design.html", {"people": PEOPLE, "form": sample_form()})


def _greeting(request: PersonRequest) -> str:
    return {
        PartOfDay.MORNING: _("Good morning"),
        PartOfDay.DAY: _("Good afternoon"),
        PartOfDay.EVENING: _("Good evening"),
        PartOfDay.NIGHT: _("Hello"),
    }[part_of_day(clock.now(), request.user.zone)]
