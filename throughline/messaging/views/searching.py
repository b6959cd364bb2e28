"""Searching a conversation. By POST: what somebody looks for belongs into no address and no log."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from throughline.accounts.access import PersonRequest
from throughline.messaging.access import conversation_for
from throughline.messaging.domain.limits import MOST_FOUND
from throughline.messaging.domain.searching import words_of
from throughline.messaging.forms import SearchForm
from throughline.messaging.queries import found_in
from throughline.relationships.queries import members_of


@login_required
def search(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = conversation_for(request.user, relationship_id)
    form = SearchForm(request.POST if request.method == "POST" else None)
    words = words_of(form.cleaned_data["words"]) if form.is_bound and form.is_valid() else ()
    found = found_in(relationship.pk, words) if words else []
    context = {
        "relationship_id": relationship.pk,
        "mode": relationship.mode,
        "others": [each for each in members_of(relationship.pk) if each.person_id != request.user.pk],
        "form": form,
        "asked": form.is_bound and form.is_valid(),
        "found": found[:MOST_FOUND],
        "more": len(found) > MOST_FOUND,
    }
    answer = render(request, "messaging/search.html", context, status=422 if form.errors else 200)
    patch_cache_control(answer, no_store=True)
    return answer
