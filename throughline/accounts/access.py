"""Who is asking: the request as a view behind a sign-in sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from throughline.accounts.models import Person


class PersonRequest(HttpRequest):
    """For annotations: a request whose user is signed in (@login_required stands above the view)."""

    user: Person
    htmx: HtmxDetails
