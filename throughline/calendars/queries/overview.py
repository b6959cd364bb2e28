"""All that the page of somebody's calendars shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from throughline.calendars.models import MailStop, Source, SourceKind, Subscription

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Overview:
    """mailed: invitations come by mail. addresses, accounts: the oldest first."""

    subscription: Subscription | None
    mailed: bool
    addresses: tuple[Source, ...]
    accounts: tuple[Source, ...]


def overview_of(person: Person) -> Overview:
    """Three queries."""
    sources = list(Source.objects.filter(person=person).order_by("made_at", "pk"))
    return Overview(
        Subscription.objects.filter(person=person).first(),
        not MailStop.objects.filter(person=person).exists(),
        tuple(source for source in sources if source.kind == SourceKind.ADDRESS),
        tuple(source for source in sources if source.kind == SourceKind.ACCOUNT),
    )
