"""What is on a meeting's agenda. Either adds to it and either ends an item; twice is once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.foundation.ids import new_id
from throughline.meetings.access import ensure_member
from throughline.meetings.domain.agenda import MOST_ITEMS, ItemEnd
from throughline.meetings.models import AgendaEnd, AgendaItem, Meeting
from throughline.relationships.access import ensure_open
from throughline.relationships.things import thing_for

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class CannotAddError(Exception):
    """A sentence for whoever tried."""


@transaction.atomic
def add_to_agenda(*, meeting: Meeting, by: Person, words: str, once: UUID | None = None) -> AgendaItem:
    """In words. `once` is made by the form: the same value twice is one item. Raises CannotAddError when it is full."""
    _ensure_room(meeting, by)
    made = AgendaItem.objects.filter(pk=once, meeting=meeting, by=by).first() if once else None
    return made or _put(meeting, by, once, words=words)


@transaction.atomic
def add_thing_to_agenda(*, meeting: Meeting, by: Person, thing: tuple[str, UUID]) -> AgendaItem:
    """A thing of another room that this person may see. Raises Http404 for any other, and CannotAddError."""
    _ensure_room(meeting, by)
    kind, thing_id = thing
    thing_for(by, kind, thing_id)
    known = AgendaItem.objects.filter(meeting=meeting, thing_kind=kind, thing_id=thing_id).first()
    if known is None:
        return _put(meeting, by, None, words="", thing_kind=kind, thing_id=thing_id)
    AgendaEnd.objects.filter(item=known).delete()  # it was taken off, and is wanted again
    return known


@transaction.atomic
def carry_over(*, item: AgendaItem, to: Meeting, by: Person) -> AgendaItem:
    """What was not talked about stands on a later meeting's agenda. Raises CannotAddError for others' meetings."""
    if item.relationship_id != to.relationship_id:
        raise CannotAddError(_("This stands on the agenda of somebody else's meeting."))
    _ensure_room(to, by)
    made = AgendaItem.objects.filter(meeting=to, carries=item).first()
    if made is None:
        made = _put(to, by, None, words=item.words, carries=item)
    AgendaEnd.objects.get_or_create(item=item, defaults={"by": by, "end": ItemEnd.CARRIED})
    return made


@transaction.atomic
def end_item(*, item: AgendaItem, by: Person, end: ItemEnd) -> AgendaEnd:
    ensure_member(by, item.relationship_id)
    ensure_open(item.relationship_id)
    return AgendaEnd.objects.get_or_create(item=item, defaults={"by": by, "end": end})[0]


@transaction.atomic
def take_back_end(*, item: AgendaItem, by: Person) -> None:
    """It is to be talked about after all."""
    ensure_member(by, item.relationship_id)
    ensure_open(item.relationship_id)
    AgendaEnd.objects.filter(item=item).exclude(end=ItemEnd.CARRIED).delete()


def _ensure_room(meeting: Meeting, by: Person) -> None:
    """Under the meeting's lock, so that two who add at one moment do not both take the last place."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    ensure_member(by, meeting.relationship_id)
    ensure_open(meeting.relationship_id)
    if AgendaItem.objects.filter(meeting=meeting, end__isnull=True).count() >= MOST_ITEMS:
        words = _("There are %(most)s things on this agenda already: no meeting holds more.")
        raise CannotAddError(words % {"most": MOST_ITEMS})


def _put(meeting: Meeting, by: Person, once: UUID | None, **values: object) -> AgendaItem:
    free = once and not AgendaItem.objects.filter(pk=once).exists()
    return AgendaItem.objects.create(
        id=once if free else new_id(), meeting=meeting, relationship_id=meeting.relationship_id, by=by, **values
    )
