"""What is on a meeting's agenda, and what could be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.coediting.queries import html_of
from throughline.commitments.queries import KIND as COMMITMENT
from throughline.commitments.queries import commitments_in
from throughline.meetings.domain.agenda import ItemEnd
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.models import AgendaItem, Meeting, Notes
from throughline.relationships.things import Thing, thing_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person
    from throughline.commitments.queries import Promise

SUGGEST_DUE_WITHIN = timedelta(days=7)
"""How long after the meeting something taken on may be due to be worth a word there."""


@dataclass(frozen=True)
class Item:
    """As one reader sees it. address: of the thing, when it is one. hidden: a thing that this reader may not see."""

    id: UUID
    title: str
    address: str
    by_called: str
    end: ItemEnd | None
    carried: bool
    hidden: bool


@dataclass(frozen=True)
class Agenda:
    """items: what is to be talked about, in the order in which it was added, then what was. left: items of the last
    meeting that nobody talked about. promises: what somebody took on and that is due about then or over its day."""

    items: tuple[Item, ...]
    left: tuple[Item, ...]
    promises: tuple[Promise, ...]

    @property
    def open(self) -> int:
        return sum(item.end is None for item in self.items)


@dataclass(frozen=True)
class Written:
    """The notes: the document to write in, None before somebody begins; and how they read, as clean HTML."""

    document_id: UUID | None
    html: str


def agenda_of(reader: Person, meeting: Meeting, *, suggest: bool) -> Agenda:
    """suggest: also what could be on it; for a meeting that is to come. One query, three with suggestions, and those
    of each thing that stands on it."""
    rows = list(_standing(AgendaItem.objects.filter(meeting=meeting)))
    items = [_item(reader, row) for row in rows]
    going, ended = [each for each in items if each.end is None], [each for each in items if each.end is not None]
    shown = tuple(going + [each for each in ended if each.end is not ItemEnd.DROPPED])
    if not suggest:
        return Agenda(shown, (), ())
    carried = {row.carries_id for row in rows}
    left = [_item(reader, row) for row in _left_before(meeting) if row.pk not in carried]
    there = {row.thing_id for row in rows if row.thing_kind == COMMITMENT and not _dropped(row)}
    return Agenda(shown, tuple(left), tuple(_worth_a_word(meeting, there)))


def notes_of(meeting: Meeting) -> Written:
    """One query, and two for what is written."""
    document_id = Notes.objects.filter(meeting=meeting).values_list("document_id", flat=True).first()
    return Written(document_id, html_of(document_id) if document_id else "")


def _standing(rows: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return rows.select_related("by", "end", "carries").order_by("at", "pk")


def _left_before(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Of the last meeting before this one that had an agenda."""
    before = AgendaItem.objects.filter(
        relationship_id=meeting.relationship_id, meeting__start__lt=meeting.start
    ).order_by("-meeting__start")
    last = before.values_list("meeting_id", flat=True)[:1]
    return _standing(AgendaItem.objects.filter(meeting_id__in=last, end__isnull=True, thing_id__isnull=True))


def _worth_a_word(meeting: Meeting, there: set[UUID | None]) -> list[Promise]:
    until: date = (meeting.start + SUGGEST_DUE_WITHIN).date()
    promises = commitments_in(meeting.relationship_id)
    here = (KIND, meeting.pk)  # what was taken on at this very meeting
    due = [one for one in promises if one.ended_at is None and one.due <= until]
    return [one for one in due if one.id not in there and one.origin != here]


def _dropped(row: AgendaItem) -> bool:
    return hasattr(row, "end") and row.end.end == ItemEnd.DROPPED


def _item(reader: Person, row: AgendaItem) -> Item:
    thing = _thing(reader, row)
    return Item(
        id=row.pk,
        title=thing.title if thing else row.words,
        address=thing.address if thing else "",
        by_called=row.by.called,
        end=ItemEnd(row.end.end) if hasattr(row, "end") else None,
        carried=row.carries_id is not None,
        hidden=row.thing_id is not None and thing is None,
    )


def _thing(reader: Person, row: AgendaItem) -> Thing | None:
    """None for words, and for what is gone or not for this reader."""
    if row.thing_id is None:
        return None
    try:
        return thing_for(reader, row.thing_kind, row.thing_id)
    except Http404:
        return None
