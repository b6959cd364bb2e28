"""Pausing together: proposed by one, in force when everybody has said yes, ended early by anyone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.notices.actions import notify
from throughline.relationships.access import ensure_open
from throughline.relationships.actions.members import locked, recheck_seats
from throughline.relationships.domain.states import LONGEST_PAUSE, span_of_days
from throughline.relationships.models import Membership, Pause, PauseAcceptance, PauseClosing, Relationship
from throughline.relationships.queries import open_pause_of
from throughline.relationships.signals import pause_accepted, relationship_resumed

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class PauseError(Exception):
    """What was asked cannot be done; the message says why, for the person who asked."""


@transaction.atomic
def propose_pause(
    *,
    relationship: Relationship,
    by: Person,
    first_day: date,
    last_day: date,
    reason: str = "",
    once: UUID | None = None,
) -> Pause:
    """Ask the others for a pause of whole days in the proposer's zone; proposing is accepting. Raises PauseError."""
    locked(relationship)
    ensure_open(relationship.pk)
    made = Pause.objects.filter(pk=once, relationship=relationship, by=by).first() if once else None
    if made is not None:
        return made
    _check_days(by, first_day, last_day)
    if open_pause_of(relationship.pk) is not None:
        raise PauseError(_("There is a pause already, agreed or proposed. End it or take it back first."))
    span = span_of_days(first_day, last_day, by.zone)
    taken = once is None or Pause.objects.filter(pk=once).exists()
    pause = Pause.objects.create(
        id=new_id() if taken else once,
        relationship=relationship,
        by=by,
        first_day=first_day,
        last_day=last_day,
        zone=by.zone,
        starts_at=span.start,
        ends_at=span.end,
        reason=reason,
    )
    PauseAcceptance.objects.create(pause=pause, person=by)
    _tell_others(pause, by, "relationships.pause_proposed")
    return pause


@transaction.atomic
def accept_pause(*, pause: Pause, by: Person) -> None:
    """Say yes; the last yes puts it in force. Twice is once. Raises PauseError when it is closed or over."""
    locked(pause.relationship)
    ensure_open(pause.relationship_id)
    if PauseClosing.objects.filter(pause=pause).exists():
        raise PauseError(_("This pause was taken back or ended meanwhile."))
    if pause.ends_at <= clock.now():
        raise PauseError(_("The last day of this pause has passed. Propose another one if you still need it."))
    if by.pk not in _asked(pause):
        return
    _row, is_new = PauseAcceptance.objects.get_or_create(pause=pause, person=by)
    if is_new and _everybody_accepted(pause):
        pause_accepted.send(
            Relationship,
            relationship_id=pause.relationship_id,
            by_id=by.pk,
            pause_id=pause.pk,
            starts_at=pause.starts_at,
            ends_at=pause.ends_at,
        )
        recheck_seats(pause.relationship)
        _tell_others(pause, by, "relationships.pause_accepted")


@transaction.atomic
def close_pause(*, pause: Pause, by: Person) -> None:
    """Turn a proposal down, take it back, or end an agreed pause early. Twice is once; too late changes nothing."""
    locked(pause.relationship)
    ensure_open(pause.relationship_id)
    if pause.ends_at <= clock.now():
        return
    _row, is_new = PauseClosing.objects.get_or_create(pause=pause, defaults={"by": by})
    if not is_new:
        return
    if _everybody_accepted(pause):
        relationship_resumed.send(Relationship, relationship_id=pause.relationship_id, by_id=by.pk)
        _tell_others(pause, by, "relationships.resumed")
    else:
        _tell_others(pause, by, "relationships.pause_declined")


def _check_days(by: Person, first_day: date, last_day: date) -> None:
    today = clock.today_in(by.zone)
    if first_day < today:
        raise PauseError(_("A pause begins today at the earliest."))
    if last_day < first_day:
        raise PauseError(_("The last day is before the first one."))
    if last_day - first_day > LONGEST_PAUSE or first_day - today > LONGEST_PAUSE:
        raise PauseError(_("A pause lasts a year at most, and begins within a year. For longer, end it for now."))


def _asked(pause: Pause) -> set[UUID]:
    """Whose yes it takes: the members when it was proposed."""
    members = Membership.objects.filter(relationship_id=pause.relationship_id, since__lte=pause.proposed_at)
    return set(members.values_list("person_id", flat=True))


def _everybody_accepted(pause: Pause) -> bool:
    return _asked(pause) <= set(PauseAcceptance.objects.filter(pause=pause).values_list("person_id", flat=True))


def _tell_others(pause: Pause, by: Person, kind: str) -> None:
    others = Membership.objects.filter(relationship=pause.relationship).exclude(person=by).select_related("person")
    for membership in others:
        notify(
            kind=kind,
            recipient=membership.person,
            address=reverse("relationships:pause", args=[pause.relationship_id]),
            thing=("relationships.pause", pause.pk),
            relationship_id=pause.relationship_id,
            person_id=by.pk,
        )
