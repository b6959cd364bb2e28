"""Signing: the page shows exactly what is signed, and the click carries the digest of what was shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest, fresh_proof, proof_address
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import NotAcknowledgedError, NotSignedError, sign_agreement
from throughline.agreements.forms.acknowledging import ticked_in
from throughline.agreements.queries.signing import SigningPage, signing_page_of, what_changed_since
from throughline.agreements.views.frame import frame
from throughline.agreements.views.ticks import keep_ticks, ticked_on
from throughline.foundation import clock
from throughline.relationships.access import relationship_for


@login_required
def sign(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if request.method != "POST":
        return _page(request, frame(request.user, relationship), 200)
    proof = fresh_proof(request)
    if proof is None:
        keep_ticks(request)
        return redirect(proof_address(reverse("agreements:sign", args=[relationship_id])))
    shown, ticked = request.POST.get("digest", ""), ticked_in(request.POST)
    try:
        signed = sign_agreement(
            by=request.user, relationship=relationship, shown_digest=shown, proof=proof, acknowledged=ticked
        )
    except NotAcknowledgedError as refusal:
        return _page(request, frame(request.user, relationship) | {"untouched": refusal.missing}, 422)
    except NotNowError:
        return _page(request, frame(request.user, relationship), 409)
    except NotSignedError:
        return _page(request, frame(request.user, relationship) | {"nothing_signed": True}, 409)
    messages.success(request, _said(signed.in_force))
    return redirect("agreements:agreement", relationship_id)


def _said(in_force: bool) -> str:
    if in_force:
        return _("Signed. Everybody has signed this version: your agreement is in force.")
    return _("Signed. The agreement comes into force when everybody has signed this version.")


def _page(request: PersonRequest, context: dict[str, Any], status: int) -> HttpResponse:
    page = signing_page_of(
        context["agreement"], reader_id=request.user.pk, members=context["members"], today=_today(request)
    )
    changed = _changed(request, page) if context.get("nothing_signed") else ()
    defaults = {
        "nothing_signed": False, "proven": fresh_proof(request) is not None,
        "ticked": ticked_on(request, page.digest), "untouched": frozenset(),
    }  # fmt: skip
    return render(
        request, "agreements/sign.html", {**defaults, **context, "page": page, "changed": changed}, status=status
    )


def _changed(request: PersonRequest, page: SigningPage) -> list[Any]:
    return what_changed_since(request.POST.get("shown", ""), request.POST.get("digest", ""), page)


def _today(request: PersonRequest) -> Any:
    return clock.today_in(request.user.zone)
