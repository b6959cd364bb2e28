"""What the rooms below announce, each answered by one action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.dispatch import receiver

from throughline.agreements.signals import agreement_signed
from throughline.calls.signals import call_ended
from throughline.meetings.actions import end_series, plan_series, settle_meeting, top_up
from throughline.meetings.domain.occasions import meeting_of
from throughline.relationships.signals import pause_accepted, relationship_ended


@receiver(agreement_signed)
def plan(relationship_id: UUID, version_id: UUID, **_: Any) -> None:
    plan_series(relationship_id=relationship_id, version_id=version_id)


@receiver(call_ended)
def settle(occasion: str, **_: Any) -> None:
    if meeting_id := meeting_of(occasion):
        settle_meeting(meeting_id=meeting_id)


@receiver(pause_accepted)
def plan_past_the_pause(relationship_id: UUID, **_: Any) -> None:
    top_up(relationship_id=relationship_id)


@receiver(relationship_ended)
def end(relationship_id: UUID, **_: Any) -> None:
    end_series(relationship_id=relationship_id)
