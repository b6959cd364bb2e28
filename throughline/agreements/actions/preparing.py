"""Preparing apart, showing it, and making the first draft from what each has said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.agreements.access import ensure_writable
from throughline.agreements.actions.drafting import locked, open_words
from throughline.agreements.actions.fields import Written, take
from throughline.agreements.domain.fields import Typed, Typing
from throughline.agreements.domain.preparing import OPEN_QUESTIONS, WORDS, join
from throughline.agreements.models import Answer, Preparing
from throughline.agreements.queries.wording import say
from throughline.coediting.actions import append_blocks
from throughline.coediting.domain.merging import Block
from throughline.foundation import clock

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


class ShownAlreadyError(Exception):
    """What was shown stays as it was shown; the draft is where it changes."""


@transaction.atomic
def keep_answer(*, by: Person, relationship: Relationship, step: str, typed: Mapping[str, Typed]) -> None:
    """One step as it is typed, whole or not. Raises ShownAlreadyError."""
    ensure_writable(relationship.pk)
    preparing, _made = Preparing.objects.get_or_create(relationship=relationship, person=by)
    preparing = Preparing.objects.select_for_update().get(pk=preparing.pk)
    if preparing.shown_at:
        raise ShownAlreadyError
    answer = Answer.objects.filter(preparing=preparing, step=step).first() or Answer(
        preparing=preparing, relationship=relationship, step=step
    )
    answer.typed, answer.at = dict(typed), clock.now()
    answer.save()


@transaction.atomic
def show_answers(*, by: Person, relationship: Relationship) -> None:
    """Let the others read it, whole or not. Twice is once."""
    ensure_writable(relationship.pk)
    Preparing.objects.get_or_create(relationship=relationship, person=by)
    preparing = Preparing.objects.select_for_update().get(relationship=relationship, person=by)
    if preparing.shown_at:
        return
    preparing.shown_at = clock.now()
    preparing.save(update_fields=["shown_at"])


@transaction.atomic
def draft_from(
    *, by: Person, relationship: Relationship, typing: Typing, preparing_ids: Sequence[UUID]
) -> Written | None:
    """Make a part of the draft from what one, or several in this order, have answered. None when nothing was.

    Whatever stands in the draft and in nobody's answers is kept beside its field; so is a choice of the second that
    stands against the first's.
    """
    ensure_writable(relationship.pk)
    shown = _shown(relationship, typing.kind)
    chosen = [shown[key] for key in preparing_ids if key in shown]
    joined = join([answer.typed for answer in chosen], typing.rows, typing.long())
    if not joined.typed:
        return None
    against = {name: chosen[number] for name, number in joined.against.items()}
    left = {name: (answer.typed[name], answer.preparing.person_id, answer.at) for name, answer in against.items()}
    return take(
        by=by,
        relationship=relationship,
        typing=typing,
        typed=joined.typed,
        known=[answer.typed for answer in shown.values()],
        left=left,
    )


@transaction.atomic
def words_from(*, by: Person, relationship: Relationship, preparing_ids: Sequence[UUID]) -> None:
    """Put the answers to the open questions on the page of own words, each as written by whoever wrote it, once."""
    ensure_writable(relationship.pk)
    agreement = open_words(by=by, relationship=relationship)
    locked(relationship)
    shown = _shown(relationship, WORDS)
    fresh = [shown[key] for key in preparing_ids if key in shown and shown[key].taken_at is None]
    for name, (heading, _question) in OPEN_QUESTIONS.items():
        texts = [(answer.preparing.person_id, str(answer.typed.get(name, "")).strip()) for answer in fresh]
        if agreement.prose and any(text for _, text in texts):
            append_blocks(document_id=agreement.prose, by_id=by.pk, blocks=[Block(say(heading), heading=True)])
            for author_id, text in texts:
                paragraphs = [Block(line.strip()) for line in text.splitlines() if line.strip()]
                if paragraphs:
                    append_blocks(document_id=agreement.prose, by_id=author_id, blocks=paragraphs)
    for answer in fresh:
        answer.taken_by, answer.taken_at = by, clock.now()
        answer.save(update_fields=["taken_by", "taken_at"])


def _shown(relationship: Relationship, step: str) -> dict[UUID, Answer]:
    """Everybody's answer to a step that they have shown, by their preparing."""
    answers = Answer.objects.filter(
        preparing__relationship=relationship, preparing__shown_at__isnull=False, step=step
    ).select_related("preparing")
    return {answer.preparing_id: answer for answer in answers}
