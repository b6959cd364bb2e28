"""Held meetings as facts of the ledger: recorded when settled, replayed when the ledger is rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from throughline.ledger.domain.facts import Fact, Kind, Medium, Part
from throughline.meetings.domain.outcomes import Outcome
from throughline.meetings.models import SelfReport, Settlement


def facts() -> Iterator[Fact]:
    held = Settlement.objects.filter(outcome=Outcome.HELD).select_related("meeting").prefetch_related("attendances")
    for settlement in held.order_by("pk").iterator(chunk_size=500):
        if fact := fact_of(settlement):
            yield fact
    said = SelfReport.objects.filter(answer__confirmed=True).order_by("pk")
    for report in said.iterator(chunk_size=500):
        yield fact_of_report(report)


def fact_of_report(report: SelfReport) -> Fact:
    """What both say of a meeting elsewhere. It is marked as said, and never joins what calls have measured."""
    return Fact(
        source=report.source,
        relationship_id=report.relationship_id,
        kind=Kind.ELSEWHERE,
        medium=Medium(report.way),
        started_at=report.started_at,
        ended_at=report.started_at + timedelta(minutes=report.minutes),
        initiator_id=report.by_id,
        together=report.minutes * 60,
        session=True,
        self_reported=True,
    )


def fact_of(settlement: Settlement) -> Fact | None:
    """The fact of a held meeting; None of any other, whose calls are contacts by themselves."""
    if settlement.outcome != Outcome.HELD or settlement.started_at is None or settlement.ended_at is None:
        return None
    meeting = settlement.meeting
    attendances = sorted(settlement.attendances.all(), key=lambda attendance: attendance.person_id)
    return Fact(
        source=meeting.occasion,
        relationship_id=meeting.relationship_id,
        kind=Kind.MEETING,
        # The share that practices call a video session: both cameras for at least half of the time together.
        medium=Medium.VIDEO if 2 * settlement.both_video >= settlement.together else Medium.VOICE,
        started_at=settlement.started_at,
        ended_at=settlement.ended_at,
        occasion=meeting.occasion,
        together=settlement.together,
        both_voice=settlement.both_voice,
        both_video=settlement.both_video,
        session=True,
        parts=tuple(Part(came.person_id, came.present, came.voice, came.video) for came in attendances),
    )
