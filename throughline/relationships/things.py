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
class ThingKind:
    """A kind, described by its room.

    `find(person, id)` is the kind's access: it raises Http404 to whoever may not see the thing.
    `open_items(person, relationship_ids)` and `aside(person, id)` may be left out. Open items are asked once for
    a whole page, so they take a fixed number of queries however many relationships there are.
    """

    name: str
    title: str | Promise
    find: Callable[[Person, UUID], Thing]
    open_items: Callable[[Person, Sequence[UUID]], Iterable[OpenItem]] | None = None
    aside: Callable[[Person, UUID], Aside | None] | None = None


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


def aside_for(person: Person, kind: str, thing_id: UUID) -> Aside | None:
    """Raises Http404 as thing_for does. None when the kind has nothing to show in a side panel."""
    aside = kind_of(kind).aside
    return aside(person, thing_id) if aside else None


def open_items_of(person: Person, relationship_ids: Sequence[UUID]) -> list[OpenItem]:
    """What waits for this person in these, from all rooms: what is due first, then what has no date.

    What this person takes no part in is left out here, so that no kind needs to ask.
    """
    mine = Membership.objects.filter(person=person, left_at=None, relationship_id__in=relationship_ids)
    return open_items_in(person, list(mine.values_list("relationship_id", flat=True)))


def open_items_in(person: Person, own_ids: Sequence[UUID], besides: Collection[str] = ()) -> list[OpenItem]:
    """The same, of relationships that are known to be this person's own. besides: kinds that are not asked."""
    asked = [kind.open_items for kind in kinds() if kind.open_items and kind.name not in besides]
    items = [item for open_items in asked for item in open_items(person, own_ids)] if own_ids else []
    return sorted(items, key=lambda item: (item.due is None, item.due.timestamp() if item.due else 0.0))
