"""What the signed agreement asks for around one meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from throughline.agreements.domain.terms import Preparation, Who
from throughline.relationships.domain.roles import Role

_MEANT = {Who.MENTOR: {Role.MENTOR}, Who.MENTEE: {Role.MENTEE}, Who.BOTH: {Role.MENTOR, Role.MENTEE}}


@dataclass(frozen=True)
class Task:
    """Something to have ready: in the pair's own words, by whom, and the instant by which, in UTC.

    number: where it stands among the signed items, from 0.
    """

    number: int
    what: str
    roles: frozenset[Role]
    due: datetime

    @property
    def everybody(self) -> bool:
        return len(self.roles) > 1


def tasks(preparation: Preparation, start: datetime) -> list[Task]:
    """What is due before a meeting that begins at this instant, the soonest first."""
    found = [
        Task(number, item.what, frozenset(_MEANT[item.by]), start - timedelta(hours=item.hours_before))
        for number, item in enumerate(preparation.items)
    ]
    return sorted(found, key=lambda task: task.due)
