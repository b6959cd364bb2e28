"""Answers that calendar programs mail back. They act like the same choice on the page, or say kindly why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from throughline.accounts.queries import addresses_of, people_by_id
from throughline.calendars.domain.replies import Reply, replies_in
from throughline.calendars.kinds import STALE, WHOLE
from throughline.calendars.models import Answer, Event, Run
from throughline.calendars.signals import event_answered, event_deleted_by_person, event_moved_by_person
from throughline.foundation import clock
from throughline.notices.actions import notify
from throughline.notices.domain.answers import Arrived, Refused
from throughline.notices.domain.letters import parsed

if TYPE_CHECKING:
    from uuid import UUID


@transaction.atomic
def take_answer(arrived: Arrived) -> None:
    """The address it came to says whose answer it is and to what; attendee, uid and SEQUENCE must fit it. Raises
    Refused."""
    replies = replies_in(parsed(arrived.raw))
    if not replies:
        raise Refused(_("Only the answers of calendar programs are read here. Open the meeting on the site instead."))
    own = {address.lower() for address in addresses_of(arrived.person_id)}
    for reply in replies:
        if reply.attendee not in own:
            raise Refused(_("This answers for somebody else than the person who was invited, so it was not taken."))
        target = _target(arrived, reply)
        if target is None:
            raise Refused(_("There is no such meeting any more. Open the site to see what is planned."))
        _take(target, reply)


def _target(arrived: Arrived, reply: Reply) -> Event | Run | None:
    """Under a lock. Only what this address was made for."""
    events = Event.objects.select_for_update(of=("self",)).select_related("run", "person")
    if "event_id" in arrived.ids:
        return events.filter(pk=arrived.ids["event_id"], person_id=arrived.person_id, uid=reply.uid).first()
    run = Run.objects.select_for_update().filter(pk=arrived.ids["run_id"], person_id=arrived.person_id).first()
    if run is None or run.uid != reply.uid:
        return None
    return run if reply.recurrence is None else events.filter(run=run, recurrence=reply.recurrence).first()


def _take(target: Event | Run, reply: Reply) -> None:
    if _is_stale(target, reply):
        return _tell(STALE, target)
    if target.answer == reply.answer and reply.answer != Answer.COUNTERED:
        return None
    target.answer, target.answered_at = reply.answer, clock.now()
    target.save(update_fields=["answer", "answered_at"])
    about: dict[str, str | UUID] = {"source": target.source, "person_id": target.person_id}
    if isinstance(target, Event) and reply.answer == Answer.COUNTERED:
        event_moved_by_person.send(Event, **about, start=reply.start)
    elif isinstance(target, Event) and reply.answer == Answer.DECLINED:
        event_deleted_by_person.send(Event, **about)
    elif reply.answer in (Answer.COUNTERED, Answer.DECLINED):
        _tell(WHOLE, target)
    else:
        event_answered.send(type(target), **about, answer=reply.answer, run=isinstance(target, Run))
    return None


def _is_stale(target: Event | Run, reply: Reply) -> bool:
    """It answers what was changed since, or what is off or over."""
    if isinstance(target, Run):
        return target.ended_at is not None or reply.sequence < target.sequence
    return target.cancelled_at is not None or target.start <= clock.now() or reply.sequence < target.sequence


def _tell(kind: str, target: Event | Run) -> None:
    person = people_by_id([target.person_id])[target.person_id]
    about = f"{'event' if isinstance(target, Event) else 'run'}:{target.pk}"
    notify(kind=kind, recipient=person, address=target.path, relationship_id=target.relationship_id, about=about)
