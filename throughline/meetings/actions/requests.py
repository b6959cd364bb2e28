"""Asking the others for another time, or to leave a meeting out; and taking it back.

What is protected changes only with a reason and the others' consent. So long as nobody has answered, the new time is
held: nothing else can be booked over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.accounts.queries import availability_of, people_by_id
from throughline.agreements.actions import NothingNewError, UnfitError, propose_change
from throughline.agreements.queries.wording import say
from throughline.foundation import clock
from throughline.meetings.actions.holding import hold_time_of
from throughline.meetings.actions.telling import tell_of_request
from throughline.meetings.domain.changing import How, Scope, cadence_window, schedule_moved
from throughline.meetings.domain.slots import BREATH
from throughline.meetings.kinds import ASKED, WITHDRAWN
from throughline.meetings.models import ChangeEnd, ChangeRequest, Meeting
from throughline.meetings.queries import protected_times, three_slots
from throughline.meetings.signals import change_ended
from throughline.relationships.access import ensure_open
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.meetings.domain.soonest import FreeSlot


class CannotChangeError(Exception):
    """Says to a person why this cannot be, with times that could. Nothing was changed."""

    def __init__(self, sentence: str, slots: Sequence[FreeSlot] = ()) -> None:
        super().__init__(sentence)
        self.slots = tuple(slots)


@transaction.atomic
def ask_move(*, occurrence: Meeting, by: Person, to: datetime, reason: str, scope: Scope = Scope.THIS) -> ChangeRequest:
    """Ask the others for another time. The same question twice is one; another one by the same person takes the first
    back; one by somebody who was asked answers theirs with it.

    THIS waits for the others. FOLLOWING and SERIES would change what is signed, so they become a proposal to the
    agreement: the request is closed at once and its end names it. Raises CannotChangeError, RelationshipEndedError.
    """
    ensure_open(occurrence.relationship_id)
    meeting = _held(occurrence)
    _ensure_ahead(meeting)
    if scope is not Scope.THIS:
        return _proposed(meeting, by, to, reason, scope)
    if twin := _standing(meeting, by, to):
        return twin
    _ensure_free(meeting, to)
    return _ask(meeting, by, to, reason)


@transaction.atomic
def ask_skip(*, occurrence: Meeting, by: Person, reason: str) -> ChangeRequest:
    """Ask the others to leave a meeting out, because one of its people is away then. Raises CannotChangeError,
    RelationshipEndedError."""
    ensure_open(occurrence.relationship_id)
    meeting = _held(occurrence)
    _ensure_ahead(meeting)
    if hasattr(meeting, "withdrawal"):
        raise CannotChangeError(_("This meeting has no time yet, so there is nothing to leave out."))
    if not somebody_is_away(meeting):
        raise CannotChangeError(
            _("A meeting is left out only when one of you is away on that day. Enter the days you are away in your "
              "profile first; or move it, or call it off.")
        )  # fmt: skip
    return _standing(meeting, by, None) or _ask(meeting, by, None, reason)


@transaction.atomic
def withdraw_move(*, request: ChangeRequest, by: Person) -> ChangeEnd:
    """Take one's own question back. How it ended already, if it has; somebody else's stays as it is and raises
    CannotChangeError."""
    locked = ChangeRequest.objects.select_for_update().get(pk=request.pk)
    if locked.by_id != by.pk:
        raise CannotChangeError(_("Only the one who asked can take it back. You can decline it."))
    if not locked.open:
        return locked.end
    end = ChangeEnd.objects.create(request=locked, how=How.WITHDRAWN, by=by)
    tell_of_request(WITHDRAWN, locked, by)
    change_ended.send(ChangeRequest, meeting_id=locked.meeting_id)
    return end


def overtake(meeting: Meeting) -> bool:
    """The meeting is gone, and with it what was asked about it. Whether anything was."""
    left = list(ChangeRequest.objects.select_for_update(of=("self",)).filter(meeting=meeting, end__isnull=True))
    ChangeEnd.objects.bulk_create(ChangeEnd(request=request, how=How.OVERTAKEN) for request in left)
    return bool(left)


def somebody_is_away(meeting: Meeting) -> bool:
    """Whether one of its people has said to be away on that day of theirs."""
    people = people_by_id(member.person_id for member in members_of(meeting.relationship_id))
    days = [(person, meeting.start.astimezone(ZoneInfo(person.zone)).date()) for person in people.values()]
    return any(availability_of(person).is_away(day) for person, day in days)


def ensure_room(meeting: Meeting, to: datetime) -> None:
    """Raises CannotChangeError when somebody has another meeting then, or too near to it, with three other times."""
    ids = [member.person_id for member in members_of(meeting.relationship_id)]
    end = to + (meeting.end - meeting.start)
    if protected_times(ids, to - BREATH, end + BREATH, besides=meeting.pk):
        raise CannotChangeError(
            _("That time is gone: one of you has another meeting then, or less than ten minutes beside it."),
            free_for(meeting),
        )


def free_for(meeting: Meeting) -> list[FreeSlot]:
    """Three times that this meeting could have instead."""
    return three_slots(
        meeting.relationship,
        clock.now(),
        minutes=int((meeting.end - meeting.start).total_seconds()) // 60,
        within=cadence_window(meeting.first_start, meeting.series.schedule.cadence),
        besides=meeting.pk,
    )


def _held(occurrence: Meeting) -> Meeting:
    """As it is now, under the locks of its people's time and of its own row."""
    hold_time_of(member.person_id for member in members_of(occurrence.relationship_id))
    rows = Meeting.objects.select_for_update(of=("self",))
    rows = rows.select_related("series", "relationship", "settlement", "cancellation", "withdrawal", "skip")
    return rows.get(pk=occurrence.pk)


