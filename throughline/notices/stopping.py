"""The link in a mail that stops mail of its kind: signed, for one person and one kind, and good for nothing else."""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.urls import reverse

from throughline.foundation.environment import ENV
from throughline.notices.domain.topics import CHOSEN, Topic

_SALT = "notices.stop"


def stop_address(person_id: UUID, topic: Topic) -> str:
    token = signing.dumps([str(person_id), topic.value], salt=_SALT)
    return ENV.origin + reverse("notices:stop", args=[token])


def read_token(token: str) -> tuple[str, str] | None:
    try:
        person_id, topic = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return (person_id, topic) if topic in CHOSEN else None
