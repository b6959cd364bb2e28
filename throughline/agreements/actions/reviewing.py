"""Looking at the agreement again: when that is, that it was done, and when the next time is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.agreements.access import ensure_writable, reason_to_wait
from throughline.agreements.actions.drafting import locked
from throughline.agreements.domain.terms import LONGEST_REVIEW_DAYS, Terms
from throughline.agreements.models import Agreement, Confirmation, Review, Version
from throughline.agreements.queries.force import terms_of
from throughline.agreements.queries.proposals import version_now
from throughline.foundation import clock
from throughline.notices.actions import notify
from throughline.relationships.queries import members_of

if TYPE_CHECKING:
    from throughline.accounts.access import Proof
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

DUE = "agreement.review-due"
BEFORE = timedelta(days=7)  # so much earlier it can be confirmed


class NotShownError(Exception):
    """Nothing was confirmed: another version is in force than the one that was shown, or no review is near."""


def plan_review(version: Version) -> None:
    """A version came into force. Amending on the date is looking at it; before, only another date moves the date.

    Nothing is planned by a text that was damaged since and cannot be read.
    """
    terms = terms_of(version)
    if terms is None:
        return
    today = clock.today_in(terms.schedule.zone)
    review = Review.objects.filter(agreement=version.agreement_id, ended_at=None).select_related("version").first()
    if review is None:
        _make(version, terms.review.first if terms.review.first > today else _next(terms, today))
    elif review.due_on <= today:
        _end(review, Review.How.AMENDED)
        _make(version, _next(terms, today))
    else:
        before = terms_of(review.version)
        if before is None or before.review != terms.review:
            review.due_on = terms.review.first if terms.review.first > today else _next(terms, today)
        review.version = version
        review.save(update_fields=["due_on", "version"])


@transaction.atomic
def confirm_agreement(*, by: Person, relationship: Relationship, shown_digest: str, proof: Proof) -> date | None:
    """Confirm what is in force, as it was shown. The next date, when everybody has; confirming twice is once.

    Raises NotNowError, NotShownError; then nothing was written.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    review = Review.objects.filter(agreement=agreement, ended_at=None).first()
    version = version_now(agreement.pk)
    terms = terms_of(version) if version else None
    if review is None or version is None or terms is None or version.digest != shown_digest:
        raise NotShownError
    today = clock.today_in(terms.schedule.zone)
    if today < review.due_on - BEFORE:
        raise NotShownError
    Confirmation.objects.get_or_create(
        review=review,
        person=by,
        version=version,
        defaults={"zone": by.zone, "proof_method": proof.method, "proof_at": proof.at},
    )
    confirmed = set(review.confirmations.filter(version=version).values_list("person_id", flat=True))
    if not all(member.person_id in confirmed for member in members_of(relationship.pk)):
        return None
    _end(review, Review.How.CONFIRMED)
    return _make(version, _next(terms, today)).due_on


@transaction.atomic
def tell_of_review(*, review_id: UUID) -> None:
    """Once, on its date: everybody hears that it is time. During a break, when it is over."""
    review = Review.objects.select_for_update().filter(pk=review_id, ended_at=None, told_at=None).first()
    if review is None or reason_to_wait(review.relationship_id):
        return
    review.told_at = clock.now()
    review.save(update_fields=["told_at"])
    for person in people_by_id(member.person_id for member in members_of(review.relationship_id)).values():
        address = reverse("agreements:review", args=[review.relationship_id])
        notify(kind=DUE, recipient=person, address=address, relationship_id=review.relationship_id, review_id=review.pk)


@transaction.atomic
def plan_missing_review(*, agreement_id: UUID) -> None:
    """For what came into force before there were reviews."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    version = version_now(agreement.pk)
    if version and not Review.objects.filter(agreement=agreement, ended_at=None).exists():
        plan_review(version)


def _next(terms: Terms, today: date) -> date:
    return today + timedelta(days=min(terms.review.every_days, LONGEST_REVIEW_DAYS))


def _make(version: Version, due_on: date) -> Review:
    return Review.objects.create(
        agreement_id=version.agreement_id, relationship_id=version.relationship_id, version=version, due_on=due_on
    )


def _end(review: Review, how: str) -> None:
    review.ended_at, review.how = clock.now(), how
    review.save(update_fields=["ended_at", "how"])
