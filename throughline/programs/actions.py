"""Running a programme, and a pair's way in and out of it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.notices.actions import notify
from throughline.programs.models import Consent, Coordinator, Enrolment, Leaving, Programme
from throughline.programs.queries import KIND, standing_enrolment
from throughline.relationships.access import ensure_open
from throughline.relationships.actions import grant_oversight, withdraw_oversight
from throughline.relationships.domain.roles import Sight
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def start_programme(*, by: Person, name: str, description: str = "", once: UUID | None = None) -> Programme:
    """Whoever starts it coordinates it. `once` is made by the form: the same value twice is one programme."""
    made = Programme.objects.filter(pk=once).first() if once else None
    if made is not None and made.by_id == by.pk:
        return made
    programme = Programme.objects.create(
        id=once if once and made is None else new_id(),
        name=name,
        description=description,
        code=secrets.token_hex(16),
        by=by,
    )
    Coordinator.objects.create(programme=programme, person=by, by=by)
    return programme


@transaction.atomic
def propose_enrolment(*, programme: Programme, relationship: Relationship, by: Person) -> Enrolment:
    """Ask the others to join with this relationship; proposing is consenting. Twice is once."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    ensure_open(relationship.pk)
    standing = standing_enrolment(programme.pk, relationship.pk)
    if standing is not None:
        return consent(enrolment=standing, by=by)
    enrolment = Enrolment.objects.create(programme=programme, relationship=relationship, by=by)
    _tell_others(enrolment, by, "programs.proposed")
    return consent(enrolment=enrolment, by=by)


@transaction.atomic
def consent(*, enrolment: Enrolment, by: Person) -> Enrolment:
    """Say yes; with the last yes the coordinators may see counts. Changes nothing once it was turned down."""
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    ensure_open(found.relationship_id)
    if Leaving.objects.filter(enrolment=found).exists():
        return found
    Consent.objects.get_or_create(enrolment=found, person=by)
    members = {member.person_id for member in members_of(found.relationship_id)}
    agreed = set(Consent.objects.filter(enrolment=found).values_list("person_id", flat=True))
    if found.begun_at is None and members <= agreed:
        _begin(found, by)
    return found


@transaction.atomic
def leave_programme(*, enrolment: Enrolment, by: Person) -> None:
    """Turn the proposal down, or take the relationship out: the coordinators see nothing from then on."""
    found = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    _row, is_new = Leaving.objects.get_or_create(enrolment=found, defaults={"by": by})
    if is_new:
        withdraw_oversight(ground=found.ground)
        _tell_others(found, by, "programs.left" if found.begun_at else "programs.turned_down")


def _begin(enrolment: Enrolment, by: Person) -> None:
    enrolment.begun_at = clock.now()
    enrolment.save(update_fields=["begun_at"])
    for coordinator in Coordinator.objects.filter(programme_id=enrolment.programme_id).select_related("person"):
        grant_oversight(
            relationship_id=enrolment.relationship_id,
            person_id=coordinator.person_id,
            may_see=Sight.COUNTS,
            by=by,
            ground=enrolment.ground,
        )
        notify(
            kind="programs.joined",
            recipient=coordinator.person,
            address=reverse("programs:programme", args=[enrolment.programme_id]),
            programme_id=enrolment.programme_id,
            person_id=by.pk,
        )


def _tell_others(enrolment: Enrolment, by: Person, kind: str) -> None:
    others = {member.person_id for member in members_of(enrolment.relationship_id)} - {by.pk}
    for person in people_by_id(others).values():
        notify(
            kind=kind,
            recipient=person,
            thing=(KIND, enrolment.pk),
            address=reverse("programs:enrolment", args=[enrolment.pk]),
            relationship_id=enrolment.relationship_id,
            programme_id=enrolment.programme_id,
            person_id=by.pk,
        )
