"""How a person gets in, and which programs may act for them."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.accounts import actions
from throughline.accounts.access import PersonRequest, fresh_proof, proof_address, proof_page_for
from throughline.accounts.domain.devices import device_of
from throughline.accounts.domain.scopes import scopes
from throughline.accounts.forms.tokens import TokenForm
from throughline.accounts.queries import tokens_of
from throughline.foundation.places import TODAY


@login_required
@require_safe
def settings(request: PersonRequest) -> HttpResponse:
    return render(request, "accounts/settings.html", {"scopes": scopes()})


sessions = ListUserSessionsView.as_view(extra_context={"device": device_of})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: PersonRequest) -> HttpResponse:
    """Make one, after a fresh proof; it is shown in this answer alone."""
    if request.method == "POST" and not fresh_proof(request):
        return redirect(proof_address(reverse("accounts:tokens")))
    form, token = TokenForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        _row, token = actions.make_token(by=request.user, **form.cleaned_data)
        form = TokenForm()
    page = {"form": form, "token": token, "tokens": tokens_of(request.user), "words": dict(scopes())}
    return render(request, "accounts/tokens.html", page, status=422 if form.is_bound else 200)


@login_required
@require_POST
def revoke(request: PersonRequest, token_id: UUID) -> HttpResponse:
    actions.revoke_token(by=request.user, token_id=token_id)
    messages.success(request, gettext("It no longer works."))
    return redirect("accounts:tokens")


@login_required
@require_safe
def prove(request: PersonRequest) -> HttpResponseRedirect:
    """Ask for a proof unless there is a fresh one, then go on to `next`."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = reverse(TODAY)
    if fresh_proof(request):
        return HttpResponseRedirect(onward)
    return HttpResponseRedirect(f"{reverse(proof_page_for(request.user))}?{urlencode({'next': onward})}")
