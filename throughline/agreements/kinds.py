"""What this room registers: the agreement as a thing, and its two notices.

A relationship has one agreement, so the thing's id is the relationship's: it can be pointed at before it begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.accounts.domain.names import called_by
from throughline.accounts.queries import people_by_id
from throughline.agreements.models import Assent, Confirmation, Proposal, Review, Signature, Version
from throughline.foundation import clock
from throughline.foundation.prepared import prepared
from throughline.notices.domain.kinds import NoticeKind
from throughline.notices.domain.topics import Topic
from throughline.relationships.access import relationship_for
from throughline.relationships.domain.states import State
from throughline.relationships.queries import states_of
from throughline.relationships.things import Choice, OpenItem, Thing, ThingKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person

THING = "agreements.agreement"
REVIEW_KIND = "agreements.review"
PROPOSAL_KIND = "agreements.proposal"
WORDS = "agreements.Agreement:"  # how the origin of the words in `coediting` begins


def _find(person: Person, relationship_id: UUID) -> Thing:
    relationship_for(person, relationship_id)
    return _thing(relationship_id, "agreements:agreement")


def _thing(relationship_id: UUID, url_name: str) -> Thing:
    return Thing(THING, relationship_id, _("Your agreement"), reverse(url_name, args=[relationship_id]))


def _open_items(person: Person, relationship_ids: Sequence[UUID]) -> Iterable[OpenItem]:
    """An agreement to begin, or somebody else's signature that waits for this person's."""
    newest = _newest_by_relationship(relationship_ids, signer_id=person.pk)
    waiting = [key for key in relationship_ids if not (newest.get(key) and newest[key].settled)]
    for relationship_id, state in (states_of(waiting, clock.now()) if waiting else {}).items():
        if state is not State.ACTIVE:
            continue
        version = newest.get(relationship_id)
        if version is None:
            yield OpenItem(
                _thing(relationship_id, "agreements:agreement"), relationship_id, _("Write your agreement together")
            )
        else:
            yield OpenItem(
                _thing(relationship_id, "agreements:sign"), relationship_id, _("Read the agreement and sign it")
            )


@dataclass(frozen=True)
class _Standing:
    """Where the newest version of an agreement stands for one person."""

    number: int
    in_force: bool
    signed: bool

    @property
    def settled(self) -> bool:
        """Nothing is left for this person to do."""
        return self.in_force or self.signed


def _newest_by_relationship(relationship_ids: Iterable[UUID], *, signer_id: UUID) -> dict[UUID, _Standing]:
    """The newest version of each agreement that somebody has signed, and whether this person has. One query."""
    return {
        relationship_id: _Standing(number, in_force_at is not None, signed)
        for relationship_id, number, in_force_at, signed in _newest(signer_id, list(relationship_ids))
    }


@prepared
def _newest(signer_id: UUID, ids: Sequence[UUID]) -> QuerySet[Version, tuple[UUID, int, datetime | None, bool]]:
    newer = Version.objects.filter(relationship=OuterRef("relationship"), number__gt=OuterRef("number"))
    mine = Signature.objects.filter(version=OuterRef("pk"), person_id=signer_id)
    rows = Version.objects.filter(~Exists(newer), relationship_id__in=ids).annotate(mine=Exists(mine))
    return rows.values_list("relationship_id", "number", "in_force_at", "mine")


def _find_proposal(person: Person, proposal_id: UUID) -> Thing:
    found = Proposal.objects.filter(pk=proposal_id).values_list("relationship_id", flat=True).first()
    if found is None:
        raise Http404
    relationship_for(person, found)
    return _proposed(found, proposal_id)


def _proposed(relationship_id: UUID, proposal_id: UUID) -> Thing:
    address = reverse("agreements:proposal", args=[relationship_id, proposal_id])
    return Thing(PROPOSAL_KIND, proposal_id, _("A proposed change"), address)


@prepared
def _waiting(person_id: UUID, ids: Sequence[UUID]) -> QuerySet[Proposal, tuple[UUID, UUID, UUID, str, str]]:
    """Open proposals to which this person has not agreed as they would be signed now."""
    newest = Version.objects.filter(agreement=OuterRef("agreement")).order_by().values("agreement")
    number = Subquery(newest.annotate(last=Max("number")).values("last"))
    mine = Assent.objects.filter(proposal=OuterRef("pk"), person_id=person_id, number=OuterRef("next_number"))
    rows = Proposal.objects.filter(relationship_id__in=ids, end__isnull=True)
    rows = rows.annotate(next_number=Coalesce(number, 0) + 1).filter(~Exists(mine)).order_by("at")
    return rows.values_list("pk", "relationship_id", "by_id", "by__name", "by__email")


def _proposals_to_answer(person: Person, relationship_ids: Sequence[UUID]) -> Iterable[OpenItem]:
    """Changes that wait for this person's answer; one's own, for one's signature. One query."""
    for proposal_id, relationship_id, by_id, name, email in _waiting(person.pk, list(relationship_ids)):
        mine = by_id == person.pk
        act = _("Sign the change that you proposed") if mine else _("%(name)s proposes a change to your agreement")
        item = _proposed(relationship_id, proposal_id)
        yield OpenItem(item, relationship_id, act % {"name": called_by(name, email)})


