"""What lies behind evidence and links, and what here could be either: things of any room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from throughline.relationships.things import Thing, things_in

if TYPE_CHECKING:
    from throughline.accounts.models import Person

Key = tuple[str, UUID]


@dataclass(frozen=True)
class Proof:
    """What lies with a point or a goal: an address, or a thing that this reader may see."""

    link: str = ""
    thing: Thing | None = None

    def __bool__(self) -> bool:
        return bool(self.link or self.thing)


def key_in(plain: Mapping[str, Any]) -> Key | None:
    """The thing that an entry or a link names, if it names one."""
    return (plain["thing"][0], UUID(plain["thing"][1])) if "thing" in plain else None


def things_behind(person: Person, relationship_id: UUID, keys: Iterable[Key | None]) -> dict[Key, Thing]:
    """At most one query a kind, however many there are."""
    return things_in(person, relationship_id, [key for key in keys if key is not None])


def proof_of(plain: Mapping[str, Any], things: Mapping[Key, Thing]) -> Proof:
    """A thing that this reader may not see, or that is gone, is left out."""
    key = key_in(plain)
    return Proof(plain.get("link", ""), things.get(key) if key else None)


def is_here(person: Person, relationship_id: UUID, key: Key) -> bool:
    """Whether this person could point at it in this relationship."""
    return key in things_in(person, relationship_id, [key])
