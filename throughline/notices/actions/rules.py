"""What signing says of telling people: written down here, so that this room need not know of agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.foundation import clock
from throughline.notices.domain.rules import Rule
from throughline.notices.models import ChannelRule

if TYPE_CHECKING:
    from collections.abc import Iterable


@transaction.atomic
def set_channel_rule(*, relationship_id: UUID, people: Iterable[UUID], rule: Rule) -> None:
    """From now on this holds for each of these people in this relationship. The same again changes nothing."""
    said = {"quick": [channel.value for channel in rule.quick], "bodies": rule.bodies, "since": clock.now()}
    ChannelRule.objects.bulk_create(
        [ChannelRule(relationship_id=relationship_id, person_id=person_id, **said) for person_id in people],
        update_conflicts=True,
        unique_fields=["relationship_id", "person"],
        update_fields=["quick", "bodies", "since"],
    )


@transaction.atomic
def forget_channel_rules(*, relationship_id: UUID) -> None:
    """The relationship is destroyed."""
    ChannelRule.objects.filter(relationship_id=relationship_id).delete()
