"""The review's page in one value, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from throughline.agreements.domain.beside import Beside, beside
from throughline.agreements.models import Agreement, Confirmation, Review, Version
from throughline.agreements.queries.force import terms_of
from throughline.agreements.queries.proposals import version_now
from throughline.agreements.queries.sections import Section, sections_of
from throughline.foundation import clock
from throughline.relationships.queries import Member

BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class ReviewPage:
    """rows: each part beside what happened. due: it can be confirmed now. confirmed, missing: names."""

    rows: tuple[tuple[Section, tuple[Beside, ...]], ...]
    number: int
    digest: str
    due_on: date | None
    due: bool
    late: bool
    confirmed: tuple[str, ...]
    missing: tuple[str, ...]
    confirmed_by_reader: bool
    last: Review | None


def review_page_of(agreement: Agreement | None, *, reader_id: UUID, members: Sequence[Member]) -> ReviewPage | None:
    """None while nothing is in force that can be read."""
    version = version_now(agreement.pk) if agreement else None
    terms, now = terms_of(version) if version else None, clock.now()
    if version is None or terms is None:
        return None
    today = clock.today_in(terms.schedule.zone)
    review = Review.objects.filter(agreement=agreement, ended_at=None).first()
    rows = Confirmation.objects.filter(review=review, version=version) if review else Confirmation.objects.none()
    confirmed = set(rows.values_list("person_id", flat=True))
    known = beside(version.relationship_id, now)
    sections = sections_of(terms, [member.zone for member in members])
    return ReviewPage(
        rows=tuple((section, tuple(known.get(section.kind, ()))) for section in sections if section.sentences),
        number=version.number,
        digest=version.digest,
        due_on=review.due_on if review else None,
        due=review is not None and today >= review.due_on - BEFORE,
        late=review is not None and today >= review.due_on,
        confirmed=tuple(member.called for member in members if member.person_id in confirmed),
        missing=tuple(member.called for member in members if member.person_id not in confirmed),
        confirmed_by_reader=reader_id in confirmed,
        last=Review.objects.filter(agreement=agreement, ended_at__isnull=False).order_by("-ended_at").first(),
    )


def reviews_to_tell() -> list[UUID]:
    """Whose date has come on every clock of the world that matters: the action looks at the rest."""
    due = Review.objects.filter(ended_at=None, told_at=None, due_on__lte=clock.now().date())
    return list(due.values_list("pk", flat=True))


def agreements_without_review() -> list[UUID]:
    in_force = Version.objects.filter(agreement=OuterRef("pk"), in_force_at__isnull=False)
    planned = Review.objects.filter(agreement=OuterRef("pk"), ended_at=None)
    return list(Agreement.objects.filter(Exists(in_force), ~Exists(planned)).values_list("pk", flat=True))
