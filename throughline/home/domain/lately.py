"""What happened lately, in few lines: meetings and calls each by themselves, writing between two of them as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Kind


@dataclass(frozen=True)
class Stretch:
    """Contacts that are told in one line, the latest first: one of any kind, or messages with nothing in between."""

    contacts: tuple[Contact, ...]

    @property
    def latest(self) -> Contact:
        return self.contacts[0]

    @property
    def begins(self) -> datetime:
        return self.contacts[-1].started_at

    @property
    def ends(self) -> datetime:
        return self.latest.started_at

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(part.person_id for contact in self.contacts for part in contact.parts)


def stretches_of(contacts: Iterable[Contact]) -> list[Stretch]:
    """The latest first, whatever the order they come in."""
    ordered = sorted(contacts, key=lambda contact: contact.started_at, reverse=True)
    found: list[Stretch] = []
    for written, group in groupby(ordered, key=lambda contact: contact.kind is Kind.MESSAGE):
        run = tuple(group)
        found += [Stretch(run)] if written else [Stretch((contact,)) for contact in run]
    return found
