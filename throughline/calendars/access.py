"""The only ways to a person's calendars: their own, or 404; and the feed, by its secret."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.calendars.models import Source, Subscription

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def source_for(person: Person, source_id: UUID) -> Source:
    """A calendar of their own. Raises Http404."""
    found = Source.objects.filter(pk=source_id, person=person).first()
    if found is None:
        raise Http404
    return found


def subscription_by(secret: str) -> Subscription:
    """The feed that this secret opens. Raises Http404."""
    found = (
        Subscription.objects.filter(digest=digest_of(secret), person__is_active=True).select_related("person").first()
    )
    if found is None:
        raise Http404
    return found
