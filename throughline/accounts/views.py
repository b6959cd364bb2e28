"""A person's own pages, and what others may see of them."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from throughline.accounts.access import PersonRequest, fresh_proof, profile_for, proof_page_for
from throughline.accounts.photos import path_of
from throughline.foundation.places import TODAY


@login_required
@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/profile.html", {"person": request.user})


@login_required
@require_safe
def photo(request: PersonRequest, person_id: UUID) -> FileResponse:
    person = profile_for(request.user, person_id)
    path = path_of(person.photo)
    if not person.photo or not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


@login_required
@require_safe
def prove(request: PersonRequest) -> HttpResponseRedirect:
    """Ask for a proof unless there is a fresh one, then go on to `next`."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = reverse(TODAY)
    if fresh_proof(request):
        return redirect(onward)
    return HttpResponseRedirect(f"{reverse(proof_page_for(request.user))}?{urlencode({'next': onward})}")
