"""The ticket that a page carries: 60 seconds, bound to one session and one person."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SECONDS = 60
_SALT = "throughline.live.ticket"


@dataclass(frozen=True)
class Ticket:
    person_id: UUID
    session: str
    """The session's name, from which its key cannot be learned."""


def session_name(key: str) -> str:
    return salted_hmac("throughline.live.session", key, algorithm="sha256").hexdigest()


def issue(session_key: str, person_id: UUID) -> str:
    return signing.dumps({"p": person_id.hex, "s": session_name(session_key)}, salt=_SALT)


def read(ticket: str) -> Ticket | None:
    """None when it is forged, too old, or no ticket at all."""
    try:
        said = signing.loads(ticket, salt=_SALT, max_age=SECONDS)
        return Ticket(UUID(said["p"]), said["s"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def person_of_session(session_key: str) -> UUID | None:
    """Who is signed in with this session now; None once it ended, or after the password changed. Reads the database."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    return person.pk if person.is_authenticated else None
