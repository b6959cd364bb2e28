"""A person's calendars: the address of ours for theirs, and theirs for us."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.accounts.access import PersonRequest
from throughline.calendars import actions
from throughline.calendars.access import digest_of, subscription_by
from throughline.calendars.forms import FollowForm
from throughline.calendars.queries import feed_of, overview_of
from throughline.calendars.troubles import sentence_for, sentences_of
from throughline.foundation.environment import ENV


def _page(request: PersonRequest, **more: Any) -> dict[str, Any]:
    page: dict[str, Any] = {"form": FollowForm(), "address": "", "opened": ""}
    page |= {"overview": overview_of(request.user), "sentence_for": sentence_for, "sentences_of": sentences_of}
    return page | more


@login_required
@never_cache
@require_safe
def calendars(request: PersonRequest) -> HttpResponse:
    return render(request, "calendars/calendars.html", _page(request))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def subscription(request: PersonRequest) -> HttpResponse:
    """Make an address; it is shown in this answer alone."""
    if request.method != "POST":
        return redirect("calendars:calendars")
    secret = actions.make_subscription(by=request.user)
    address = ENV.origin + reverse("calendars:feed", args=[secret])
    return render(request, "calendars/calendars.html", _page(request, address=address))


@login_required
@require_POST
def revoke(request: PersonRequest) -> HttpResponse:
    actions.revoke_subscription(by=request.user)
    messages.success(request, gettext("The address no longer works. Invitations come by mail again."))
    return redirect("calendars:calendars")


@login_required
@require_POST
def mail(request: PersonRequest) -> HttpResponse:
    wanted = request.POST.get("wanted") == "1"
    actions.choose_mail(by=request.user, wanted=wanted)
    said = gettext("Invitations come by mail again.") if wanted else gettext("No more invitations by mail.")
    messages.success(request, said)
    return redirect("calendars:calendars")


@login_required
@require_http_methods(["GET", "POST"])
def follow(request: PersonRequest) -> HttpResponse:
    """Name an address; a job reads it, so that nobody waits for somebody else's server."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.follow_address(by=request.user, url=form.cleaned_data["url"])
        except actions.CannotFollowError as error:
            form.add_error("url", _refusal(error.why))
        else:
            messages.success(request, gettext("Thank you. We are reading it now; your busy times follow in a moment."))
            return redirect("calendars:calendars")
    return render(request, "calendars/follow.html", {"form": form}, status=422 if form.is_bound else 200)


def _refusal(why: str) -> str:
    if why == "twice":
        return gettext("This calendar is in your list already.")
    return gettext("That is as many calendars as we read for one person. Remove one first.")


@login_required
@require_POST
def unfollow(request: PersonRequest, source_id: UUID) -> HttpResponse:
    actions.unfollow(by=request.user, source_id=source_id)
    messages.success(request, gettext("Removed, with all that we had read of it."))
    return redirect("calendars:calendars")


@login_required
@require_POST
def look_again(request: PersonRequest, source_id: UUID) -> HttpResponse:
    actions.look_again(by=request.user, source_id=source_id)
    messages.success(request, gettext("We are reading it again. It takes a moment."))
    return redirect("calendars:calendars")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar program reads, in the language and zone of whose address it is. No session is asked."""
    found = subscription_by(secret)
    with translation.override(found.person.language), timezone.override(found.person.zone):
        content = feed_of(found.person)
    actions.note_read(subscription=found)
    etag = f'"{digest_of(content.decode())[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = 'inline; filename="throughline.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
