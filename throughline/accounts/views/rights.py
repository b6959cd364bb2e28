"""Taking one's data along, and closing the account."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.accounts import actions, parcels
from throughline.accounts.access import PersonRequest, export_for, fresh_proof, proof_address
from throughline.accounts.queries import closure_of, export_of
from throughline.foundation.encryption.envelope import CannotOpenError
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import NoFileError
from throughline.foundation.rights.holdings import consequences_for, holdings
from throughline.foundation.rights.periods import periods


@login_required
@never_cache
@require_safe
def data(request: PersonRequest) -> HttpResponse:
    page = {"export": export_of(request.user), "closure": closure_of(request.user)}
    return render(request, "accounts/data.html", page)


@login_required
@require_safe
def kept(request: PersonRequest) -> HttpResponse:
    """What is held of people here, what erasure does to it, and for how long it is kept."""
    return render(request, "accounts/kept.html", {"holdings": holdings(), "periods": periods()})


@login_required
@require_POST
def export(request: PersonRequest) -> HttpResponse:
    actions.ask_for_export(by=request.user)
    return redirect("accounts:data")


@login_required
@never_cache
@require_safe
def download(request: PersonRequest, export_id: UUID) -> HttpResponseBase:
    """The ZIP, opened as it goes out; only after a fresh proof."""
    found = export_for(request.user, export_id)
    if not fresh_proof(request):
        return redirect(proof_address(reverse("accounts:data")))
    try:
        content = parcels.content(found.pk, actions.key_of(found))
    except (NoFileError, CannotOpenError):
        raise Http404 from None
    actions.note_fetched(export=found)
    response = StreamingHttpResponse(content, content_type="application/zip")
    response.headers["Content-Length"] = str(found.size)
    response.headers["Content-Disposition"] = f'attachment; filename="throughline-{found.asked_at:%Y-%m-%d}.zip"'
    return response


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest) -> HttpResponse:
    """What would happen, said before; then, after a fresh proof, the days run."""
    if request.method == "POST":
        if not fresh_proof(request):
            return redirect(proof_address(reverse("accounts:close")))
        actions.close_account(by=request.user)
        return redirect("accounts:close")
    page = {
        "closure": closure_of(request.user),
        "sentences": consequences_for(request.user.pk),
        "days": ENV.erase_after_days,
        "export": export_of(request.user),
        "proven": fresh_proof(request) is not None,
    }
    return render(request, "accounts/close.html", page)


@login_required
@require_POST
def stay(request: PersonRequest) -> HttpResponse:
    actions.keep_account(by=request.user)
    messages.success(request, gettext("Good that you stay. Nothing was erased."))
    return redirect("accounts:settings")
