"""What people who share something see of each other."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from throughline.accounts import photos
from throughline.accounts.access import PersonRequest, profile_for
from throughline.accounts.queries import portrait_of
from throughline.foundation.files.store import NoFileError


@login_required
@require_safe
def person(request: PersonRequest, person_id: UUID) -> HttpResponse:
    found = profile_for(request.user, person_id)
    if found.pk == request.user.pk:
        return redirect("accounts:profile")
    return render(request, "accounts/person.html", {"portrait": portrait_of(found)})


@login_required
@require_safe
def photo(request: PersonRequest, person_id: UUID) -> HttpResponse:
    found = profile_for(request.user, person_id)
    if not found.photo:
        raise Http404
    try:
        content = photos.content(found.photo)
    except NoFileError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/webp", headers={"Cache-Control": "private, max-age=300"})
