"""Who may read the outbox: its mails hold links that sign people in."""

from __future__ import annotations

import ipaddress

from django.http import Http404, HttpRequest

from throughline.foundation.environment import ENV


def outbox_for(request: HttpRequest) -> None:
    """Raises Http404 unless mail stays here, we listen on loopback alone, and the request comes from this machine."""
    if ENV.email_url or not _is_loopback(ENV.host) or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        raise Http404


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