def _choices(person: Person, relationship_id: UUID, words: str) -> Iterable[Choice]:
    """The agreement, once everybody has signed. One query."""
    if Version.objects.filter(relationship_id=relationship_id, in_force_at__isnull=False).exists():
        thing = _thing(relationship_id, "agreements:agreement")
        if words.casefold() in thing.title.casefold():
            yield Choice(thing)


def _find_in(person: Person, relationship_id: UUID, ids: Sequence[UUID]) -> list[Thing]:
    return [_thing(relationship_id, "agreements:agreement")] if relationship_id in ids else []


AGREEMENT = ThingKind(
    THING, gettext_lazy("agreement"), find=_find, open_items=_open_items, choices=_choices, find_in=_find_in
)


PROPOSAL = ThingKind(
    PROPOSAL_KIND, gettext_lazy("proposed change"), find=_find_proposal, open_items=_proposals_to_answer
)


def _find_review(person: Person, relationship_id: UUID) -> Thing:
    relationship_for(person, relationship_id)
    return _reviewed(relationship_id)


def _reviewed(relationship_id: UUID) -> Thing:
    return Thing(
        REVIEW_KIND,
        relationship_id,
        _("Looking at your agreement"),
        reverse("agreements:review", args=[relationship_id]),
    )


@prepared
def _due(person_id: UUID, today: date, ids: Sequence[UUID]) -> QuerySet[Review, tuple[UUID, date]]:
    """Open reviews whose date has come, and which this person has not confirmed as it is in force."""
    mine = Confirmation.objects.filter(review=OuterRef("pk"), person_id=person_id, version=OuterRef("version"))
    rows = Review.objects.filter(relationship_id__in=ids, ended_at__isnull=True, due_on__lte=today)
    return rows.filter(~Exists(mine)).values_list("relationship_id", "due_on")


def _reviews_due(person: Person, relationship_ids: Sequence[UUID]) -> Iterable[OpenItem]:
    """One query; none in a break."""
    found = dict(_due(person.pk, clock.today_in(person.zone), list(relationship_ids)))
    states = states_of(found, clock.now()) if found else {}
    for relationship_id in found:
        if states[relationship_id] is State.ACTIVE:
            yield OpenItem(_reviewed(relationship_id), relationship_id, _("Look at your agreement: is it still right?"))


REVIEW = ThingKind(REVIEW_KIND, gettext_lazy("review of the agreement"), find=_find_review, open_items=_reviews_due)


def _review_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises Review.DoesNotExist when it is gone, or was done before the mail went out."""
    Review.objects.only("pk").get(pk=ids["review_id"], ended_at=None)
    return {}


def _proposal_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises LookupError or Proposal.DoesNotExist when it is gone with its relationship."""
    Proposal.objects.only("pk").get(pk=ids["proposal_id"])
    return {"by": people_by_id([UUID(ids["by_id"])])[UUID(ids["by_id"])]}


def _signed_values(ids: Mapping[str, str]) -> dict[str, Any]:
    """Raises LookupError or Version.DoesNotExist when the version is gone, as when a relationship was deleted."""
    number = Version.objects.values_list("number", flat=True).get(pk=ids["version_id"])
    return {"by": people_by_id([UUID(ids["by_id"])])[UUID(ids["by_id"])], "number": number}


NOTICES = (
    NoticeKind(
        "agreement.signed", "agreements/notices/signed.txt", agreed=True, topic=Topic.AGREEMENT, values=_signed_values
    ),
    NoticeKind(
        "agreement.your-signature",
        "agreements/notices/your-signature.txt",
        agreed=True,
        topic=Topic.AGREEMENT,
        values=_signed_values,
    ),
    NoticeKind(
        "agreement.review-due",
        "agreements/notices/review-due.txt",
        agreed=True,
        topic=Topic.AGREEMENT,
        values=_review_values,
    ),
    NoticeKind(
        "agreement.proposed",
        "agreements/notices/proposed.txt",
        agreed=True,
        topic=Topic.AGREEMENT,
        values=_proposal_values,
    ),
    NoticeKind(
        "agreement.proposal-answered",
        "agreements/notices/proposal-answered.txt",
        agreed=True,
        topic=Topic.AGREEMENT,
        values=_proposal_values,
    ),
)
