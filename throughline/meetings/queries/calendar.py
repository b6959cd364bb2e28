"""A pair's meetings as one of them reads them: on everybody's own clock, to come and past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from throughline.foundation import clock
from throughline.meetings.domain.doors import Door, door
from throughline.meetings.domain.elsewhere import STILL_SAID, Way
from throughline.meetings.domain.local import LocalStart, local_start
from throughline.meetings.domain.outcomes import GRACE, Outcome, Planned, cancelled
from throughline.meetings.models import ChangeRequest, Meeting, OutsideJoin, SelfReport, Withdrawal
from throughline.meetings.queries.planning import schedule_of
from throughline.relationships.domain.states import State
from throughline.relationships.queries import summary_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.agreements.domain.terms import Schedule
    from throughline.relationships.domain.states import Span
    from throughline.relationships.queries import Member

PAGE = 20
_OFF = (Outcome.CANCELLED_EARLY, Outcome.CANCELLED_LATE)


@dataclass(frozen=True)
class Asking:
    """What somebody asks about a meeting and nobody has answered yet. to: None where it is to be left out."""

    request_id: UUID
    called: str
    mine: bool
    to: datetime | None


@dataclass(frozen=True)
class Told:
    """What one side said of a meeting elsewhere. confirmed: None while the other has not answered."""

    report_id: UUID
    called: str
    mine: bool
    started_at: datetime
    minutes: int
    way: Way
    confirmed: bool | None


@dataclass(frozen=True)
class Line:
    """One meeting as one person reads it. outcome: None while it is to come. together: seconds.

    over: the relationship ended, its doors with it. withdrawn: another schedule took its place; or, taken: one of the
    people had another meeting then, so it needs another time. skipped: all agreed to leave it out.
    came: the names of those who were in its call at all. went: who pressed the button to the room elsewhere, and when.
    """

    meeting_id: UUID
    relationship_id: UUID
    planned: Planned
    mine: LocalStart
    others: tuple[LocalStart, ...]
    door: Door
    now: datetime
    in_pause: bool
    withdrawn: bool
    outcome: Outcome | None
    kept: bool
    together: int
    started_at: datetime | None
    came: tuple[str, ...]
    over: bool = False
    skipped: bool = False
    taken: bool = False
    asked: Asking | None = None
    report: Told | None = None
    went: tuple[tuple[str, datetime], ...] = ()
    i_went: bool = False

    @property
    def can_join(self) -> bool:
        return (
            self.door is Door.OPEN
            and not (self.over or self.withdrawn or self.skipped)
            and self.outcome in (None, Outcome.HELD)
        )

    @property
    def can_change(self) -> bool:
        """Whether it may still be moved or called off."""
        off = self.over or self.skipped or (self.withdrawn and not self.taken) or self.outcome is not None
        return not off and self.planned.start > self.now

    @property
    def self_reported(self) -> bool:
        return self.report is not None and self.report.confirmed is True and self.outcome is not Outcome.HELD

    @property
    def can_tell(self) -> bool:
        """Whether one may still say that it took place elsewhere."""
        off = self.over or self.skipped or self.withdrawn or self.outcome in _OFF or self.outcome is Outcome.HELD
        told = self.report is not None and (self.report.confirmed or (self.report.confirmed is None))
        return not off and not told and self.planned.start <= self.now <= self.planned.end + STILL_SAID

    @property
    def moved(self) -> bool:
        return self.planned.start != self.planned.first_start

    @property
    def seconds(self) -> int:
        """The planned length."""
        return int((self.planned.end - self.planned.start).total_seconds())

    @property
    def shifted(self) -> tuple[LocalStart, ...]:
        """Whose clock shows another time than at the meeting before."""
        return tuple(local for local in (self.mine, *self.others) if local.shift)


@dataclass(frozen=True)
class Calendar:
    """upcoming: the soonest first; past: the latest first. older: where the next page of the past begins."""

    schedule: Schedule | None
    upcoming: tuple[Line, ...]
    past: tuple[Line, ...]
    older: datetime | None
    members: tuple[Member, ...] = ()

    @property
    def following(self) -> Line | None:
        """The next one that people are expected at."""
        return next((line for line in self.upcoming if not (line.in_pause or line.skipped or line.withdrawn)), None)


@dataclass(frozen=True)
class _Reader:
    person_id: UUID
    members: Sequence[Member]
    pauses: Sequence[Span]
    now: datetime
    over: bool


def calendar_of(person: Person, relationship_id: UUID, before: datetime | None = None) -> Calendar:
    """What is to come, and a page of the past (from before an instant on). Eight queries, however many meetings."""
    reader = _reader(person, relationship_id)
    taken = Q(withdrawal__why=Withdrawal.Why.TAKEN)
    meetings = _read(Meeting.objects.filter(Q(withdrawal__isnull=True) | taken, relationship_id=relationship_id))
    coming = Q(settlement__isnull=True, cancellation__isnull=True, end__gt=reader.now - GRACE)
    upcoming = list(_with_questions(meetings).filter(coming).exclude(taken, start__lt=reader.now).order_by("start"))
    gone = meetings.exclude(taken).exclude(pk__in=[meeting.pk for meeting in upcoming])
    past = list(gone.filter(start__lt=before or reader.now).order_by("-start")[: PAGE + 1])
    return Calendar(
        schedule=schedule_of(relationship_id),
        upcoming=tuple(_lines(upcoming, past, reader)) if before is None else (),
        past=tuple(_line(meeting, None, reader) for meeting in past[:PAGE]),
        older=past[PAGE - 1].start if len(past) > PAGE else None,
        members=tuple(reader.members),
    )


def line_of(person: Person, meeting: Meeting) -> Line:
    """One meeting as this person reads it, against the one before it in its series."""
    reader = _reader(person, meeting.relationship_id)
    found = _with_questions(Meeting.objects.filter(pk=meeting.pk)).get()
    earlier = Meeting.objects.filter(series=meeting.series_id, first_start__lt=meeting.first_start)
    before = earlier.order_by("-first_start").values_list("first_start", flat=True).first()
    return _line(found, before, reader)


def _reader(person: Person, relationship_id: UUID) -> _Reader:
    summary = summary_of(person, relationship_id)
    if summary is None:
        raise Http404
    return _Reader(person.pk, summary.members, summary.pauses, clock.now(), over=summary.state is State.ENDED)


def _read(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    found = meetings.select_related("settlement", "cancellation", "withdrawal", "skip", "report__answer")
    return found.prefetch_related("settlement__attendances", Prefetch("outside_joins", to_attr="joins"))


def _with_questions(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """What is asked about a meeting stays open only until it begins."""
    waiting = ChangeRequest.objects.filter(end__isnull=True).order_by("-at")
    return _read(meetings).prefetch_related(Prefetch("requests", waiting, to_attr="asked"))


def _lines(upcoming: Iterable[Meeting], past: Iterable[Meeting], reader: _Reader) -> Iterable[Line]:
    last = {meeting.series_id: meeting.first_start for meeting in sorted(past, key=lambda m: m.first_start)}
    for meeting in upcoming:
        yield _line(meeting, last.get(meeting.series_id), reader)
        last[meeting.series_id] = meeting.first_start


def _line(meeting: Meeting, before: datetime | None, reader: _Reader) -> Line:
    called = {member.person_id: member.called for member in reader.members}
    locals_ = {
        member.person_id: local_start(member.called, member.zone, meeting.start, before) for member in reader.members
    }
    settled = getattr(meeting, "settlement", None)
    joins: list[OutsideJoin] = sorted(getattr(meeting, "joins", ()), key=lambda join: join.at)
    return Line(
        meeting_id=meeting.pk,
        relationship_id=meeting.relationship_id,
        planned=meeting.planned,
        mine=locals_.pop(reader.person_id),
        others=tuple(locals_.values()),
        door=door(meeting.planned, reader.now),
        now=reader.now,
        in_pause=any(pause.covers(meeting.first_start) for pause in reader.pauses),
        withdrawn=hasattr(meeting, "withdrawal"),
        outcome=_outcome(meeting),
        kept=settled is not None and settled.kept,
        together=settled.together if settled else 0,
        started_at=settled.started_at if settled else None,
        came=tuple(called.get(a.person_id, "") for a in settled.attendances.all()) if settled else (),
        over=reader.over,
        skipped=hasattr(meeting, "skip"),
        taken=hasattr(meeting, "withdrawal") and meeting.withdrawal.why == Withdrawal.Why.TAKEN,
        report=_told(getattr(meeting, "report", None), reader, called),
        went=tuple((called.get(join.person_id, ""), join.at) for join in joins),
        i_went=any(join.person_id == reader.person_id for join in joins),
        asked=next((_asking(each, reader, called) for each in getattr(meeting, "asked", ())), None),
    )


def _told(report: SelfReport | None, reader: _Reader, called: dict[UUID, str]) -> Told | None:
    if report is None:
        return None
    confirmed = report.answer.confirmed if hasattr(report, "answer") else None
    mine = report.by_id == reader.person_id
    name = called.get(report.by_id, "")
    return Told(report.pk, name, mine, report.started_at, report.minutes, Way(report.way), confirmed)


def _asking(request: ChangeRequest, reader: _Reader, called: dict[UUID, str]) -> Asking:
    return Asking(request.pk, called.get(request.by_id, ""), request.by_id == reader.person_id, request.to)


def _outcome(meeting: Meeting) -> Outcome | None:
    if hasattr(meeting, "cancellation"):
        return cancelled(meeting.planned, meeting.cancellation.at)
    return Outcome(meeting.settlement.outcome) if hasattr(meeting, "settlement") else None
