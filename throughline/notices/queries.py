"""Reads about notices, named by what they return."""

from __future__ import annotations

from uuid import UUID

from throughline.accounts.domain.channels import known
from throughline.notices.domain.rules import Rule
from throughline.notices.models import ChannelRule


def channel_rule_of(relationship_id: UUID, person_id: UUID) -> Rule | None:
    """What the agreement in force says of reaching this person; None while nothing is signed."""
    found = ChannelRule.objects.filter(relationship_id=relationship_id, person_id=person_id).first()
    return Rule(known(found.quick), found.bodies) if found else None


def relationships_with_rules() -> frozenset[UUID]:
    return frozenset(ChannelRule.objects.values_list("relationship_id", flat=True).distinct())
