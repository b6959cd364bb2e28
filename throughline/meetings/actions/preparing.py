"""What is ready before a meeting: posted by whom the agreement names, asked for once, a day ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from throughline.accounts.queries import people_by_id
from throughline.agreements.queries import version_and_terms
from throughline.foundation import clock
from throughline.meetings.access import ensure_member
from throughline.meetings.domain.occasions import KIND
from throughline.meetings.domain.preparing import Task, tasks
from throughline.meetings.kinds import PREPARE
from throughline.meetings.models import Meeting, Preparation
from throughline.meetings.queries import still_standing
from throughline.notices.actions import notify
from throughline.relationships.access import ensure_open
from throughline.relationships.queries import members_of, pauses_of

if TYPE_CHECKING:
    from throughline.accounts.models import Person

ASK_BEFORE = timedelta(hours=24)
"""How long before something is to be ready its person is reminded."""


class NothingToPrepareError(Exception):
    """The agreement asks nothing of this kind of this person any more."""


@transaction.atomic
def post_preparation(*, meeting: Meeting, by: Person, number: int, words: str) -> Preparation:
    """What they have ready, for the others to read. Again: other words, the first time stays.

    number: of the item of the signed preparation. Raises NothingToPrepareError.
    """
    ensure_member(by, meeting.relationship_id)
    ensure_open(meeting.relationship_id)
    mine = {task.number: row for task, row in _rows(meeting) if row.person_id == by.pk}
    if number not in mine:
        raise NothingToPrepareError
    row = mine[number]
    row.words, row.posted_at = words, row.posted_at or clock.now()
    row.save()
    return row


@transaction.atomic
def ask_for_preparation(*, meeting_id: UUID) -> None:
    """Remind everybody, once and a day ahead, of what they have ready for this meeting and have not posted.

    Makes the rows by which preparation is counted later, and takes away those of terms that hold no longer. Not in a
    pause, in which nobody is expected.
    """
    meeting = still_standing(Meeting.objects.select_for_update(of=("self",)).filter(pk=meeting_id)).first()
    now = clock.now()
    if meeting is None or any(pause.covers(meeting.start) for pause in pauses_of(meeting.relationship_id)):
        return
    rows = [row for task, row in _rows(meeting) if task.due - ASK_BEFORE <= now]
    kept = [row.pk for row in rows]
    Preparation.objects.filter(meeting=meeting, posted_at=None, due__gt=now).exclude(pk__in=kept).delete()
    waiting = {row.person_id for row in rows if row.asked_at is None and row.posted_at is None and now < row.due}
    for row in rows:
        if row.asked_at is None:
            row.asked_at = now
            row.save()
    for person in people_by_id(waiting).values():
        notify(
            kind=PREPARE,
            recipient=person,
            thing=(KIND, meeting.pk),
            address=reverse("meetings:meeting", args=[meeting.pk]) + "#prepare",
            relationship_id=meeting.relationship_id,
            meeting_id=meeting.pk,
        )


def _rows(meeting: Meeting) -> Iterator[tuple[Task, Preparation]]:
    """One for each item and each person whom it means; those that are not stored yet are new objects."""
    found = version_and_terms(meeting.relationship_id)
    if found is None:
        return
    version_id, terms = found
    known = {
        (row.person_id, row.number): row for row in Preparation.objects.filter(meeting=meeting, version_id=version_id)
    }
    members = members_of(meeting.relationship_id)
    for task in tasks(terms.preparation, meeting.start):
        for member in members:
            if member.role not in task.roles:
                continue
            row = known.get((member.person_id, task.number)) or Preparation(
                meeting=meeting, relationship_id=meeting.relationship_id, person_id=member.person_id,
                version_id=version_id, number=task.number, words="",
            )  # fmt: skip
            if row.posted_at is None:
                row.due = task.due  # the meeting may have moved since
            yield task, row
