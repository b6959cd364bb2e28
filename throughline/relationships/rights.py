"""What this room holds of people, and what becomes of it: see foundation/rights/holdings.py."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.accounts.queries import addresses_of, people_by_id
from throughline.foundation.environment import ENV
from throughline.foundation.rights.holdings import Erasure, Holding
from throughline.foundation.rights.periods import Period
from throughline.relationships.actions.periods import forget_ended, forget_invitations, forget_looks
from throughline.relationships.domain.invitations import Answer
from throughline.relationships.domain.states import State
from throughline.relationships.models import Invitation, InvitationAnswer, Membership
from throughline.relationships.queries import relationships_of

BETWEEN = _("It says who was in the relationship and when, so it stays with the others until they delete it too.")
WORDS = _("You wrote it for the others, so it stays with them until they delete it too.")
LOOKED = _("The people in a relationship can see who outside it looked, and when: that stays, without the name.")


def readable_relationships(person_id: UUID) -> Iterable[UUID]:
    """Those that this person is in and has not left."""
    mine = Membership.objects.filter(person_id=person_id, left_at=None).order_by("relationship_id")
    return list(mine.values_list("relationship_id", flat=True))


def forget_invited_addresses(person_id: UUID) -> None:
    """The addresses of somebody who goes, in invitations that others sent them; those still open are declined first."""
    addresses = [address.lower() for address in addresses_of(person_id)]
    for invitation in Invitation.objects.annotate(lower=Lower("email")).filter(lower__in=addresses):
        InvitationAnswer.objects.get_or_create(
            invitation=invitation,
            defaults={
                "relationship_id": invitation.relationship_id,
                "answer": Answer.DECLINED.value,
                "by_id": person_id,
                "reason": "",
            },
        )
        Invitation.objects.filter(pk=invitation.pk).update(email="")


PERIODS = [
    Period(
        "relationships.invitations", _("Invitations that nobody accepted"), ENV.keep_invitations_days,
        _("Counted from the last link that was sent; then the words go, and the address."), forget_invitations,
    ),
    Period(
        "relationships.looks", _("Looks of coordinators"), ENV.keep_looks_days,
        _("So that a pair can see who looked at its counts, and when."), forget_looks,
    ),
    Period(
        "relationships.ended", _("Relationships that have ended"), ENV.keep_ended_days,
        _("Everything written in them goes with their key. Their people are told a month before."), forget_ended,
    ),
]  # fmt: skip


def what_closing_means(person_id: UUID) -> Iterable[str]:
    """A sentence for each relationship that would end, and one for what is over already."""
    person = people_by_id([person_id])[person_id]
    found = relationships_of(person)
    for one in found:
        names = ", ".join(member.called for member in one.others)
        if one.others and one.state is not State.ENDED:
            yield gettext("Your relationship with %(names)s ends, and they are told.") % {"names": names}
    if any(not one.others for one in found):
        yield gettext("Invitations of yours that nobody has answered are taken back.")


HOLDINGS = [
    Holding(
        "relationships.Membership", _("Relationships you are in"), Erasure.JOINT, BETWEEN,
        owner=("person",), shared_by="relationship",
    ),
    Holding(
        "relationships.Invitation", _("Invitations"), Erasure.JOINT, WORDS,
        owner=("by",), shared_by="relationship", erase=forget_invited_addresses,
    ),
    Holding(
        "relationships.InvitationLink", _("Links of invitations"), Erasure.JOINT, BETWEEN,
        shared_by="relationship", leave_out=("digest", "token"),
    ),
    Holding(
        "relationships.InvitationAnswer", _("Answers to invitations"), Erasure.JOINT, WORDS,
        owner=("by",), shared_by="relationship",
    ),
    Holding("relationships.Pause", _("Pauses"), Erasure.JOINT, WORDS, owner=("by",), shared_by="relationship"),
    Holding(
        "relationships.PauseAcceptance", _("Who accepted pauses"), Erasure.JOINT, BETWEEN,
        owner=("person",), shared_by="pause__relationship",
    ),
    Holding(
        "relationships.PauseClosing", _("Who closed pauses"), Erasure.JOINT, BETWEEN,
        owner=("by",), shared_by="pause__relationship",
    ),
    Holding("relationships.Ending", _("Endings"), Erasure.JOINT, BETWEEN, owner=("by",), shared_by="relationship"),
    Holding(
        "relationships.DestructionWarning", _("Warnings that something will be deleted"), Erasure.JOINT, BETWEEN,
        shared_by="relationship",
    ),
    Holding(
        "relationships.Reflection", _("Looks back"), Erasure.JOINT, WORDS, owner=("person",), shared_by="relationship"
    ),
    Holding(
        "relationships.DeletionRequest", _("Wishes to delete"), Erasure.JOINT, BETWEEN,
        owner=("person",), shared_by="relationship",
    ),
    Holding(
        "relationships.Oversight", _("What you may see from outside"), Erasure.GOES,
        _("Who has left sees nothing."), owner=("person",), named=("by",), shared_by="relationship",
    ),
    Holding(
        "relationships.Look", _("Looks from outside"), Erasure.RECORD, LOOKED,
        owner=("person",), shared_by="relationship",
    ),
]  # fmt: skip
