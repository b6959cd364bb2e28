"""One pair's life: from the invitation to what lies ahead, each step planned for its instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from throughline.commitments.actions import complete, drop, make_commitment, re_date
from throughline.demo.actions import agreeing, talking
from throughline.demo.actions.aiming import plan_aim
from throughline.demo.actions.timeline import Timeline
from throughline.demo.domain.conversation import Exchange, read_conversation
from throughline.demo.domain.story import Came, Farewell, Pair, Promise, Rest
from throughline.demo.domain.times import Line, lines_of, morning, schedule_of
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.meetings.domain.series import occurrences
from throughline.messaging.actions import mark_seen, send_message
from throughline.programs.actions import consent, propose_enrolment
from throughline.relationships.access import relationship_for
from throughline.relationships.actions import (
    accept_invitation,
    accept_pause,
    end_relationship,
    invite,
    propose_pause,
    reflect,
)
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import newest_link_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.commitments.models import Commitment
    from throughline.programs.models import Programme
    from throughline.relationships.models import Relationship

HOUR = timedelta(hours=1)
CONVERSATIONS = Path(__file__).resolve().parent.parent / "conversations"


@dataclass
class Life:
    """A pair in the making. `people` fills while the timeline runs, so nothing here asks it before `plan`."""

    pair: Pair
    people: dict[str, Person]
    timeline: Timeline
    dice: Random
    now: datetime
    is_enrolled: bool = False
    _relationship_id: UUID | None = field(default=None, init=False)

    @cached_property
    def conversation(self) -> tuple[Exchange, ...]:
        return read_conversation((CONVERSATIONS / f"{self.pair.key}.txt").read_text(encoding="utf-8"))

    @property
    def mentor(self) -> Person:
        return self.people[self.pair.mentor]

    @property
    def mentee(self) -> Person:
        return self.people[self.pair.mentee]

    @property
    def relationship_id(self) -> UUID:
        assert self._relationship_id is not None, "they have not met yet"
        return self._relationship_id

    @cached_property
    def relationship(self) -> Relationship:
        return relationship_for(self.mentor, self.relationship_id)

    def plan(self, programme: Programme) -> None:
        pair = self.pair
        self._at(pair.joined, self.mentor, 8, self._begin)
        if pair.enrolled is not None:
            self._at(pair.enrolled, self.mentor, 12, partial(self._enrol, programme))
        if pair.terms and pair.rhythm:
            self._plan_agreement()
        for exchange in self.conversation:
            self._plan_lines(exchange)
        for call in pair.calls:
            at = morning(call.days_ago, self.mentor.zone, self.now, self.dice, hour=15)
            self.timeline.at(at, partial(talking.call, self, call))
        for promise in pair.promises:
            self._plan_promise(promise)
        for aim in pair.aims:
            plan_aim(self, aim)
        if pair.rest:
            self._plan_rest(pair.rest)
        if pair.farewell:
            self._plan_farewell(pair.farewell)

    def _at(self, days_ago: float, who: Person, hour: int, act: Callable[[], object]) -> None:
        self.timeline.at(morning(days_ago, who.zone, self.now, self.dice, hour), act)

    def _begin(self) -> None:
        invitation = invite(by=self.mentor, role=Role.MENTEE, email=self.mentee.email, note=self.pair.note)
        self._relationship_id = invitation.relationship_id
        self.timeline.at(
            clock.now() + 0.4 * HOUR, lambda: accept_invitation(link=newest_link_of(invitation), by=self.mentee)
        )

    def _enrol(self, programme: Programme) -> None:
        enrolment = propose_enrolment(programme=programme, relationship=self.relationship, by=self.mentor)

        def agree() -> None:
            consent(enrolment=enrolment, by=self.mentee)
            self.is_enrolled = True

        self.timeline.at(clock.now() + 0.7 * HOUR, agree)

    def _plan_agreement(self) -> None:
        pair = self.pair
        assert pair.rhythm
        assert pair.terms
        days = pair.joined if pair.signed is None else pair.signed
        written = morning(days, self.mentor.zone, self.now, self.dice, hour=10)
        first = written.date() + timedelta(days=1)
        schedule = schedule_of(pair.rhythm, self.mentor.zone, self.mentee.zone, now=self.now, begins=first)
        self.timeline.at(written, partial(agreeing.write, self, pair.terms, schedule))
        if pair.signed is None:
            return
        self.timeline.at(written + HOUR, lambda: agreeing.sign(self, self.mentee))
        self.timeline.at(written + 2 * HOUR, lambda: agreeing.sign(self, self.mentor))
        ends = self.now if pair.farewell is None else self.now - timedelta(days=pair.farewell.days_ago)
        starts = [*takewhile(lambda at: at < ends - 2 * HOUR, occurrences(schedule, written + 2 * HOUR))]
        came = [*map(Came, pair.came[-len(starts) :].rjust(len(starts), Came.SEEN))] if starts else []
        for start, how in zip(starts, came, strict=True):
            self.timeline.at(start - 2 * HOUR, partial(talking.plan_meeting, self, start, how))
        if pair.amendment:
            new = schedule_of(
                pair.amendment.rhythm, self.mentor.zone, self.mentee.zone, now=self.now, begins=self.now.date()
            )
            self._at(pair.amendment.days_ago, self.mentee, 17, partial(agreeing.amend, self, new))

    def _plan_lines(self, exchange: Exchange) -> None:
        lines = [*lines_of(exchange, (self.mentor.zone, self.mentee.zone), self.now, self.dice)]
        for line in lines:
            self.timeline.at(line.at, partial(self._write, line, last=line is lines[-1]))

    def _write(self, line: Line, *, last: bool) -> None:
        """Both read to the end a moment after the last line, unless the end of the story leaves it unread."""
        message = send_message(
            relationship=self.relationship,
            by=self.mentee if line.said.by_mentee else self.mentor,
            client_id=new_id(),
            text=line.said.text,
            please_answer=line.said.please_answer,
        )
        if last and message.number <= sum(len(each.lines) for each in self.conversation) - self.pair.unread:
            for reader in (self.mentor, self.mentee):
                read = partial(mark_seen, relationship=self.relationship, by=reader, number=message.number)
                self.timeline.at(clock.now() + timedelta(minutes=1), read)

    def _plan_promise(self, promise: Promise) -> None:
        owner = self.mentee if promise.mentee else self.mentor
        kept: list[Commitment] = []

        def day(ahead: int) -> date:
            return (self.now + timedelta(days=ahead)).date()

        def make() -> None:
            kept.append(
                make_commitment(relationship=self.relationship, owner=owner, due=day(promise.due), words=promise.words)
            )

        self._at(promise.made, owner, 16, make)
        if promise.moved:
            days, due = promise.moved
            self._at(days, owner, 17, lambda: re_date(commitment=kept[0], by=owner, due=day(due)))
        if promise.done is not None:
            self._at(promise.done, owner, 18, lambda: complete(commitment=kept[0], by=owner))
        if promise.dropped:
            days, reason = promise.dropped
            self._at(days, owner, 18, lambda: drop(commitment=kept[0], by=owner, reason=reason))

    def _plan_rest(self, rest: Rest) -> None:
        asks, agrees = (self.mentee, self.mentor) if rest.by_mentee else (self.mentor, self.mentee)

        def ask() -> None:
            today = clock.today_in(asks.zone)
            first = max(today, (self.now + timedelta(days=rest.first)).date())
            pause = propose_pause(
                relationship=self.relationship,
                by=asks,
                first_day=first,
                last_day=(self.now + timedelta(days=rest.last)).date(),
                reason=rest.why,
            )
            self.timeline.at(clock.now() + 2 * HOUR, lambda: accept_pause(pause=pause, by=agrees))

        self._at(rest.asked, asks, 11, ask)

    def _plan_farewell(self, farewell: Farewell) -> None:
        self._at(
            farewell.days_ago,
            self.mentee,
            16,
            lambda: end_relationship(relationship=self.relationship, by=self.mentee, reflection=farewell.mentee),
        )
        self._at(
            farewell.days_ago - 1,
            self.mentor,
            10,
            lambda: reflect(relationship=self.relationship, by=self.mentor, words=farewell.mentor),
        )
