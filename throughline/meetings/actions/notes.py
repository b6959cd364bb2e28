"""Notes of a meeting: one document that everybody writes in, at once or apart."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.coediting.actions import append_blocks, open_document
from throughline.coediting.domain.merging import Block
from throughline.meetings.access import ensure_member
from throughline.meetings.domain.occasions import occasion_of
from throughline.meetings.models import Meeting, Notes
from throughline.relationships.access import ensure_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person


@transaction.atomic
def begin_notes(*, meeting: Meeting, by: Person) -> Notes:
    """The notes of this meeting, begun by whoever comes first."""
    ensure_member(by, meeting.relationship_id)
    ensure_open(meeting.relationship_id)
    document_id = open_document(meeting.relationship_id, origin=occasion_of(meeting.pk))
    notes, _made = Notes.objects.get_or_create(
        meeting=meeting, defaults={"relationship_id": meeting.relationship_id, "document_id": document_id, "by": by}
    )
    return notes


@transaction.atomic
def note_down(*, meeting: Meeting, by: Person, words: str) -> UUID:
    """Paragraphs at the end of the notes, for whoever has no editor. Returns the document's id."""
    notes = begin_notes(meeting=meeting, by=by)
    lines = [Block(line.strip()) for line in words.splitlines() if line.strip()]
    append_blocks(document_id=notes.document_id, by_id=by.pk, blocks=lines)
    return notes.document_id
