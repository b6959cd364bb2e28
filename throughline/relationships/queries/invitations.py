"""Reads about invitations and their links."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from throughline.foundation import clock
from throughline.relationships.domain.invitations import Answer, Standing, standing
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Invitation, InvitationAnswer, InvitationLink

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@dataclass(frozen=True)
class Asked:
    """One of a person's own invitations that is not accepted, with what its newest link still does."""

    invitation_id: UUID
    relationship_id: UUID
    email: str
    role: Role
    standing: Standing
    expires_at: datetime


def standing_of(link: InvitationLink) -> Standing:
    """What this link can be used for now."""
    answer = InvitationAnswer.objects.filter(invitation_id=link.invitation_id).values_list("answer", flat=True).first()
    newest = not InvitationLink.objects.filter(invitation_id=link.invitation_id, pk__gt=link.pk).exists()
    return standing(clock.now(), answer=Answer(answer) if answer else None, newest=newest, expires_at=link.expires_at)


def newest_link_of(invitation: Invitation) -> InvitationLink:
    return InvitationLink.objects.filter(invitation=invitation).order_by("-pk")[0]


def link_path(link: InvitationLink) -> str:
    """Where the link leads, as a path of ours; opens the seal of its token."""
    token = base64.urlsafe_b64encode(link.token).rstrip(b"=").decode()
    return reverse("relationships:invitation", args=[token])


def unaccepted_invitations_of(person: Person) -> list[Asked]:
    """Those that still wait, were declined, taken back or ran out; the newest first. One query."""
    newer = InvitationLink.objects.filter(invitation=OuterRef("invitation"), pk__gt=OuterRef("pk"))
    links = (
        InvitationLink.objects.filter(~Exists(newer), invitation__by=person)
        .exclude(invitation__answer__answer=Answer.ACCEPTED.value)
        .select_related("invitation", "invitation__answer")
        .order_by("-invitation_id")
    )
    return [_asked(link, link.invitation) for link in links]


def _asked(link: InvitationLink, invitation: Invitation) -> Asked:
    given = getattr(invitation, "answer", None)
    return Asked(
        invitation_id=invitation.pk,
        relationship_id=invitation.relationship_id,
        email=invitation.email,
        role=Role(invitation.role),
        standing=standing(
            clock.now(), answer=Answer(given.answer) if given else None, newest=True, expires_at=link.expires_at
        ),
        expires_at=link.expires_at,
    )


def has_open_invitation(by: Person, email: str) -> bool:
    """Whether this person already waits for an answer from this address."""
    return any(
        asked.standing is Standing.OPEN and asked.email.casefold() == email.strip().casefold()
        for asked in unaccepted_invitations_of(by)
        if asked.email
    )
