"""What the rooms below announce, each answered by one action."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.dispatch import receiver

from throughline.agreements.signals import agreement_signed
from throughline.calendars.signals import calendar_opened, event_deleted_by_person, event_moved_by_person
from throughline.calls.signals import call_ended
from throughline.meetings.actions import end_series, plan_series, settle_meeting, top_up
from throughline.meetings.actions.in_calendars import ask_for_calendars, put_back, show_in_calendars
from throughline.meetings.actions.wishes import wish_for, wish_off
from throughline.meetings.domain.occasions import meeting_of
from throughline.meetings.signals import change_ended, occurrences_changed
from throughline.relationships.signals import pause_accepted, relationship_ended, relationship_resumed

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@receiver(agreement_signed)
def plan(relationship_id: UUID, version_id: UUID, **_: Any) -> None:
    plan_series(relationship_id=relationship_id, version_id=version_id)


@receiver(call_ended)
def settle(occasion: str, **_: Any) -> None:
    if meeting_id := meeting_of(occasion):
        settle_meeting(meeting_id=meeting_id)


@receiver(pause_accepted)
def plan_past_the_pause(relationship_id: UUID, **_: Any) -> None:
    top_up(relationship_id=relationship_id)
    ask_for_calendars(relationship_id=relationship_id)


@receiver(relationship_ended)
def end(relationship_id: UUID, **_: Any) -> None:
    end_series(relationship_id=relationship_id)


@receiver(occurrences_changed)
@receiver(relationship_resumed)
def keep_calendars_in_step(relationship_id: UUID, **_: Any) -> None:
    ask_for_calendars(relationship_id=relationship_id)


@receiver(calendar_opened)
def fill_a_calendar(person: Person, **_: Any) -> None:
    show_in_calendars(person=person)


@receiver(change_ended)
def put_the_block_back(meeting_id: UUID, **_: Any) -> None:
    put_back(meeting_id=meeting_id)


@receiver(event_moved_by_person)
def ask_for_another_time(source: str, person_id: UUID, start: datetime, **_: Any) -> None:
    wish_for(source=source, person_id=person_id, start=start)


@receiver(event_deleted_by_person)
def ask_to_be_off(source: str, person_id: UUID, **_: Any) -> None:
    wish_off(source=source, person_id=person_id)
