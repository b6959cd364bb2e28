"""What people who share something see of each other."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from throughline.accounts.access import PersonRequest, profile_for
from throughline.accounts.photos import path_of
from throughline.accounts.queries import portrait_of


@login_required
@require_safe
def person(request: PersonRequest, person_id: UUID) -> HttpResponse:
    found = profile_for(request.user, person_id)
    if found.pk == request.user.pk:
        return redirect("accounts:profile")
    return render(request, "accounts/person.html", {"portrait": portrait_of(found)})


@login_required
@require_safe
def photo(request: PersonRequest, person_id: UUID) -> FileResponse:
    found = profile_for(request.user, person_id)
    path = path_of(found.photo)
    if not found.photo or not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
