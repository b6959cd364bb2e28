"""What a page with a socket carries in its head."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup

from throughline.foundation.live import ticket


def live_ticket(request: HttpRequest) -> Markup:
    """{{ live_ticket(request) }} in a page's head: lets its socket in. Empty for somebody not signed in."""
    key = request.session.session_key
    if not request.user.is_authenticated or key is None:
        return Markup("")
    return Markup('<meta name="live-ticket" content="{}">').format(ticket.issue(key, request.user.pk))
