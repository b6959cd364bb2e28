"""Inviting somebody, and what becomes of it. Every answer is one row, so a second click or tab changes nothing."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.foundation.environment import ENV
from throughline.foundation.ids import new_id
from throughline.foundation.places import address_of_relationship
from throughline.notices.actions import mail_address, notify
from throughline.relationships.actions.members import begin_relationship, join_relationship
from throughline.relationships.domain.invitations import LASTS, LINKS_A_DAY, Answer, Standing, same_address
from throughline.relationships.domain.roles import Role
from throughline.relationships.models import Invitation, InvitationAnswer, InvitationLink
from throughline.relationships.queries import link_path, standing_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class InvitationError(Exception):
    """What was asked cannot be done; the message says why, for the person who asked."""


@transaction.atomic
def invite(*, by: Person, role: Role, email: str = "", note: str = "", once: UUID | None = None) -> Invitation:
    """Ask somebody to join a new relationship as `role`; the inviter takes the other part.

    Without an address the link is for whoever holds it. `once` is made by the form: the same value twice is one
    invitation. Raises InvitationError.
    """
    made = Invitation.objects.filter(pk=once, by=by).first() if once else None
    if made is not None:
        return made
    _check(by, email)
    relationship = begin_relationship(by=by, role=role.other)
    taken = once is None or Invitation.objects.filter(pk=once).exists()
    invitation = Invitation.objects.create(
        id=new_id() if taken else once,
        relationship=relationship,
        by=by,
        role=role.value,
        email=email.strip(),
        note=note,
    )
    _add_link(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person) -> InvitationLink:
    """A fresh link, good for another fourteen days; the earlier ones stop working. Raises InvitationError."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk, by=by)
    if InvitationAnswer.objects.filter(invitation=invitation).exists():
        raise InvitationError(_("This invitation was already answered or taken back."))
    _limit(by)
    return _add_link(invitation)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Person) -> None:
    """Take it back. Twice is once. Raises InvitationError when it has been accepted or declined meanwhile."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk, by=by)
    answer = _answer_once(invitation, Answer.REVOKED, by)
    if answer.answer != Answer.REVOKED:
        raise InvitationError(_("Too late to take it back: it has been answered meanwhile."))


@transaction.atomic
def accept_invitation(*, link: InvitationLink, by: Person) -> Relationship:
    """Join as the invited role. Accepting twice is once. Raises InvitationError."""
    invitation = _answerable(link, by, Answer.ACCEPTED)
    join_relationship(relationship=invitation.relationship, by=by, role=Role(invitation.role))
    _answer_once(invitation, Answer.ACCEPTED, by, tell=True)
    return invitation.relationship


@transaction.atomic
def decline_invitation(*, link: InvitationLink, by: Person, reason: str = "") -> None:
    """Say no, with a reason for the one who invited, or without. Twice is once. Raises InvitationError."""
    invitation = _answerable(link, by, Answer.DECLINED)
    _answer_once(invitation, Answer.DECLINED, by, reason=reason, tell=True)


def _check(by: Person, email: str) -> None:
    if email and same_address(email, by.email):
        raise InvitationError(_("This is your own address. Mentoring takes two: write the other person's."))
    _limit(by)


def _limit(by: Person) -> None:
    yesterday = clock.now() - timedelta(days=1)
    if InvitationLink.objects.filter(invitation__by=by, made_at__gt=yesterday).count() >= LINKS_A_DAY:
        raise InvitationError(
            _("You have sent %(n)d invitations since yesterday, which is as many as we send. Please go on tomorrow.")
            % {"n": LINKS_A_DAY}
        )


def _add_link(invitation: Invitation) -> InvitationLink:
    token = secrets.token_bytes(32)
    link = InvitationLink.objects.create(
        invitation=invitation,
        relationship=invitation.relationship,
        digest=hashlib.sha256(token).digest(),
        token=token,
        expires_at=clock.now() + LASTS,
    )
    if invitation.email:
        mail_address(
            kind="relationships.invitation",
            email=invitation.email,
            language=invitation.by.language,
            relationship_id=invitation.relationship_id,
            context={
                "inviter": invitation.by.called,
                "role": invitation.role,
                "invitation_link": ENV.origin + link_path(link),
                "days": str(LASTS.days),
            },
        )
    return link


def _answerable(link: InvitationLink, by: Person, wanted: Answer) -> Invitation:
    """The invitation, locked, if this person may give this answer now, or gave it already."""
    invitation = Invitation.objects.select_for_update().select_related("relationship", "by").get(pk=link.invitation_id)
    given = InvitationAnswer.objects.filter(invitation=invitation).first()
    if given is not None and given.by_id == by.pk and given.answer == wanted:
        return invitation
    if invitation.by_id == by.pk:
        raise InvitationError(_("You made this invitation yourself: it is for the other person."))
    if invitation.email and not same_address(invitation.email, by.email):
        raise InvitationError(_("This invitation is for another address."))
    if standing_of(link) is not Standing.OPEN:
        raise InvitationError(_("This invitation cannot be answered any more."))
    return invitation


def _answer_once(
    invitation: Invitation, answer: Answer, by: Person, *, reason: str = "", tell: bool = False
) -> InvitationAnswer:
    row, is_new = InvitationAnswer.objects.get_or_create(
        invitation=invitation,
        defaults={"relationship": invitation.relationship, "answer": answer.value, "by": by, "reason": reason},
    )
    if is_new and tell:
        notify(
            kind=f"relationships.{answer.value}",
            recipient=invitation.by,
            address=_page_of(invitation, answer),
            thing=("relationships.invitation", invitation.pk),
            relationship_id=invitation.relationship_id,
            person_id=by.pk,
        )
    return row


def _page_of(invitation: Invitation, answer: Answer) -> str:
    if answer is Answer.ACCEPTED:
        return address_of_relationship(invitation.relationship_id)
    return reverse("relationships:asked", args=[invitation.pk])
