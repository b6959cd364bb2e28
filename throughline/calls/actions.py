"""What people and their browsers do to a call. Every report is committed before it is acknowledged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.accounts.domain.needs import Need
from throughline.accounts.queries import needs_of, people_by_id
from throughline.calls.contacts import fact_of
from throughline.calls.domain.closing import Attendance, is_over, last_moment
from throughline.calls.domain.doubts import Doubt, certain, weigh
from throughline.calls.domain.reports import BadReportError, Heard, credited, read_report
from throughline.calls.models import Call, HiddenAddress, Presence, SpanRow
from throughline.calls.queries import people_in
from throughline.calls.signals import call_ended
from throughline.foundation import clock
from throughline.foundation.live.topics import publish
from throughline.ledger.actions import record
from throughline.ledger.domain.facts import Exemption
from throughline.relationships.domain.states import State
from throughline.relationships.queries import members_of, state_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

EXCUSING = frozenset({Need.NO_CAMERA, Need.PHONE_ONLY})


class CallRefusedError(Exception):
    """Says to a person why there can be no call."""


class CallOverError(Exception):
    """The call was closed already."""


@transaction.atomic
def open_call(*, relationship: Relationship, by: Person, occasion: str = "") -> Call:
    """The running call of this occasion, or a new one: a double click opens one. Raises CallRefusedError."""
    match state_of(relationship.pk, clock.now()):
        case State.ENDED:
            raise CallRefusedError(_("This relationship has ended, so there are no more calls in it."))
        case State.INVITED:
            raise CallRefusedError(_("Nobody has answered the invitation yet. Once somebody has, you can call."))
    call, _made = Call.objects.get_or_create(
        relationship_id=relationship.pk, occasion=occasion, closed_at=None, defaults={"opened_by_id": by.pk}
    )
    return call


@transaction.atomic
def enter_call(*, call_id: UUID, by_id: UUID, connection: str) -> Presence:
    """A socket joins: a new presence, in place of what this person had before. Raises CallOverError.

    Asked again for a socket that is in already, it changes nothing.
    """
    call = _running(call_id)
    now = clock.now()
    Presence.objects.filter(call=call, person_id=by_id, left_at=None).exclude(connection=connection).update(left_at=now)
    presence, made = Presence.objects.get_or_create(
        call=call, connection=connection, defaults={"person_id": by_id, "joined_at": now, "seen_until": now}
    )
    if not made and presence.left_at is not None:
        presence.seen_until, presence.left_at, presence.by_choice = now, None, False
        presence.save(update_fields=["seen_until", "left_at", "by_choice"])
    _tell_members(call.relationship_id)
    return presence


@transaction.atomic
def report_media(*, call_id: UUID, by_id: UUID, connection: str, message: Mapping[str, Any], gap: float) -> bool:
    """Credit the time since this socket's last report, and say whether it was.

    gap: seconds of the monotonic clock since then. It decides whether the time counts; how long it was is asked of
    the installation's clock, so that tests may move that. Raises BadReportError, CallOverError.
    """
    if message.get("seat") != connection:
        raise BadReportError("this report belongs to another connection.")
    call = _running(call_id)
    presence = Presence.objects.filter(call=call, connection=connection, person_id=by_id, left_at=None).first()
    if presence is None:
        raise CallOverError
    heard = read_report(message, of=by_id, members=people_in(call))
    now, before = clock.now(), presence.seen_until
    counts = credited(gap) and before < now
    if counts:
        _extend(presence, heard, before, now)
    presence.seen_until = now
    presence.save(update_fields=["seen_until"])
    return counts


def _extend(presence: Presence, heard: Heard, start: datetime, end: datetime) -> None:
    """Lengthen the last span while nothing changes; else begin another where it ended."""
    state = {
        "sends_voice": heard.sends_voice,
        "sends_video": heard.sends_video,
        "hears": sorted(map(str, heard.hears)),
        "sees": sorted(map(str, heard.sees)),
    }
    last = SpanRow.objects.filter(presence=presence).order_by("-end").first()
    if last and last.end == start and all(getattr(last, name) == value for name, value in state.items()):
        last.end = end
        last.save(update_fields=["end"])
    else:
        SpanRow.objects.create(presence=presence, start=start, end=end, **state)


@transaction.atomic
def leave_call(*, call_id: UUID, by_id: UUID) -> None:
    """Somebody pressed Leave: gone with every tab, and the call with them when nobody else is in it."""
    call = Call.objects.select_for_update().filter(pk=call_id, closed_at=None).first()
    if call is None:
        return
    now = clock.now()
    Presence.objects.filter(call=call, person_id=by_id, left_at=None).update(left_at=now)
    Presence.objects.filter(call=call, person_id=by_id).update(by_choice=True)
    _tell_members(call.relationship_id)
    if is_over(now, call.opened_at, _attendances(call)):
        _close(call)


@transaction.atomic
def hide_address(*, by: Person, hidden: bool) -> None:
    """From their next call on, or no longer. Said twice, it changes nothing."""
    if hidden:
        HiddenAddress.objects.get_or_create(person=by)
    else:
        HiddenAddress.objects.filter(person=by).delete()


@transaction.atomic
def lose_connection(*, call_id: UUID, connection: str) -> None:
    """A socket is gone without a word: its person is expected back for a while."""
    Presence.objects.filter(call_id=call_id, connection=connection, left_at=None).update(left_at=clock.now())


@transaction.atomic
def close_calls_in(*, relationship_id: UUID) -> None:
    """The relationship is over: so are its calls, at the last moment that anybody was seen."""
    for call in Call.objects.select_for_update().filter(relationship_id=relationship_id, closed_at=None):
        _close(call)


def close_quiet_calls(*, doubts: Mapping[UUID, Doubt]) -> dict[UUID, Doubt]:
    """Close the calls that nobody is in any more, and return the doubts to be handed in next time."""
    now, monotonic = clock.now(), clock.monotonic()
    silent: dict[UUID, datetime] = {}
    for call_id in Call.objects.filter(closed_at=None).values_list("pk", flat=True):
        last_seen = _close_if_left(call_id, now)
        if last_seen:
            silent[call_id] = last_seen
    kept = weigh(silent, doubts, monotonic)
    for call_id in [call_id for call_id, doubt in kept.items() if certain(doubt, monotonic)]:
        _close_if_still(call_id, kept.pop(call_id).last_seen)
    return kept


@transaction.atomic
def _close_if_left(call_id: UUID, now: datetime) -> datetime | None:
    """Close a call whose sockets have all gone. The last moment seen, when it is silent although one seems there."""
    call = Call.objects.select_for_update().filter(pk=call_id, closed_at=None).first()
    attendances = _attendances(call) if call else []
    if call is None or not is_over(now, call.opened_at, attendances):
        return None
    if any(attendance.left_at is None for attendance in attendances):
        return last_moment(call.opened_at, attendances)
    _close(call)
    return None


@transaction.atomic
def _close_if_still(call_id: UUID, last_seen: datetime) -> None:
    call = Call.objects.select_for_update().filter(pk=call_id, closed_at=None).first()
    if call and last_moment(call.opened_at, _attendances(call)) == last_seen:
        _close(call)


def _close(call: Call) -> None:
    """Inside the caller's transaction: the end, the ledger's fact, and whoever wants to know."""
    call.closed_at = last_moment(call.opened_at, _attendances(call))
    call.exemption = _exemption(call)
    call.save(update_fields=["closed_at", "exemption"])
    fact = fact_of(call)
    if fact:
        record(fact)
    call_ended.send(Call, call_id=call.pk, relationship_id=call.relationship_id, occasion=call.occasion)
    transaction.on_commit(partial(publish, f"call:{call.pk}", {"type": "over"}))
    _tell_members(call.relationship_id)


def _tell_members(relationship_id: UUID) -> None:
    """Their open pages ask again which calls are open: a hint, which says nothing itself."""
    for member in members_of(relationship_id):
        transaction.on_commit(partial(publish, f"person:{member.person_id}", {"type": "calls"}))


def _exemption(call: Call) -> Exemption:
    needs = [needs_of(person) for person in people_by_id(people_in(call)).values()]
    return Exemption.NEED if any(need & EXCUSING for need in needs) else Exemption.NONE


def _running(call_id: UUID) -> Call:
    call = Call.objects.select_for_update().filter(pk=call_id, closed_at=None).first()
    if call is None:
        raise CallOverError
    return call


def _attendances(call: Call) -> list[Attendance]:
    rows = Presence.objects.filter(call=call).values_list("seen_until", "left_at", "by_choice")
    return [Attendance(*row) for row in rows]
