"""Writing a goal down, wording it anew, taking up an objective of the agreement, and sharing what was private."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import Http404

from throughline.agreements.queries import terms_in_force, version_in_force
from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.goals.actions.painting import locked
from throughline.goals.models import Goal, Rewording, Sharing
from throughline.relationships.access import ensure_open, is_member

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class PrivateOwnerError(ValueError):
    """A private goal would get another owner, who could not see it."""


@transaction.atomic
def write_goal(
    *,
    relationship: Relationship,
    by: Person,
    sentence: str,
    why: str = "",
    outcome: str = "",
    owner: Person | None = None,
    due: date | None = None,
    begun_on: date | None = None,
    private: bool = False,
    once: UUID | None = None,
    aim: str = "",
    origin: tuple[UUID, int] | None = None,
    split_from: Goal | None = None,
) -> Goal:
    """`once` is made by the form: the same value twice is one goal. begun_on: today on the owner's clock unless said.

    Raises Http404 when owner or writer take no part, PrivateOwnerError, RelationshipEndedError.
    """
    ensure_open(relationship.pk)
    if not is_member(by.pk, relationship.pk) or (owner and not is_member(owner.pk, relationship.pk)):
        raise Http404
    if private and owner and owner.pk != by.pk:
        raise PrivateOwnerError
    made = Goal.objects.filter(pk=once).first() if once else None
    if made is not None and (made.by_id, made.relationship_id) == (by.pk, relationship.pk):
        return made
    version, number = origin or (None, None)
    goal = Goal.objects.create(
        id=once if once and made is None else new_id(),
        relationship=relationship,
        by=by,
        owner=owner,
        words={"sentence": sentence, "why": why, "outcome": outcome, "aim": aim},
        picture={},
        begun_on=begun_on or clock.today_in((owner or by).zone),
        due=due,
        first_due=due,
        split_from=split_from,
        origin_version=version,
        origin_number=number,
    )
    if not private:
        Sharing.objects.create(goal=goal, relationship=relationship, by=by)
    return goal


@transaction.atomic
def take_up_objective(*, relationship: Relationship, by: Person, number: int) -> Goal:
    """An objective of the agreement in force becomes a goal; number counts from 0. Twice is once.

    The owner is the mentee where there is one only: objectives are theirs. Raises Http404 without such an objective.
    """
    version, terms = version_in_force(relationship.pk), terms_in_force(relationship.pk)
    if version is None or terms is None or not 0 <= number < len(terms.objectives.items):
        raise Http404
    objective = terms.objectives.items[number]
    type(relationship).objects.select_for_update().get(pk=relationship.pk)  # two at once take their turns
    for made in Goal.objects.filter(relationship=relationship, sharing__isnull=False):
        if made.words["aim"] == objective.aim:
            return made
    return write_goal(
        relationship=relationship,
        by=by,
        sentence=objective.aim,
        outcome=objective.outcome,
        owner=_mentee(relationship),
        aim=objective.aim,
        origin=(version.version_id, number),
    )


def _mentee(relationship: Relationship) -> Person | None:
    mentees = [one.person for one in relationship.memberships.all() if one.role == "mentee"]
    return mentees[0] if len(mentees) == 1 else None


@transaction.atomic
def reword_goal(*, goal: Goal, by: Person, sentence: str, why: str, outcome: str, owner: Person | None) -> Goal:
    """What it said before stays on record. The same words and owner again change nothing.

    Raises PrivateOwnerError, Http404 for an owner who takes no part, RelationshipEndedError.
    """
    found = locked(goal.pk)
    if owner and not is_member(owner.pk, found.relationship_id):
        raise Http404
    if owner and owner.pk != found.by_id and not Sharing.objects.filter(goal=found).exists():
        raise PrivateOwnerError
    words = {**found.words, "sentence": sentence, "why": why, "outcome": outcome}
    owner_id = owner.pk if owner else None
    if words == found.words and owner_id == found.owner_id:
        return found
    before = {**found.words, "owner": str(found.owner_id) if found.owner_id else ""}
    Rewording.objects.create(goal=found, relationship_id=found.relationship_id, by=by, before=before)
    found.words, found.owner_id = words, owner_id
    found.save(update_fields=["words", "owner"])
    return found


@transaction.atomic
def share_goal(*, goal: Goal, by: Person) -> Sharing:
    """From here on everybody in the relationship sees it, with all that was recorded. Twice is once."""
    found = locked(goal.pk)
    sharing, _is_new = Sharing.objects.get_or_create(
        goal=found, defaults={"relationship_id": found.relationship_id, "by": by}
    )
    return sharing


@transaction.atomic
def forget_private_goals_of(person_id: UUID) -> None:
    """What only this person saw goes with them. Twice is once."""
    Goal.objects.filter(by_id=person_id, sharing__isnull=True).delete()
