"""Letting go of what was kept for a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

from throughline.foundation import clock
from throughline.notices.actions import notify
from throughline.relationships.actions.endings import destroy_relationship
from throughline.relationships.models import DestructionWarning, InvitationLink, Look, Membership, Relationship

NOTICE = timedelta(days=30)
AT_ONCE = 200
"""Relationships in one sweep: what is left over goes the next day."""


def forget_invitations(before: datetime) -> int:
    """Relationships that nobody joined, and whose newest link was made before then. Returns how many went."""
    links = InvitationLink.objects.filter(relationship=OuterRef("pk")).order_by("-made_at").values("made_at")
    alone = Relationship.objects.annotate(people=Count("memberships"), asked_at=Subquery(links[:1]))
    alone = alone.filter(people=1, asked_at__lt=before)
    return _destroy(list(alone.order_by("pk")[:AT_ONCE]))


@transaction.atomic
def forget_looks(before: datetime) -> int:
    return Look.objects.filter(at__lt=before).delete()[0]


def forget_ended(before: datetime) -> int:
    """What ended before then goes, a month after its people were told. Returns how many went."""
    soon = Relationship.objects.filter(ending__at__lt=before + NOTICE)
    for relationship in soon.exclude(pk__in=DestructionWarning.objects.values("pk")).order_by("pk")[:AT_ONCE]:
        _warn(relationship)
    told = DestructionWarning.objects.filter(at__lte=clock.now() - NOTICE).values("pk")
    return _destroy(list(Relationship.objects.filter(ending__at__lt=before, pk__in=told).order_by("pk")[:AT_ONCE]))


@transaction.atomic
def _warn(relationship: Relationship) -> None:
    _row, is_new = DestructionWarning.objects.get_or_create(relationship=relationship)
    members = Membership.objects.filter(relationship=relationship, left_at=None, person__is_active=True)
    for member in members.select_related("person").order_by("pk") if is_new else ():
        notify(
            kind="relationships.to_go",
            recipient=member.person,
            address=reverse("relationships:end", args=[relationship.pk]),
            relationship_id=relationship.pk,
        )


def _destroy(found: list[Relationship]) -> int:
    for relationship in found:
        with transaction.atomic():  # one by one: nobody waits for all of them
            destroy_relationship(relationship=relationship)
    return len(found)
