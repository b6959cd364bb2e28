"""The line that an administrator sees above every page while nobody works."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from throughline.foundation.jobs.queries import workers_silent


def line(request: HttpRequest) -> str:
    """Nothing for everybody else, and nothing while a worker is heard."""
    if not (request.user.is_authenticated and request.user.is_staff and workers_silent()):
        return ""
    return render_to_string("foundation/workers_silent.html", {}, request)
