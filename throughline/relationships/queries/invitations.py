"""Reads about invitations and their links."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse

from throughline.foundation import clock
from throughline.relationships.domain.invitations import Answer, Standing, masked, same_address, standing
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


def has_open_invitation(by: Person, email: str, besides: str = "") -> bool:
    """Whether this person already waits for an answer from this address, by an invitation other than `besides`."""
    return any(
        asked.standing is Standing.OPEN and same_address(asked.email, email)
        for asked in unaccepted_invitations_of(by)
        if asked.email and str(asked.invitation_id) != besides
    )


class Scene(StrEnum):
    """What the page behind a link shows to the one who holds it."""

    OPEN = "open"
    OWN = "own"
    WRONG = "wrong"
    JOINED = "joined"
    DEAD = "dead"


@dataclass(frozen=True)
class InvitationSeen:
    """What this person may know of an invitation whose link they hold: fields they may not are empty.

    `note` waits for sign-in when the invitation is for one address. `masked` is that address, made unreadable.
    """

    scene: Scene
    standing: Standing
    inviter: str
    role: Role
    note: str
    masked: str
    expires_at: datetime
    invitation_id: UUID
    relationship_id: UUID


def invitation_seen(person: Person | None, link: InvitationLink) -> InvitationSeen:
    """`person` is None for somebody who is not signed in."""
    invitation, now_standing = link.invitation, standing_of(link)
    bound = bool(invitation.email)
    rightful = person is not None and (not bound or same_address(invitation.email, person.email))
    answered = InvitationAnswer.objects.filter(invitation=invitation).first()
    mine = answered is not None and person is not None and answered.by_id == person.pk
    scene = _scene(person, invitation, now_standing, wrong=person is not None and not rightful, mine=mine)
    known = scene in (Scene.OPEN, Scene.OWN) or (scene is Scene.DEAD and (mine or (bound and rightful)))
    return InvitationSeen(
        scene=scene,
        standing=now_standing,
        inviter=invitation.by.called if known else "",
        role=Role(invitation.role),
        note=invitation.note if scene is Scene.OPEN and (rightful or not bound) else "",
        masked=masked(invitation.email) if bound and scene in (Scene.OPEN, Scene.WRONG) else "",
        expires_at=link.expires_at,
        invitation_id=invitation.pk,
        relationship_id=invitation.relationship_id,
    )


def _scene(person: Person | None, invitation: Invitation, now: Standing, *, wrong: bool, mine: bool) -> Scene:
    if person is not None and invitation.by_id == person.pk:
        return Scene.OWN
    if now is Standing.ACCEPTED and mine:
        return Scene.JOINED
    if now is not Standing.OPEN:
        return Scene.DEAD
    return Scene.WRONG if wrong else Scene.OPEN
