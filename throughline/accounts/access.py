"""Who is asking, how freshly they proved it, and whom they may see."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import Http404, HttpRequest
from django.urls import reverse

from throughline.accounts.models import ApiToken, Export, Person
from throughline.foundation import clock

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

FRESH = timedelta(minutes=5)


class PersonRequest(HttpRequest):
    """For annotations: a request whose user is signed in (@login_required stands above the view)."""

    user: Person
    htmx: HtmxDetails


@dataclass(frozen=True)
class Proof:
    """How a person showed that it is them, and when. method: "password", "passkey", "totp" or "provider"."""

    method: str
    at: datetime


def fresh_proof(request: HttpRequest) -> Proof | None:
    """The last proof of this session, if it was given within FRESH; signing in counts as one."""
    if not isinstance(request.user, Person):
        return None
    records = [record for record in get_authentication_records(request, request.user) if _method(record)]
    latest = max(records, key=lambda record: float(record["at"]), default=None)
    if latest is None:
        return None
    # allauth stamps with the machine's clock, which a test's moved clock runs apart from: compare ages.
    age = timedelta(seconds=max(0.0, time.time() - latest["at"]))
    return Proof(_method(latest), clock.now() - age) if age < FRESH else None


def proof_address(next: str) -> str:
    """Where to send somebody to prove that it is them; afterwards they come back to `next`, a path of ours."""
    return f"{reverse('accounts:prove')}?{urlencode({'next': next})}"


def proof_page_for(person: Person) -> str:
    """The URL name of the page that asks this person: by password, or else by passkey or one-time code."""
    flows = get_reauthentication_flows(person)
    return "account_reauthenticate" if not flows or flows[0]["id"] == "reauthenticate" else "mfa_reauthenticate"


def person_of_token(token: str, scope: str) -> Person | None:
    """Whom a program acts for, if its token is known, unexpired, not revoked and has the scope."""
    today = clock.now()
    found = (
        ApiToken.objects.filter(digest=digest_of(token), revoked_at=None, expires_at__gt=today, person__is_active=True)
        .select_related("person")
        .first()
    )
    if found is None or scope not in found.scopes:
        return None
    if found.last_used_on != today.date():  # by the day: a write at each call would cost more than it tells
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=today.date())
    return found.person


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def token_for(person: Person, token_id: UUID) -> ApiToken:
    """A token of their own. Raises Http404."""
    found = ApiToken.objects.filter(pk=token_id, person=person).first()
    if found is None:
        raise Http404
    return found


def export_for(person: Person, export_id: UUID) -> Export:
    """An export of their own that can be fetched now. Raises Http404."""
    found = Export.objects.filter(pk=export_id, person=person, expires_at__gt=clock.now()).first()
    if found is None:
        raise Http404
    return found


_acquaintance: list[Callable[[UUID, UUID], bool]] = []


def register_acquaintance(knows: Callable[[UUID, UUID], bool]) -> None:
    """Let a higher room say who may see whose profile: knows(viewer_id, person_id)."""
    _acquaintance.append(knows)


def may_see(viewer_id: UUID, person_id: UUID) -> bool:
    return viewer_id == person_id or any(knows(viewer_id, person_id) for knows in _acquaintance)


def profile_for(viewer: Person, person_id: UUID) -> Person:
    """The person, for themselves and for those who share something with them. Raises Http404 to all others."""
    if viewer.pk == person_id:
        return viewer
    found = Person.objects.filter(pk=person_id, is_active=True).first() if may_see(viewer.pk, person_id) else None
    if found is None:
        raise Http404
    return found


def _method(record: dict[str, Any]) -> str:
    if record.get("method") == "mfa":
        return {"webauthn": "passkey", "totp": "totp"}.get(record.get("type", ""), "")
    return {"password": "password", "socialaccount": "provider"}.get(record.get("method", ""), "")
