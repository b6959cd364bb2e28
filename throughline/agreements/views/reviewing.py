"""The agreement beside what happened: confirm it, or change what does not suit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from throughline.accounts.access import PersonRequest, fresh_proof, proof_address
from throughline.agreements.access import NotNowError
from throughline.agreements.actions import NotShownError, confirm_agreement
from throughline.agreements.queries.reviews import review_page_of
from throughline.agreements.views.frame import frame
from throughline.relationships.access import relationship_for


@login_required
def review(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    relationship = relationship_for(request.user, relationship_id)
    if request.method != "POST":
        return _page(request, frame(request.user, relationship), 200)
    proof = fresh_proof(request)
    if proof is None:
        return redirect(proof_address(reverse("agreements:review", args=[relationship_id])))
    shown = request.POST.get("digest", "")
    try:
        following = confirm_agreement(by=request.user, relationship=relationship, shown_digest=shown, proof=proof)
    except (NotNowError, NotShownError):
        return _page(request, frame(request.user, relationship) | {"nothing_confirmed": True}, 409)
    if following:
        day = formats.date_format(following, "j F Y")
        messages.success(request, _("Confirmed by all of you. The next look is on %(day)s.") % {"day": day})
    else:
        messages.success(request, _("Confirmed. It is done when everybody has."))
    return redirect("agreements:agreement", relationship_id)


def _page(request: PersonRequest, context: dict[str, Any], status: int) -> HttpResponse:
    page = review_page_of(context["agreement"], reader_id=request.user.pk, members=context["members"])
    if page is None:
        return redirect("agreements:agreement", context["relationship"].pk)
    more = {"nothing_confirmed": False, "proven": fresh_proof(request) is not None, "page": page}
    return render(request, "agreements/review.html", {**more, **context}, status=status)
