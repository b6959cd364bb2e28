"""Holdings: one for each table that holds something of a person, said by the room that owns the table.

    HOLDINGS = [
        Holding(
            "messaging.Message", _("Messages"), Erasure.JOINT, owner=("sender",), shared_by="relationship",
            why=_("A conversation belongs to everybody in it."),
        ),
    ]                                                     # throughline/messaging/rights.py

    register_holdings(HOLDINGS)                           # in MessagingConfig.ready

A test walks every model: one that points at a person, or holds an address of mail or a sealed field, is claimed by
exactly one holding or stands on a list with a reason. docs/building/rights.md is the page about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

Text = str | Promise


class Erasure(StrEnum):
    """What becomes of a row when the account of its person is erased.

    GOES: private, deleted. AUTHORED: stays for others, who read "Former participant" where the name stood.
    JOINT: the same, inside a relationship, until its last member has asked for deletion; then it goes with the key.
    RECORD: kept because of a duty that `why` names, with the name replaced.
    """

    GOES = "goes"
    AUTHORED = "authored"
    JOINT = "joint"
    RECORD = "record"


@dataclass(frozen=True)
class Sharing:
    """Whose export it is: a person, and the relationships that this person may read."""

    person_id: UUID
    relationship_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class ExportFile:
    """A file beside the rows, for people or for other programs: `path` within the ZIP, such as "calendar/all.ics"."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Holding:
    """One table. Lookups are as Django writes them, from a row: "sender", "version__person", "relationship".

    owner: lookups to the person whose row it is. named: further columns that point at people. shared_by: lookup to
    the relationship all of whose members may read the row; a row without it is exported to its owner alone.
    leave_out: columns that the export does not hold (secrets, and what only a program could read). rows: instead of
    owner, for tables that point at people by other ways. files: what is exported besides the rows. erase: what
    erasure does instead of deleting (GOES) or besides leaving it (the others); gets the person's id and may run twice.
    """

    model: str
    title: Text
    erasure: Erasure
    why: Text
    owner: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    shared_by: str = ""
    leave_out: tuple[str, ...] = ()
    rows: Callable[[UUID], models.QuerySet[Any]] | None = None
    files: Callable[[Sharing], Iterable[ExportFile]] | None = None
    erase: Callable[[UUID], None] | None = None


_holdings: dict[str, Holding] = {}


def register_holdings(found: Iterable[Holding]) -> None:
    """Raises ValueError when a table is claimed twice, or a duty to keep something is not explained."""
    for holding in found:
        if _holdings.get(holding.model, holding) != holding:
            raise ValueError(f"{holding.model} is claimed by two holdings.")
        if not holding.why:
            raise ValueError(f"{holding.model}: say why, for the person whose data it is.")
        _holdings[holding.model] = holding


def holdings() -> list[Holding]:
    """The rooms from the lowest up, each in the order that it wrote them."""
    return list(_holdings.values())


_sharing: list[Callable[[UUID], Iterable[UUID]]] = []


def register_sharing(relationships_of: Callable[[UUID], Iterable[UUID]]) -> None:
    """The room of relationships says which ones a person may read."""
    _sharing.append(relationships_of)


def sharing_of(person_id: UUID) -> Sharing:
    return Sharing(person_id, tuple(dict.fromkeys(key for of in _sharing for key in of(person_id))))


_consequences: list[Callable[[UUID], Iterable[str]]] = []


def register_consequence(sentences: Callable[[UUID], Iterable[str]]) -> None:
    """What closing this person's account would mean, in sentences that are shown before."""
    _consequences.append(sentences)


def consequences_for(person_id: UUID) -> list[str]:
    return [str(sentence) for sentences in _consequences for sentence in sentences(person_id)]
