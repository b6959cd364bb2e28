"""Meeting elsewhere: the room's link, going there, and saying afterwards how it went."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.ledger.actions import forget, record
from throughline.meetings.actions.joining import CannotJoinError
from throughline.meetings.actions.requests import CannotChangeError
from throughline.meetings.actions.telling import tell
from throughline.meetings.contacts import fact_of_report
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.elsewhere import STILL_SAID, Way, believable
from throughline.meetings.domain.outcomes import Outcome
from throughline.meetings.domain.rooms import Room, room_of
from throughline.meetings.kinds import REPORTED
from throughline.meetings.models import Meeting, OutsideJoin, OutsideRoom, SelfReport, SelfReportAnswer
from throughline.meetings.queries import still_standing
from throughline.relationships.access import ensure_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def use_outside_room(*, relationship: Relationship, by: Person, url: str) -> OutsideRoom:
    """From now on meetings lead there. The same link twice is one. Raises RoomError, RelationshipEndedError."""
    ensure_open(relationship.pk)
    room = room_of(url)
    running = OutsideRoom.objects.select_for_update().filter(relationship=relationship, ended_at=None).first()
    if running is not None:
        if running.url == room.url:
            return running
        _end(running, by)
    return OutsideRoom.objects.create(relationship=relationship, by=by, url=room.url)


@transaction.atomic
def leave_outside_room(*, relationship: Relationship, by: Person) -> None:
    """Meetings are here again. Twice is once."""
    ensure_open(relationship.pk)
    for running in OutsideRoom.objects.select_for_update().filter(relationship=relationship, ended_at=None):
        _end(running, by)


def _end(room: OutsideRoom, by: Person) -> None:
    room.ended_at, room.ended_by = clock.now(), by
    room.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def go_elsewhere(*, meeting: Meeting, by: Person) -> Room:
    """Write down that this person goes there now, and where it is. Raises CannotJoinError outside the meeting's
    hours, and when there is no such room any more; RelationshipEndedError."""
    ensure_open(meeting.relationship_id)
    room = OutsideRoom.objects.filter(relationship_id=meeting.relationship_id, ended_at=None).first()
    if room is None:
        raise CannotJoinError(_("You meet here again: there is no link to another room any more."))
    if not still_standing(Meeting.objects.filter(pk=meeting.pk)).exists():
        raise CannotJoinError(_("This meeting is off."))
    if door(meeting.planned, clock.now()) is not Door.OPEN:
        raise CannotJoinError(_("You can join from ten minutes before the start to an hour after the end."))
    OutsideJoin.objects.get_or_create(meeting=meeting, person=by)
    return room_of(room.url)


@transaction.atomic
def report_meeting(*, meeting: Meeting, by: Person, started_at: datetime, minutes: int, way: Way) -> SelfReport:
    """Say that it took place elsewhere. Another one confirms it; until then it counts for nothing. Saying it anew
    replaces what nobody has confirmed. Raises CannotChangeError, RelationshipEndedError."""
    ensure_open(meeting.relationship_id)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("settlement").get(pk=meeting.pk)
    now = clock.now()
    if not still_standing(Meeting.objects.filter(pk=found.pk)).exists():
        raise CannotChangeError(_("This meeting was off, so there is nothing to say of it."))
    if hasattr(found, "settlement") and found.settlement.outcome == Outcome.HELD:
        raise CannotChangeError(_("This meeting was held here: its call says so already."))
    if found.start > now or now > found.end + STILL_SAID:
        raise CannotChangeError(_("This is said after a meeting, for two months at most."))
    if not believable(found.start, started_at, minutes, now):
        raise CannotChangeError(_("Say when you really met: within a week of the plan, and over by now."))
    standing = SelfReport.objects.filter(meeting=found).select_related("answer").first()
    if standing is not None:
        said = (standing.started_at, standing.minutes, standing.way) == (started_at, minutes, way.value)
        if hasattr(standing, "answer") and standing.answer.confirmed:
            raise CannotChangeError(_("The other has confirmed what was said of this meeting already."))
        if said and standing.by_id == by.pk and not hasattr(standing, "answer"):
            return standing
        standing.delete()
    made = SelfReport.objects.create(
        meeting=found, relationship_id=found.relationship_id, by=by, started_at=started_at, minutes=minutes, way=way
    )
    tell(REPORTED, found, by)
    return made


@transaction.atomic
def answer_report(*, report: SelfReport, by: Person, confirmed: bool) -> SelfReportAnswer:
    """Confirm it, or say that it was not so. The first answer stands. Raises CannotChangeError for its author,
    RelationshipEndedError."""
    ensure_open(report.relationship_id)
    found = SelfReport.objects.select_for_update(of=("self",)).select_related("meeting", "answer").get(pk=report.pk)
    if found.by_id == by.pk:
        raise CannotChangeError(_("You said this yourself; the other confirms it."))
    if hasattr(found, "answer"):
        return found.answer
    answer = SelfReportAnswer.objects.create(report=found, by=by, confirmed=confirmed)
    if confirmed:
        record(fact_of_report(found))
    else:
        forget(found.source)
    return answer