def _ensure_ahead(meeting: Meeting) -> None:
    """Past and held meetings never change."""
    if hasattr(meeting, "settlement") or meeting.start <= clock.now():
        raise CannotChangeError(_("This meeting has begun or is over. What has been stays as it was."))
    if hasattr(meeting, "cancellation"):
        raise CannotChangeError(_("This meeting was called off."))
    if hasattr(meeting, "skip"):
        raise CannotChangeError(_("You both agreed to leave this meeting out."))
    if hasattr(meeting, "withdrawal") and meeting.withdrawal.why != meeting.withdrawal.Why.TAKEN:
        raise CannotChangeError(_("This meeting fell away when you signed another schedule."))


def _standing(meeting: Meeting, by: Person, to: datetime | None) -> ChangeRequest | None:
    """The same question, still open. Any other open one of this meeting is closed by the new one."""
    for request in ChangeRequest.objects.filter(meeting=meeting, end__isnull=True):
        if request.by_id == by.pk and request.to == to:
            return request
    return None


def _ensure_free(meeting: Meeting, to: datetime) -> None:
    now = clock.now()
    if to == meeting.start and not hasattr(meeting, "withdrawal"):
        raise CannotChangeError(_("That is the time it has already."), free_for(meeting))
    if to <= now:
        raise CannotChangeError(_("That time has passed."), free_for(meeting))
    since, until = cadence_window(meeting.first_start, meeting.series.schedule.cadence)
    if not since <= to <= until:
        raise CannotChangeError(
            _("A meeting stays near its own time, so that the rhythm holds: at most half the time between two of "
              "your meetings earlier or later."),
            free_for(meeting),
        )  # fmt: skip
    ensure_room(meeting, to)


def _ask(meeting: Meeting, by: Person, to: datetime | None, reason: str) -> ChangeRequest:
    for earlier in ChangeRequest.objects.filter(meeting=meeting, end__isnull=True):
        how = How.WITHDRAWN if earlier.by_id == by.pk else How.COUNTERED
        ChangeEnd.objects.create(request=earlier, how=how, by=by)
    request = ChangeRequest.objects.create(
        meeting=meeting,
        relationship_id=meeting.relationship_id,
        by=by,
        scope=Scope.THIS,
        before=meeting.start,
        to=to,
        reason=reason,
    )
    tell_of_request(ASKED, request, by)
    return request


def _proposed(meeting: Meeting, by: Person, to: datetime, reason: str, scope: Scope) -> ChangeRequest:
    schedule = meeting.series.schedule
    if to <= clock.now():
        raise CannotChangeError(_("That time has passed."), free_for(meeting))
    changed = schedule_moved(schedule, to, scope, clock.today_in(schedule.zone))
    try:
        proposal = propose_change(by=by, relationship=meeting.relationship, part=changed, reason=reason, proof=None)
    except NothingNewError as error:
        raise CannotChangeError(_("That is the time that you have signed already.")) from error
    except UnfitError as error:
        raise CannotChangeError(" ".join(say(sentence) for sentence in error.sentences)) from error
    known = (
        ChangeEnd.objects.filter(request__meeting=meeting, proposal_id=proposal.pk).select_related("request").first()
    )
    if known:
        return known.request
    request = ChangeRequest.objects.create(
        meeting=meeting,
        relationship_id=meeting.relationship_id,
        by=by,
        scope=scope,
        before=meeting.start,
        to=to,
        reason=reason,
    )
    ChangeEnd.objects.create(request=request, how=How.PROPOSED, by=by, proposal_id=proposal.pk)
    return request
