"""A signed version as a file, and the page on which anybody can check one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from throughline.accounts.access import PersonRequest
from throughline.agreements.actions import NotInForceError, make_paper
from throughline.agreements.forms.verifying import VerifyForm
from throughline.agreements.queries.paper import paper_of
from throughline.agreements.queries.verifying import known_keys, public_keys, verdict_on
from throughline.foundation.paper import CannotSetError
from throughline.relationships.access import relationship_for


@login_required
def paper(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    """POST makes the file; GET hands it out, once it was made."""
    relationship_for(request.user, relationship_id)
    if request.method == "POST":
        try:
            make_paper(by=request.user, relationship_id=relationship_id, number=number)
        except NotInForceError:
            raise Http404 from None
        except CannotSetError:
            messages.error(request, _("The PDF could not be made. Nothing is lost; whoever runs this sees why."))
            return redirect("agreements:version", relationship_id, number)
        return redirect("agreements:paper", relationship_id, number)
    found = paper_of(relationship_id, number)
    if found is None:
        raise Http404
    return _file(found.content, "application/pdf", f"agreement-version-{number}.pdf")


@login_required
@require_GET
def paper_signature(request: PersonRequest, relationship_id: UUID, number: int) -> HttpResponse:
    relationship_for(request.user, relationship_id)
    found = paper_of(relationship_id, number)
    if found is None:
        raise Http404
    return _file(bytes.fromhex(found.signature), "application/octet-stream", f"agreement-version-{number}.pdf.sig")


def verify(request: HttpRequest) -> HttpResponse:
    """Open to everybody: whoever is handed a file has the right to know whether it is genuine. Nothing is kept."""
    form = VerifyForm(request.POST or None, request.FILES or None) if request.method == "POST" else VerifyForm()
    verdict, status = None, 200
    if request.method == "POST":
        if form.is_valid():
            verdict = verdict_on(form.cleaned_data["file"], known_keys(), form.cleaned_data["signature"])
        else:
            status = 422
    context = {"form": form, "verdict": verdict, "keys": public_keys()}
    return render(request, "agreements/verify.html", context, status=status)


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys as a file, for checking without this installation."""
    return HttpResponse("".join(key.pem for key in public_keys()), content_type="application/x-pem-file")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
