"""The topic "call": who is in it, what their browsers report, and the signalling between them."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.calls.access import MOST, admits, call_for, may_enter, room_ticket
from throughline.calls.actions import (
    CallOverError,
    CallRefusedError,
    enter_call,
    leave_call,
    lose_connection,
    open_call,
    report_media,
)
from throughline.calls.domain.reports import BadReportError
from throughline.calls.queries import can_go_on, people_connected, talk_of
from throughline.foundation import clock
from throughline.foundation.live.topics import Message, Refused, Seat, Topic, publish

# A browser reports every two seconds at most; whatever comes faster than this is not worth a transaction.
TOO_SOON = 0.25

# What is passed on between browsers, and which of its fields.
STATE = ("place", "camera", "microphone", "screen", "hand", "rung")
RELAYED = {
    "hello": STATE,
    "here": STATE,
    "state": STATE,
    "description": ("place", "description"),
    "candidate": ("place", "candidate"),
    "bye": ("place",),
}


class CallTopic(Topic):
    """A seat is one browser in the call. `seen` is {"ticket": …}, the room's own, of a minute.

    `received`: report, leave, again, and ticket, for the next time. `relayed`: see RELAYED.
    """

    kind: ClassVar[str] = "call"

    def __init__(self) -> None:
        # When each seat was last heard of, by the monotonic clock: whether its next report's time counts.
        self._heard: dict[tuple[str, UUID], float] = {}

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return may_enter(person_id, subject_id)

    def joined(self, seat: Seat, seen: Any) -> list[Message | bytes]:
        person = people_by_id([seat.person_id])[seat.person_id]
        call = call_for(person, seat.subject_id)
        if not admits(seen.get("ticket") if isinstance(seen, dict) else None, person.pk, call.pk):
            raise Refused("ticket")
        if call.closed_at is None and len(people_connected(call) - {person.pk}) >= MOST:
            raise Refused("full")
        try:
            enter_call(call_id=call.pk, by_id=seat.person_id, connection=seat.connection)
        except CallOverError:
            return [{"type": "over", "again": can_go_on(call)}]
        self._heard.setdefault((seat.connection, seat.subject_id), clock.monotonic())
        # Whoever joined the relationship after the others opened the page is told by name.
        publish(seat.topic, {"type": "name", "person": str(person.pk), "called": person.called})
        talk = talk_of(call)
        return [{"type": "welcome", "seat": seat.connection, "together": talk.together if talk else 0}]

    def received(self, seat: Seat, message: Message) -> Message:
        acts = {"report": self._report, "leave": self._leave, "again": self._again, "ticket": self._ticket}
        act = acts.get(str(message.get("type")))
        return act(seat, message) if act else {"refused": "unknown"}

    def relayed(self, seat: Seat, message: Message, seats: list[Seat]) -> list[tuple[Seat, Message]]:
        kind = message.get("type")
        if not isinstance(kind, str) or kind not in RELAYED:
            return []
        passed = {name: message[name] for name in RELAYED[kind] if name in message}
        passed |= {"type": kind, "from": seat.connection, "person": str(seat.person_id)}
        to = message.get("to")
        others = [other for other in seats if other.connection != seat.connection]
        return [(other, passed) for other in others if to is None or other.connection == to]

    def left(self, seat: Seat) -> None:
        self._heard.pop((seat.connection, seat.subject_id), None)
        lose_connection(call_id=seat.subject_id, connection=seat.connection)
        publish(seat.topic, {"type": "gone", "from": seat.connection})

    def _report(self, seat: Seat, message: Message) -> Message:
        key, now = (seat.connection, seat.subject_id), clock.monotonic()
        gap = now - self._heard.get(key, float("-inf"))
        if gap < TOO_SOON:
            return {"counted": False}
        try:
            counted = report_media(
                call_id=seat.subject_id,
                by_id=seat.person_id,
                connection=seat.connection,
                message=message,
                gap=gap,
            )
        except BadReportError as error:
            return {"refused": str(error)}
        except CallOverError:
            return {"over": True}
        self._heard[key] = now
        return {"counted": counted}

    def _ticket(self, seat: Seat, message: Message) -> Message:
        """Only for who could join now: the hub asks that again every half minute, and so do we."""
        if not may_enter(seat.person_id, seat.subject_id):
            raise Refused("no-access")
        return {"ticket": room_ticket(seat.person_id, seat.subject_id)}

    def _leave(self, seat: Seat, message: Message) -> Message:
        leave_call(call_id=seat.subject_id, by_id=seat.person_id)
        return {"left": True}

    def _again(self, seat: Seat, message: Message) -> Message:
        person = people_by_id([seat.person_id])[seat.person_id]
        call = call_for(person, seat.subject_id)
        if call.closed_at is not None and can_go_on(call):
            try:
                call = open_call(relationship=call.relationship, by=person, occasion=call.occasion)
            except CallRefusedError as error:
                return {"refused": str(error)}
        return {"address": reverse("calls:call", args=[call.pk])}


class TrialTopic(Topic):
    """The topic "trial", a person's own: the page that tests the line measures a round trip to the database here."""

    kind: ClassVar[str] = "trial"

    def may_join(self, person_id: UUID, subject_id: UUID) -> bool:
        return person_id == subject_id

    def received(self, seat: Seat, message: Message) -> Message:
        return {}
