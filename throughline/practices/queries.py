"""The guide's practices for one relationship, from the ledger, the meetings and the signed agreement."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from throughline.accounts.domain.availability import Availability
from throughline.accounts.queries import availability_of, people_by_id
from throughline.agreements.domain.beside import Beside
from throughline.agreements.domain.reply_clock import answer_by
from throughline.agreements.domain.terms import PartKind
from throughline.agreements.queries import framing_of, terms_in_force
from throughline.foundation.prepared import prepared
from throughline.goals.queries import goal_facts_of, touches_of
from throughline.ledger.queries import happened_in
from throughline.meetings.queries import free_times_in, future_count_of, outcomes_of, shifts_told_in
from throughline.messaging.queries import Asked, asked_in
from throughline.practices.domain.measure import Measure, Reader, Reading, Status, Step
from throughline.practices.domain.record import Ask, Record, Side, window_start
from throughline.practices.domain.weeks import LOOKED_BACK
from throughline.practices.kinds import Practice, practices
from throughline.practices.models import CameraAnswer, StepAside
from throughline.relationships.access import is_open
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import Span
from throughline.relationships.queries import Member, members_of, pauses_of, started_by_relationship
from throughline.relationships.things import kind_of, open_items_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person

# Far enough back for the last eight due meetings of a monthly series with a long pause.
_FAR = timedelta(days=730)
_WORST_FIRST = (Status.SHORT, Status.OK, Status.TOO_EARLY, Status.NOTHING_YET, Status.DOES_NOT_APPLY)
_USUAL_MINUTES = 50


def measures_of(relationship_id: UUID, at: datetime) -> list[Measure]:
    """Every practice, in the guide's order. A fixed number of queries, however much happened."""
    record = whole_record_of(relationship_id, at)
    return [measured(practice, record) for practice in practices()]


def measures_in(record: Record, ids: Collection[str]) -> list[Measure]:
    """Some of the practices, in the guide's order, from what was read already. No query."""
    return [measured(practice, record) for practice in practices() if practice.id in ids]


@dataclass(frozen=True)
class Known:
    """What a page has read of a relationship already: who is in it, since when, and the pauses that all accepted."""

    members: tuple[Member, ...]
    began: datetime | None
    pauses: tuple[Span, ...]


def known_of(relationship_id: UUID) -> Known:
    """Three queries."""
    began = started_by_relationship([relationship_id]).get(relationship_id)
    return Known(members_of(relationship_id), began, tuple(pauses_of(relationship_id)))


def record_of(relationship_id: UUID, at: datetime, known: Known | None = None) -> Record:
    """What measures may look at, as of this instant."""
    known = known or known_of(relationship_id)
    outcomes = outcomes_of(relationship_id, at - _FAR, at, known.pauses)
    happened = happened_in(relationship_id, min(window_start(outcomes, at), at - LOOKED_BACK), at)
    return Record(
        now=at,
        contacts=tuple(happened.contacts),
        outcomes=tuple(outcomes),
        ahead=future_count_of(relationship_id, at, known.pauses),
        terms=terms_in_force(relationship_id),
        pauses=known.pauses,
        turns=tuple(happened.turns),
        sides=tuple(Side(m.person_id, m.called, m.role is Role.MENTOR) for m in known.members),
        began=known.began,
        answers=tuple(_answers(relationship_id, at)),
    )


def whole_record_of(relationship_id: UUID, at: datetime) -> Record:
    """With what only the practices' own pages show: how the agreement came about, questions asked, and goals."""
    record = record_of(relationship_id, at)
    asked = asked_in(relationship_id, at - LOOKED_BACK, at)
    people = people_by_id(side.person_id for side in record.sides)
    said = {side.person_id: availability_of(people[side.person_id]) for side in record.sides}
    return replace(
        record,
        framing=framing_of(relationship_id, at),
        asks=tuple(_asks(record, asked, said)),
        said=tuple((person_id, replace(each, absences=())) for person_id, each in said.items()),
        shifts=shifts_told_in(relationship_id, at - _FAR),
        goals=tuple(goal_facts_of(relationship_id, at)),
        touches=tuple(touches_of(relationship_id, at - _FAR, at)),
    )


def _asks(record: Record, asked: Sequence[Asked], said: Mapping[UUID, Availability]) -> Iterator[Ask]:
    """Each question once for everybody who was asked. Working time needs to know when who is away."""
    for question in asked:
        for side in record.sides:
            if side.person_id != question.by_id:
                answered = question.answered_at if question.answered_by == side.person_id else None
                stored = question.due if len(record.sides) == 2 else None  # by the terms of its day
                due = stored or _due(record, side, question.at, said[side.person_id])
                own = [until for who, until in question.said if who == side.person_id]
                due = max([due, *own]) if due else due  # by when they said themselves stops the clock until then
                yield Ask(question.by_id, side.person_id, question.at, due, answered)


