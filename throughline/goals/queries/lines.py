"""Goals as lists show them: who, measured by what, due when, and at which pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, F, OuterRef, QuerySet, Subquery

from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.goals import wording
from throughline.goals.access import seen_by
from throughline.goals.domain.ends import End
from throughline.goals.domain.pace import Pace, Standing, pace_of
from throughline.goals.domain.picture import Picture, read_picture
from throughline.goals.models import Closing, Goal, Sharing

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class GoalLine:
    """One goal for somebody who may see it. Days are the owner's; today is the reader's.

    last_at: when progress was last recorded, None before the first. end: None while it goes on.
    """

    id: UUID
    relationship_id: UUID
    sentence: str
    owner_id: UUID | None
    by_id: UUID
    begun_on: date
    due: date | None
    first_due: date | None
    made_at: datetime
    last_at: datetime | None
    private: bool
    end: End | None
    ended_at: datetime | None
    picture: Picture
    today: date

    @cached_property
    def pace(self) -> Pace:
        return pace_of(progress=self.picture.share, begun=self.begun_on, due=self.due, today=self.today)

    @property
    def moved(self) -> bool:
        """Whether its date is another than the first that was said."""
        return self.first_due is not None and self.first_due != self.due

    @property
    def complete(self) -> bool:
        """A measure, a date and an owner: what makes a goal measurable. Levels count once all have agreed."""
        return self.picture.measured and self.due is not None and self.owner_id is not None

    @property
    def needs_a_choice(self) -> bool:
        """Off track or past its date: rescope, another date, split, or let go."""
        return self.end is None and self.pace.calls_for_a_choice

    @property
    def tone(self) -> str:
        """Of the badge that says how it stands."""
        return "warn" if self.needs_a_choice else "good" if self.pace.standing in _WELL else ""

    @cached_property
    def measure_words(self) -> str:
        return wording.measure_words(self.picture)

    @cached_property
    def pace_words(self) -> str:
        return wording.pace_words(self)

    @cached_property
    def standing_words(self) -> str:
        return wording.standing_words(self.pace)

    @property
    def quiet_since(self) -> datetime:
        """Since when nothing was recorded."""
        return self.last_at or self.made_at


def goals_in(person: Person, relationship_id: UUID) -> list[GoalLine]:
    """All that this person may see here: those that go on first, what needs a choice before the rest, then by date;
    those that ended last, the latest first. One query. The caller has asked for access to the relationship."""
    found = _lines(person, _here(person.pk, relationship_id))
    going = sorted((line for line in found if line.end is None), key=_urgency)
    ended = [line for line in found if line.end is not None]
    return going + sorted(ended, key=lambda line: (line.ended_at, line.id), reverse=True)


def going_goals_of(person: Person, relationship_ids: Iterable[UUID]) -> list[GoalLine]:
    """Those that go on in these relationships, what needs a choice first. One query."""
    return sorted(_lines(person, _going(person.pk, list(relationship_ids))), key=_urgency)


def own_goals_of(person: Person, relationship_ids: Iterable[UUID]) -> list[GoalLine]:
    """The person's own of these, the quietest first: what a line is most likely to be about. One query."""
    own = [line for line in going_goals_of(person, relationship_ids) if line.owner_id == person.pk]
    return sorted(own, key=lambda line: (line.quiet_since, line.id))


def stalest_goals(person: Person, relationship_id: UUID, count: int = 2) -> list[GoalLine]:
    """The shared goals that nothing was recorded of for longest. One query."""
    return sorted(_lines(person, _shared(relationship_id)), key=lambda line: (line.quiet_since, line.id))[:count]


def line_of(person: Person, goal_id: UUID) -> GoalLine | None:
    """One goal's line. One query."""
    return next(iter(_lines(person, _one(person.pk, goal_id))), None)


Values = tuple[Any, ...]
_PLAIN = ("pk", "relationship_id", "owner_id", "by_id", "begun_on", "due", "first_due", "made_at", "last_at")
_SEALED = ("words", "picture")
_BESIDE = ("shared", "end", "ended_at")


@prepared
def _here(person_id: UUID, relationship_id: UUID) -> QuerySet[Goal, Values]:
    return _values(Goal.objects.filter(relationship_id=relationship_id) & seen_by(person_id))


@prepared
def _going(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Goal, Values]:
    rows = Goal.objects.filter(relationship_id__in=ids) & seen_by(person_id)
    return _values(rows.filter(~Exists(_closings())))


@prepared
def _shared(relationship_id: UUID) -> QuerySet[Goal, Values]:
    rows = Goal.objects.filter(relationship_id=relationship_id, sharing__isnull=False)
    return _values(rows.filter(~Exists(_closings())))


@prepared
def _one(person_id: UUID, goal_id: UUID) -> QuerySet[Goal, Values]:
    return _values(Goal.objects.filter(pk=goal_id) & seen_by(person_id))


def _closings() -> QuerySet[Closing]:
    return Closing.objects.filter(goal=OuterRef("pk"), undone_at__isnull=True)


def _values(rows: QuerySet[Goal]) -> QuerySet[Goal, Values]:
    closings = _closings()
    return (
        rows.annotate(
            shared=Exists(Sharing.objects.filter(goal=OuterRef("pk"))),
            end=Subquery(closings.values("end")[:1]),
            ended_at=Subquery(closings.values("at")[:1], output_field=DateTimeField()),
        )
        .order_by(F("due").asc(nulls_last=True), "pk")
        .values_list(*_PLAIN, *_SEALED, *_BESIDE)
    )


_open_words = Goal._meta.get_field("words").opened
_open_picture = Goal._meta.get_field("picture").opened


def _lines(person: Person, rows: Sequence[Values]) -> list[GoalLine]:
    today = clock.today_in(person.zone)
    return [_line(values, today) for values in rows]


def _line(values: Values, today: date) -> GoalLine:
    """Opens two seals, and no row is made a model of: a page may hold hundreds."""
    key, relationship_id, owner_id, by_id, begun_on, due, first_due, made_at, last_at = values[: len(_PLAIN)]
    words, picture, shared, end, ended_at = values[len(_PLAIN) :]
    return GoalLine(
        id=key,
        relationship_id=relationship_id,
        sentence=_open_words(words, key, scope=relationship_id)["sentence"],
        owner_id=owner_id,
        by_id=by_id,
        begun_on=begun_on,
        due=due,
        first_due=first_due,
        made_at=made_at,
        last_at=last_at,
        private=not shared,
        end=End(end) if end else None,
        ended_at=ended_at,
        picture=read_picture(_open_picture(picture, key, scope=relationship_id)),
        today=today,
    )


_WELL = (Standing.REACHED, Standing.ON_TRACK)
_STANDINGS = (
    Standing.OVERDUE,
    Standing.OFF_TRACK,
    Standing.ON_TRACK,
    Standing.TOO_EARLY,
    Standing.NOT_MEASURED,
    Standing.REACHED,
)
_ORDER = {standing: place for place, standing in enumerate(_STANDINGS)}


def _urgency(line: GoalLine) -> tuple[int, bool, date, UUID]:
    return (_ORDER[line.pace.standing], line.due is None, line.due or date.max, line.id)
