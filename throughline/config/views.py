"""/checkup: what `throughline check` says, for an administrator. Everybody else finds nothing here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from throughline.config.check import findings
from throughline.config.check.outside import findings_of_request
from throughline.foundation.environment import ENV
from throughline.foundation.files.store import files
from throughline.foundation.jobs.queries import state_of_the_queue
from throughline.foundation.version import program_version


@login_required
@never_cache
@require_safe
def checkup(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise Http404
    found = [*findings_of_request(request, ENV), *findings()]
    page = {
        "to_mend": [finding.sentence for finding in found if finding.to_mend],
        "to_know": [finding.sentence for finding in found if not finding.to_mend],
        "parts": _parts(),
        "queue": state_of_the_queue(),
    }
    return render(request, "config/checkup.html", page)


def _parts() -> list[tuple[str, str]]:
    """What this installation is made of; no secrets."""
    return [
        (_("Version"), program_version()),
        (_("Address"), ENV.base_url),
        (_("Database"), _database()),
        (_("Live updates"), _("through Redis") if ENV.redis_url else _("in one process")),
        (_("Files"), files().where),
        (_("Mail"), _("goes out") if ENV.email_url else _("kept in the outbox")),
        (_("Trusted proxies"), ", ".join(str(each) for each in ENV.proxies if not _is_mapped(each)) or _("none")),
    ]


def _database() -> str:
    if connection.vendor != "postgresql":
        return _("SQLite, in %(folder)s") % {"folder": ENV.data}
    try:
        version = connection.cursor().connection.info.server_version // 10000
    except Error:
        version = "?"
    return f"PostgreSQL {version}"


def _is_mapped(network: Any) -> bool:
    return network.version == 6 and network.network_address.ipv4_mapped is not None
