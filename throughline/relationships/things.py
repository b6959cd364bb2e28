"""Things: what rooms point at without importing each other.

A link, a mention, an agenda topic, a notice or a call's side panel holds `(kind, id)` and resolves it here.
The kind's own room finds the thing for the person who reads, so a private title never leaks:

    register_kind(ThingKind("commitments.commitment", _("commitment"), find=commitment_thing))
    thing_for(request.user, "commitments.commitment", commitment_id).title

Each room registers in its AppConfig.ready.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise

from throughline.relationships.models import Membership

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Thing:
    """A thing as one person may see it: `title` may be content, so it is shown and never stored or logged."""

    kind: str
    id: UUID
    title: str
    address: str
    until: datetime | None = None
    """When it is planned to end, if it is: a call about it says so shortly before."""


@dataclass(frozen=True)
class OpenItem:
    """A thing that waits for this person: `act` says what to do ("Answer the pause"), `due` until when, if said."""

    thing: Thing
    relationship_id: UUID
    act: str
    due: datetime | None = None


@dataclass(frozen=True)
class Aside:
    """How a thing looks in the side panel of a call: a template of its room, with what it needs."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Choice:
    """A thing that a list offers to be pointed at. words: what its title does not say, such as how a message begins;
    they are shown to this person, and neither stored nor logged. at: when it was."""

    thing: Thing
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class ThingKind:
    """A kind, described by its room.

    `find(person, id)` is the kind's access: it raises Http404 to whoever may not see the thing. The rest may be left
    out. `open_items(person, relationship_ids)` is asked once for a whole page, so it takes a fixed number of queries
    however many relationships there are; so is `aside(person, id)`.

    The caller of the last two knows that this person takes part in the relationship. `choices(person,
    relationship_id, words)`: the newest of its things there, at most CHOICES, or those that contain these words,
    however they are written. `find_in(person, relationship_id, ids)`: those of these that lie there, in one query.
    """

    name: str
    title: str | Promise
    find: Callable[[Person, UUID], Thing]
    open_items: Callable[[Person, Sequence[UUID]], Iterable[OpenItem]] | None = None
    aside: Callable[[Person, UUID], Aside | None] | None = None
    choices: Callable[[Person, UUID, str], Iterable[Choice]] | None = None
    find_in: Callable[[Person, UUID, Sequence[UUID]], Iterable[Thing]] | None = None


CHOICES = 12
_kinds: dict[str, ThingKind] = {}


def register_kind(kind: ThingKind) -> None:
    """Raises ValueError when another room already has the name."""
    if _kinds.get(kind.name, kind) != kind:
        raise ValueError(f"The kind of thing {kind.name!r} is registered twice.")
    _kinds[kind.name] = kind


def kind_of(name: str) -> ThingKind:
    """Raises Http404 for a name that no room registered: a link from a newer version, or a hostile one."""
    if name not in _kinds:
        raise Http404
    return _kinds[name]


def kinds() -> list[ThingKind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def thing_for(person: Person, kind: str, thing_id: UUID) -> Thing:
    """Raises Http404 when there is no such thing for this person."""
    return kind_of(kind).find(person, thing_id)


def things_in(person: Person, relationship_id: UUID, ids: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Thing]:
    """What lies behind these kinds and ids in a relationship of this person's. What is gone, is elsewhere or may not
    be seen is left out. One query a kind."""
    wanted: dict[str, list[UUID]] = {}
    for name, thing_id in dict.fromkeys(ids):
        wanted.setdefault(name, []).append(thing_id)
    found = {}
    for name, some in wanted.items():
        kind = _kinds.get(name)
        if kind is not None and kind.find_in is not None:
            found.update({(name, thing.id): thing for thing in kind.find_in(person, relationship_id, some)})
    return found


def choices_in(
    person: Person, relationship_id: UUID, words: str = "", besides: Collection[tuple[str, UUID]] = ()
) -> list[tuple[ThingKind, list[Choice]]]:
    """What this person may point at in a relationship of theirs, kind by kind: those of which something was newest
    first, then those without a time. Kinds with nothing are left out."""
    found: list[tuple[ThingKind, list[Choice]]] = []
    for kind in kinds():
        offered = kind.choices(person, relationship_id, words) if kind.choices else ()
        if choices := [one for one in offered if (one.thing.kind, one.thing.id) not in besides][:CHOICES]:
            found.append((kind, choices))
    return sorted(found, key=lambda each: -max((one.at.timestamp() for one in each[1] if one.at), default=0.0))


def aside_for(person: Person, kind: str, thing_id: UUID) -> Aside | None:
    """Raises Http404 as thing_for does. None when the kind has nothing to show in a side panel."""
    aside = kind_of(kind).aside
    return aside(person, thing_id) if aside else None


def open_items_of(person: Person, relationship_ids: Sequence[UUID]) -> list[OpenItem]:
    """What waits for this person in these, from all rooms: what is due first, then what has no date.

    What this person takes no part in, and what has ended, is left out here, so that no kind needs to ask.
    """
    mine = Membership.objects.filter(
        person=person, left_at=None, relationship_id__in=relationship_ids, relationship__ending__isnull=True
    )
    return open_items_in(person, list(mine.values_list("relationship_id", flat=True)))


def open_items_in(person: Person, own_ids: Sequence[UUID], besides: Collection[str] = ()) -> list[OpenItem]:
    """The same, of relationships that are known to be this person's own and not over. besides: kinds not asked."""
    asked = [kind.open_items for kind in kinds() if kind.open_items and kind.name not in besides]
    items = [item for open_items in asked for item in open_items(person, own_ids)] if own_ids else []
    return sorted(items, key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0.0))
