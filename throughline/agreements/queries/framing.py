"""How an agreement came about, for the practices: who wrote how much of it, and when it came into force. No content."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from throughline.agreements.domain.framing import Framing
from throughline.agreements.models import Agreement, FieldEdit, Review, Signature, TermEdit, Version
from throughline.coediting.queries import authors_of

WORDS_AN_EDIT = 200  # characters typed into the words written together that count as one edit of a part


def framing_of(relationship_id: UUID, until: datetime) -> Framing:
    """A fixed number of queries. A field that somebody typed into many times counts once."""
    agreement = Agreement.objects.filter(relationship_id=relationship_id).first()
    if agreement is None:
        return Framing()
    counts: Counter[UUID] = Counter()
    saved = TermEdit.objects.filter(agreement=agreement, at__lte=until).order_by().values_list("by_id")
    counts.update(dict(saved.annotate(edits=Count("pk"))))
    typed = FieldEdit.objects.filter(agreement=agreement, at__lte=until).order_by()
    counts.update(by_id for by_id, _kind, _field in typed.values_list("by_id", "kind", "field").distinct())
    for person_id, characters in (authors_of(agreement.prose) if agreement.prose else {}).items():
        counts[person_id] += -(-characters // WORDS_AN_EDIT)
    versions = Version.objects.filter(agreement=agreement, in_force_at__lte=until).order_by("number")
    reviews = list(Review.objects.filter(agreement=agreement).values_list("ended_at", "how", "due_on"))
    signed = Signature.objects.filter(version__in=versions.order_by("-number").values("pk")[:1])
    return Framing(
        tuple(sorted(counts.items())),
        tuple((number, since) for number, since in versions.values_list("number", "in_force_at") if since),
        max((ended for ended, how, _on in reviews if ended and how == "confirmed"), default=None),
        next((due_on for ended, _how, due_on in reviews if ended is None), None),
        tuple(signed.values_list("person_id", "acknowledged")),
    )
