"""What a person says of themselves: one page that sums it up, and one small form for each part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.accounts import actions
from throughline.accounts.access import PersonRequest
from throughline.accounts.forms.profile import AboutForm, ChannelsForm, NeedsForm, PhotoForm, PlaceForm, SectionForm
from throughline.accounts.forms.time import AbsenceForm, RhythmForm, WindowsFormSet, known_windows, windows_in
from throughline.accounts.queries import absences_of, portrait_of

_SECTIONS: dict[str, tuple[type[SectionForm], Callable[..., None]]] = {
    "about": (AboutForm, actions.describe_yourself),
    "place": (PlaceForm, actions.choose_zone_and_language),
    "rhythm": (RhythmForm, actions.set_rhythm),
    "channels": (ChannelsForm, actions.prefer_channels),
    "needs": (NeedsForm, actions.state_needs),
}


@login_required
@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/profile.html", {"portrait": portrait_of(request.user)})


@login_required
@require_http_methods(["GET", "POST"])
def section(request: PersonRequest, name: str) -> HttpResponse:
    """One part of the profile, by its name in _SECTIONS."""
    if name not in _SECTIONS:
        raise Http404
    form_class, save = _SECTIONS[name]
    form = form_class(_posted(request), initial=form_class.known(request.user))
    if form.is_valid():
        save(by=request.user, **form.values())
        return _saved(request)
    return render(request, "accounts/section.html", {"form": form, "section": name}, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def windows(request: PersonRequest) -> HttpResponse:
    rows = WindowsFormSet(_posted(request), initial=known_windows(request.user))
    if rows.is_valid():
        actions.set_windows(by=request.user, windows=windows_in(rows))
        return _saved(request)
    return render(request, "accounts/windows.html", {"rows": rows}, status=_status(rows))


@login_required
@require_http_methods(["GET", "POST"])
def photo(request: PersonRequest) -> HttpResponse:
    form = PhotoForm(_posted(request), request.FILES or None)
    if form.is_valid():
        actions.show_photo(by=request.user, photo=form.cleaned_data["photo"])
        return _saved(request)
    return render(request, "accounts/photo.html", {"form": form, "person": request.user}, status=_status(form))


@login_required
@require_POST
def remove_photo(request: PersonRequest) -> HttpResponse:
    actions.remove_photo(by=request.user)
    return _saved(request)


@login_required
@require_http_methods(["GET", "POST"])
def absences(request: PersonRequest) -> HttpResponse:
    form = AbsenceForm(_posted(request), zone=request.user.zone)
    if form.is_valid():
        actions.be_away(by=request.user, **form.cleaned_data)
        return redirect("accounts:absences")
    page = {"form": form, "absences": absences_of(request.user)}
    return render(request, "accounts/absences.html", page, status=_status(form))


@login_required
@require_POST
def end_absence(request: PersonRequest, absence_id: UUID) -> HttpResponse:
    actions.be_back(by=request.user, absence_id=absence_id)
    return redirect("accounts:absences")


def _posted(request: PersonRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _saved(request: PersonRequest) -> HttpResponse:
    messages.success(request, gettext("Saved."))
    return redirect("accounts:profile")