def _due(record: Record, side: Side, at: datetime, said: Availability) -> datetime | None:
    if record.terms is None:
        return None
    promised = record.terms.responses
    hours = promised.mentor_hours if side.mentors else promised.mentee_hours
    answer = promised.mentor if side.mentors else promised.mentee
    return answer_by(at, answer, hours, said, record.terms.schedule.holidays)


@prepared
def _answers(relationship_id: UUID, at: datetime) -> QuerySet[CameraAnswer, tuple[UUID, datetime]]:
    return CameraAnswer.objects.filter(relationship_id=relationship_id, at__lte=at).values_list("person_id", "at")


def measured(practice: Practice, record: Record) -> Measure:
    """The reading of the pair; of several pairs, as in a circle, the worst of theirs."""
    readings = [reading for _record, reading in readings_of(practice, record)]
    reading = min(readings, key=_badness)
    return Measure(
        id=practice.id,
        title=str(practice.title),
        sentence=str(practice.sentence),
        value=reading.figure.value,
        words=reading.figure.words,
        status=reading.figure.status,
        target=reading.figure.target,
        note=reading.figure.note,
        parts=reading.parts,
        behind=reading.behind,
        more=reading.more,
        window=reading.window,
        exempt=reading.exempt,
        trend=reading.trend,
        edges=len(readings),
    )


def readings_of(practice: Practice, record: Record) -> list[tuple[Record, Reading]]:
    """Each mentor with each mentee apart; the whole record while nobody has joined."""
    records = [record.of_edge(one, other) for one, other in record.edges] or [record]
    return [(own, practice.measure(own)) for own in records]


def step_for(person: Person, practice: Practice, record: Record, relationship_id: UUID) -> Step | None:
    """What this person is offered next: nothing in a pause, after the end, or while they have put it aside."""
    if practice.step is None or record.paused:
        return None
    reader = Reader(person.pk, asked=max((at for who, at in record.answers if who == person.pk), default=None))
    step = _step(practice, record, reader)
    if step is None or not is_open(relationship_id):
        return None
    aside = StepAside.objects.filter(relationship_id=relationship_id, person=person, practice=practice.id)
    if aside.filter(until__gt=record.now).exists():
        return None
    if step.wants_blocks:
        return replace(step, blocks=_blocks(record, relationship_id))
    return _step(practice, record, replace(reader, open_kind=_open_kind(person, relationship_id)))


def _step(practice: Practice, record: Record, reader: Reader) -> Step | None:
    """The first one that a pair of this person's calls for."""
    if practice.step is None:
        return None
    found = readings_of(practice, record)
    mine = [(own, reading) for own, reading in found if any(side.person_id == reader.person_id for side in own.sides)]
    return next((step for own, reading in mine if (step := practice.step(own, reading, reader))), None)


def answer_about_cameras_of(person: Person, relationship_id: UUID) -> str:
    """This person's own last answer, for this person alone; empty without one."""
    rows = CameraAnswer.objects.filter(relationship_id=relationship_id, person=person).order_by("-at")
    row = rows.first()
    return row.reason if row else ""


def _badness(reading: Reading) -> tuple[int, float]:
    place = _WORST_FIRST.index(reading.figure.status) if reading.figure.status in _WORST_FIRST else len(_WORST_FIRST)
    return place, 1.0 if reading.figure.value is None else reading.figure.value


def _open_kind(person: Person, relationship_id: UUID) -> str:
    """What sort of thing lies open for them first: its kind's name, never its title."""
    items = open_items_of(person, [relationship_id])
    return str(kind_of(items[0].thing.kind).title) if items else ""


def _blocks(record: Record, relationship_id: UUID) -> tuple[datetime, ...]:
    """Free for everybody, of other meetings too."""
    minutes = record.terms.schedule.minutes if record.terms else _USUAL_MINUTES
    return tuple(slot.start for slot in free_times_in(relationship_id, record.now, minutes=minutes))


_BESIDE = {
    "goals": PartKind.OBJECTIVES,
    "protected-time": PartKind.SCHEDULE,
    "video-share": PartKind.CHANNELS,
    "check-ins": PartKind.RECONNECTION,
}
_PARTS_BESIDE = {"replies": PartKind.RESPONSES, "preparation": PartKind.PREPARATION, "review": PartKind.REVIEW}


def beside_terms(relationship_id: UUID, at: datetime) -> dict[PartKind, list[Beside]]:
    """For the review: each practice's number beside the part of the agreement that it shows."""
    found: dict[PartKind, list[Beside]] = {}
    for measure in measures_of(relationship_id, at):
        address = reverse("practices:practice", args=[relationship_id, measure.id])
        if measure.id in _BESIDE and measure.status is not Status.NOT_MEASURED:
            fact = Beside(measure.title, measure.words, address, measure.status is Status.SHORT)
            found.setdefault(_BESIDE[measure.id], []).append(fact)
        for part in measure.parts if measure.id in ("framework", "expectations") else ():
            if kind := _PARTS_BESIDE.get(part.id.split("-")[0]):
                found.setdefault(kind, []).append(Beside(part.title, part.words, address, part.status is Status.SHORT))
    return found
