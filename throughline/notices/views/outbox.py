"""The outbox: mail that would have been sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from throughline.notices import outbox
from throughline.notices.access import outbox_for


@require_safe
def show_outbox(request: HttpRequest) -> HttpResponse:
    outbox_for(request)
    return render(request, "notices/outbox.html", {"mails": outbox.kept()})
