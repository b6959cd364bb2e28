"""What a page with a socket carries in its head."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from throughline.foundation.live import ticket


def live_ticket(request: HttpRequest) -> Markup:
    """{{ live_ticket(request) }} in a page's head: lets its socket in. Empty for somebody not signed in."""
    key = request.session.session_key
    if not request.user.is_authenticated or key is None:
        return Markup("")
    return Markup(
        '<meta name="live-ticket" content="{}" data-person="{}" data-lost="{}" data-back="{}" data-over="{}">'
    ).format(
        ticket.issue(key, request.user.pk),
        request.user.pk,
        _("The connection is away. We keep trying; what you do meanwhile is kept."),
        _("Connected again."),
        _("You are signed out. Reload this page to sign in again."),
    )
