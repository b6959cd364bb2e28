"""Ticks at clauses survive the way to the page that asks who somebody is, and a refusal."""

from __future__ import annotations

from throughline.accounts.access import PersonRequest
from throughline.agreements.forms.acknowledging import ticked_in

KEPT = "agreements.ticked"


def keep_ticks(request: PersonRequest) -> None:
    """Until they are back from proving who they are; for exactly the text that they were ticked at."""
    request.session[KEPT] = [request.POST.get("digest", "")[:64], sorted(ticked_in(request.POST))]


def ticked_on(request: PersonRequest, digest: str) -> frozenset[str]:
    """What stands ticked: as it was sent for this text now, or as it was kept for it."""
    if request.method == "POST":
        return ticked_in(request.POST) if request.POST.get("digest") == digest else frozenset()
    shown, ticks = request.session.get(KEPT) or ("", [])
    return frozenset(ticks) if digest and shown == digest else frozenset()
