"""By when an answer that somebody asks for now is due, by the terms that are signed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from throughline.accounts.queries import availability_of, people_by_id
from throughline.agreements.domain.reply_clock import answer_by
from throughline.agreements.queries.force import terms_at, terms_in_force
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import members_of


def answer_due(relationship_id: UUID, *, asked_by_id: UUID, at: datetime, again: bool = False) -> datetime | None:
    """The latest instant at which those who are asked should have answered, in UTC; None while nothing is signed.

    In a circle each one's time counts by itself, and the latest is told. again: of what was asked earlier, by the terms
    of that day and by what people say of their time now.
    """
    terms = terms_at(relationship_id, at) if again else terms_in_force(relationship_id)
    if terms is None:
        return None
    asked = {member.person_id: member.role for member in members_of(relationship_id) if member.person_id != asked_by_id}
    promised = {
        Role.MENTOR: (terms.responses.mentor, terms.responses.mentor_hours),
        Role.MENTEE: (terms.responses.mentee, terms.responses.mentee_hours),
    }
    due = [
        answer_by(at, *promised[asked[person.pk]], availability_of(person), terms.schedule.holidays)
        for person in people_by_id(asked).values()
    ]
    return max((instant for instant in due if instant), default=None)
