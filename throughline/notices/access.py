"""Who may read the outbox: its mails hold links that sign people in."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest

from throughline.foundation.environment import ENV


def outbox_for(request: HttpRequest) -> None:
    """Raises Http404 unless mail stays here, we listen on loopback alone, and the request comes from this machine.

    A proxy on this machine speaks for people elsewhere: what it passes on, or asks under another name, is refused.
    """
    parties = (ENV.host, urlsplit(ENV.base_url).hostname, urlsplit(f"//{request.get_host()}").hostname)
    passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    here = all(_is_loopback(party) for party in (*parties, request.META.get("REMOTE_ADDR")))
    if ENV.email_url or passed_on or not here:
        raise Http404


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
