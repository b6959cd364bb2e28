"""What became of a meeting, from its calls."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from throughline.calls.queries import people_on, talks_of
from throughline.foundation import clock
from throughline.ledger.actions import forget, record
from throughline.meetings.contacts import fact_of
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.outcomes import Outcome, Verdict, judge
from throughline.meetings.models import Attendance, Meeting, OutsideJoin, Settlement
from throughline.meetings.queries import still_standing


@transaction.atomic
def settle_meeting(*, meeting_id: UUID) -> None:
    """Say what became of a meeting, from all its calls so far. Until its door shuts only "held" can be said, since
    more may come; a call that ends later settles it again."""
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    if meeting is None:
        return
    went = set(OutsideJoin.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    verdict = judge(meeting.planned, talks_of(meeting.occasion), people_on(meeting.occasion) | went)
    if verdict.outcome is not Outcome.HELD and door(meeting.planned, clock.now()) is not Door.SHUT:
        return
    fact = fact_of(_settle(meeting, verdict))
    if fact:
        record(fact)
    else:
        forget(meeting.occasion)


def _settle(meeting: Meeting, verdict: Verdict) -> Settlement:
    settlement, _made = Settlement.objects.update_or_create(
        meeting=meeting,
        defaults={
            "at": clock.now(),
            "outcome": verdict.outcome,
            "kept": verdict.kept,
            "together": verdict.together,
            "both_voice": verdict.both_voice,
            "both_video": verdict.both_video,
            "started_at": verdict.started_at,
            "ended_at": verdict.ended_at,
        },
    )
    Attendance.objects.filter(settlement=settlement).delete()
    Attendance.objects.bulk_create(
        Attendance(
            settlement=settlement, person_id=part.person_id, present=part.present, voice=part.voice, video=part.video
        )
        for part in verdict.parts
    )
    return settlement
