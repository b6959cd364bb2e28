"""Beginning with a text of ours instead of a blank page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from throughline.agreements.access import ensure_writable
from throughline.agreements.actions.drafting import locked, open_words
from throughline.agreements.actions.fields import fill_in
from throughline.agreements.domain.fields import Typed, Typing
from throughline.agreements.domain.sentences import Sentence
from throughline.agreements.domain.starting import StartingText
from throughline.agreements.domain.starting.text import Filling
from throughline.agreements.queries.fields import last_stamp
from throughline.agreements.queries.wording import say
from throughline.coediting.actions import append_blocks
from throughline.coediting.domain.merging import Block
from throughline.coediting.queries import text_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@transaction.atomic
def begin_with(*, by: Person, relationship: Relationship, text: StartingText, typings: Mapping[str, Typing]) -> int:
    """Fill each part that nobody has written, and the page of own words while it is empty. Returns how many."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    filled = 0
    for kind, filling in text.parts.items():
        if kind in typings and not last_stamp(agreement.pk, kind):
            fill_in(by=by, relationship=relationship, typing=typings[kind], typed=in_words(filling))
            filled += 1
    agreement = open_words(by=by, relationship=relationship)
    if agreement.prose and not text_of(agreement.prose).strip():
        blocks = [
            block
            for paragraph in text.prose
            for block in (Block(say(paragraph.heading), heading=True), Block(say(paragraph.text)))
        ]
        append_blocks(document_id=agreement.prose, by_id=by.pk, blocks=blocks)
        filled += 1
    return filled


def begin_part_with(*, by: Person, relationship: Relationship, text: StartingText, typing: Typing) -> None:
    """Fill one part: rows go behind those that are there, other fields are filled where they are empty."""
    fill_in(by=by, relationship=relationship, typing=typing, typed=in_words(text.parts.get(typing.kind, {})))


def in_words(filling: Filling) -> dict[str, Typed]:
    """A text's fields in the language of whoever chooses it."""
    return {name: say(value) if isinstance(value, Sentence) else value for name, value in filling.items()}
