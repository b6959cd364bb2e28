"""Taking something on, and what becomes of it. Only its owner acts on it; twice is once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from throughline.commitments.access import ensure_owner
from throughline.commitments.domain.ends import End
from throughline.commitments.models import Closing, Commitment, NewDate
from throughline.foundation.ids import new_id
from throughline.relationships.access import ensure_open, is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def make_commitment(
    *,
    relationship: Relationship,
    owner: Person,
    due: date,
    words: str,
    by: Person | None = None,
    origin: tuple[str, UUID] | None = None,
    once: UUID | None = None,
) -> Commitment:
    """`by` is who wrote it down (the owner unless said); `origin` is a thing's (kind, id).

    `once` is made by the form: the same value twice is one commitment. Raises Http404 when the owner takes no
    part in the relationship, and RelationshipEndedError when it is over.
    """
    ensure_open(relationship.pk)
    writer = by or owner
    if not is_member(owner.pk, relationship.pk) or not is_member(writer.pk, relationship.pk):
        raise Http404
    made = Commitment.objects.filter(pk=once).first() if once else None
    if made is not None and (made.by_id, made.relationship_id) == (writer.pk, relationship.pk):
        return made
    return Commitment.objects.create(
        id=once if once and made is None else new_id(),
        relationship=relationship,
        owner=owner,
        by=writer,
        words=words,
        due=due,
        first_due=due,
        origin_kind=origin[0] if origin else "",
        origin_id=origin[1] if origin else None,
    )


@transaction.atomic
def re_date(*, commitment: Commitment, by: Person, due: date) -> Commitment:
    """A new day; the first one stays on record. The same day again, or one that is closed, changes nothing."""
    found = _locked(commitment, by)
    if found.due != due and not Closing.objects.filter(commitment=found).exists():
        NewDate.objects.create(
            relationship_id=found.relationship_id, commitment=found, by=by, before=found.due, after=due
        )
        found.due = due
        found.save(update_fields=["due"])
    return found


@transaction.atomic
def complete(*, commitment: Commitment, by: Person) -> Closing:
    """Done. Once dropped it stays dropped."""
    return _close(_locked(commitment, by), by, End.DONE, "")


@transaction.atomic
def drop(*, commitment: Commitment, by: Person, reason: str) -> Closing:
    """Let go, with a reason that the relationship's members read. Once done it stays done."""
    return _close(_locked(commitment, by), by, End.DROPPED, reason)


@transaction.atomic
def end_those_from(
    *, kind: str, relationship_id: UUID, by: Person, end: End, things: Collection[UUID] | None = None, reason: str = ""
) -> None:
    """What was taken on at things of a kind has ended by itself: with `things` all that came from these, otherwise all
    that `by` took on at any of them. What is closed already stays as it is."""
    rows = Commitment.objects.filter(relationship=relationship_id, origin_kind=kind, closing__isnull=True)
    for found in rows.filter(owner=by) if things is None else rows.filter(origin_id__in=things):
        _close(found, by, end, reason)


def _locked(commitment: Commitment, by: Person) -> Commitment:
    found = Commitment.objects.select_for_update().get(pk=commitment.pk)
    ensure_owner(by, found)
    ensure_open(found.relationship_id)
    return found


def _close(commitment: Commitment, by: Person, end: End, reason: str) -> Closing:
    closing, _is_new = Closing.objects.get_or_create(
        commitment=commitment,
        defaults={"relationship_id": commitment.relationship_id, "end": end.value, "by": by, "reason": reason},
    )
    return closing
