"""Preparing apart: a reader's own answers, and those of others once they have shown them. The only way to either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughline.agreements.domain.fields import Typed
from throughline.agreements.domain.preparing import said
from throughline.agreements.models import Answer, FieldEdit, Preparing, TermEdit


@dataclass(frozen=True)
class Prepared:
    """One person's preparing as a reader may see it: answers by step."""

    preparing_id: UUID | None
    person_id: UUID
    shown_at: datetime | None
    answers: dict[str, dict[str, Typed]]
    taken: frozenset[str] = frozenset()

    @property
    def answered(self) -> set[str]:
        return {step for step, typed in self.answers.items() if said(typed)}


def own_preparing(relationship_id: UUID, person_id: UUID) -> Prepared:
    """One's own, whether shown or not."""
    found = _prepared(Preparing.objects.filter(relationship_id=relationship_id, person_id=person_id))
    return found[0] if found else Prepared(None, person_id, None, {})


def shown_preparing(relationship_id: UUID) -> list[Prepared]:
    """What people have shown each other, in the order in which they did. Nothing that is still private."""
    shown = Preparing.objects.filter(relationship_id=relationship_id, shown_at__isnull=False)
    return _prepared(shown.order_by("shown_at", "id"))


def who_has_shown(relationship_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Who has finished preparing, by relationship. One query; nothing is decrypted."""
    rows = Preparing.objects.filter(relationship_id__in=list(relationship_ids), shown_at__isnull=False)
    pairs = list(rows.values_list("relationship_id", "person_id"))
    return {key: frozenset(person for other, person in pairs if other == key) for key, _ in pairs}


def written_kinds(relationship_id: UUID) -> set[str]:
    """Parts of the draft that somebody has written something in. Two queries."""
    rows = (model.objects.filter(relationship_id=relationship_id).order_by() for model in (TermEdit, FieldEdit))
    return {kind for found in rows for kind in found.values_list("kind", flat=True).distinct()}


def _prepared(preparings: Iterable[Preparing]) -> list[Prepared]:
    found = list(preparings)
    answers = list(Answer.objects.filter(preparing__in=found))
    return [
        Prepared(
            preparing.pk,
            preparing.person_id,
            preparing.shown_at,
            {answer.step: answer.typed for answer in answers if answer.preparing_id == preparing.pk},
            frozenset(a.step for a in answers if a.preparing_id == preparing.pk and a.taken_at),
        )
        for preparing in found
    ]
