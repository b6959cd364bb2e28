"""The only way to a programme, or to an enrolment, for a person; or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from throughline.programs.models import Enrolment, Programme
from throughline.relationships.access import is_member
from throughline.relationships.domain.roles import Sight
from throughline.relationships.queries import may_see

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def programme_for(coordinator: Person, programme_id: UUID) -> Programme:
    """Raises Http404 to everybody who does not coordinate it."""
    found = Programme.objects.filter(pk=programme_id, coordinators__person=coordinator).first()
    if found is None:
        raise Http404
    return found


def programme_by_code(code: str) -> Programme:
    """For whoever holds its link. Raises Http404."""
    found = Programme.objects.filter(code=code).first() if code.isalnum() and code.isascii() else None
    if found is None:
        raise Http404
    return found


def enrolment_for(member: Person, enrolment_id: UUID) -> Enrolment:
    """Raises Http404 to everybody who is not in its relationship."""
    found = _enrolment(enrolment_id)
    if found is None or not is_member(member.pk, found.relationship_id):
        raise Http404
    return found


def overseen_for(coordinator: Person, enrolment_id: UUID) -> Enrolment:
    """An enrolment whose counts this coordinator may see now. Raises Http404."""
    found = _enrolment(enrolment_id)
    if (
        found is None
        or not found.programme.coordinators.filter(person=coordinator).exists()
        or not may_see(coordinator, found.relationship, Sight.COUNTS)
        or hasattr(found, "leaving")
        or found.begun_at is None
    ):
        raise Http404
    return found


def _enrolment(enrolment_id: UUID) -> Enrolment | None:
    related = ("programme", "relationship", "leaving", "by")
    return Enrolment.objects.select_related(*related).filter(pk=enrolment_id).first()
