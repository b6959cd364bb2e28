"""The pages that combine rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from throughline.accounts.access import PersonRequest
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.foundation.jinja import first_name
from throughline.home.design import LONG, PEOPLE, SamplePage, WhenForm, sample_form, sample_weeks
from throughline.home.domain.greeting import PartOfDay, part_of_day
from throughline.home.installing import manifest_of_the_app, worker_script
from throughline.home.jumping import destinations_of, shortcuts
from throughline.home.queries import relationship_page_of, today_of
from throughline.home.wording import happened, said_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def today(request: PersonRequest) -> HttpResponse:
    """What is next and what needs me; for somebody without a session, what this is."""
    if not request.user.is_authenticated:
        return render(request, "home/welcome.html")
    page = today_of(request.user)
    said = {beginning.relationship_id: said_of(beginning) for beginning in page.beginnings}
    return render(
        request, "home/today.html", {"page": page, "said": said, "greeting": _greeting(request), "once": new_id()}
    )


@login_required
def relationship(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    page = relationship_page_of(request.user, relationship_id)
    said = {relationship_id: said_of(page.beginning)} if page.beginning else {}
    lately = [(stretch, happened(stretch, request.user.pk, page.summary.others)) for stretch in page.lately]
    return render(request, "home/relationship.html", {"page": page, "said": said, "lately": lately, "once": new_id()})


@login_required
def jump(request: PersonRequest) -> HttpResponse:
    """Every person and place, to be found by a few letters: Ctrl+K."""
    return render(request, "home/jump.html", {"destinations": destinations_of(request.user)})


def keys(request: HttpRequest) -> HttpResponse:
    """What the keyboard can do: `?`."""
    return render(request, "home/keys.html", {"shortcuts": shortcuts()})


def design(request: HttpRequest) -> HttpResponse:
    """Every component in each state."""
    sample = SamplePage(clock.now())
    context = {
        "people": PEOPLE, "form": sample_form(), "when": WhenForm(auto_id="when_%s"), "weeks": sample_weeks(),
        "page": sample, "meeting_of": sample.meeting, "long": LONG,
    }  # fmt: skip
    return render(request, "home/design.html", context)


@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """What a device shows when it reaches nobody: kept by the service worker, so it says nothing about anybody."""
    return render(request, "home/offline.html")


def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Asked anew at each visit, so that an update is there with the next page."""
    response = HttpResponse(worker_script(), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def manifest(request: HttpRequest) -> HttpResponse:
    return JsonResponse(manifest_of_the_app(), content_type="application/manifest+json")


def _greeting(request: PersonRequest) -> str:
    words = {
        PartOfDay.MORNING: _("Good morning, %(name)s"),
        PartOfDay.DAY: _("Good afternoon, %(name)s"),
        PartOfDay.EVENING: _("Good evening, %(name)s"),
        PartOfDay.NIGHT: _("Hello, %(name)s"),
    }
    return words[part_of_day(clock.now(), request.user.zone)] % {"name": first_name(request.user.called)}
