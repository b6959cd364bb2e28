"""What people ask each other about meetings: what waits for somebody, and one request as its reader sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from throughline.foundation import clock
from throughline.meetings.domain.changing import How, Scope
from throughline.meetings.domain.local import LocalStart, local_start
from throughline.meetings.kinds import REQUEST
from throughline.meetings.models import ChangeRequest
from throughline.relationships.queries import summary_of
from throughline.relationships.things import OpenItem, Thing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from throughline.accounts.models import Person


@dataclass(frozen=True)
class RequestPage:
    """One request as one of its people reads it. mine: the reader asked. how: None while it is open.

    before, to: on the reader's clock; the others' beside each. answered: what the reader said, if anything.
    """

    request_id: UUID
    relationship_id: UUID
    meeting_id: UUID
    called: str
    mine: bool
    scope: Scope
    reason: str
    before: LocalStart
    to: LocalStart | None
    elsewhere: tuple[LocalStart, ...]
    seconds: int
    how: How | None
    answered: bool | None
    late: bool
    proposal_id: UUID | None
    mode: str

    @property
    def open(self) -> bool:
        return self.how is None and not self.late


def request_page(person: Person, request: ChangeRequest) -> RequestPage:
    """Three queries besides the request with its meeting."""
    summary = summary_of(person, request.relationship_id)
    if summary is None:
        raise Http404
    called = {member.person_id: member.called for member in summary.members}
    said = request.answers.filter(person=person).values_list("accepted", flat=True).first()
    end = None if request.open else request.end
    others = [member for member in summary.members if member.person_id != person.pk]
    to = request.to
    return RequestPage(
        request_id=request.pk,
        relationship_id=request.relationship_id,
        meeting_id=request.meeting_id,
        called=called.get(request.by_id, request.by.called),
        mine=request.by_id == person.pk,
        scope=Scope(request.scope),
        reason=request.reason,
        before=local_start("", person.zone, request.before, None),
        to=local_start("", person.zone, to, None) if to else None,
        elsewhere=tuple(local_start(m.called, m.zone, to or request.before, None) for m in others),
        seconds=int((request.meeting.end - request.meeting.start).total_seconds()),
        how=How(end.how) if end else None,
        answered=said,
        late=end is None and _is_late(request),
        proposal_id=end.proposal_id if end else None,
        mode=summary.mode,
    )


def _is_late(request: ChangeRequest) -> bool:
    now = clock.now()
    return request.meeting.start <= now or (request.to is not None and request.to <= now)


def late_requests() -> list[UUID]:
    """Open ones whose meeting, or whose new time, has come."""
    now = clock.now()
    late = Q(meeting__start__lte=now) | Q(to__lte=now)
    return list(ChangeRequest.objects.filter(late, end__isnull=True).values_list("pk", flat=True))


def waiting_for(person: Person, relationship_ids: Sequence[UUID]) -> Iterator[OpenItem]:
    """What somebody else asked and this person has not answered, by when the meeting is. One query."""
    now = clock.now()
    asked = _unanswered(relationship_ids).exclude(by=person).exclude(answers__person=person)
    ahead = asked.filter(meeting__start__gt=now).exclude(to__lte=now).order_by("meeting__start")
    for pk, relationship_id, start, to in ahead.values_list("pk", "relationship_id", "meeting__start", "to"):
        title = _("Another time for a meeting") if to else _("Leaving out a meeting")
        thing = Thing(REQUEST, pk, title, reverse("meetings:request", args=[pk]))
        act = _("Answer the new time") if to else _("Answer whether to leave it out")
        yield OpenItem(thing, relationship_id, act, min(start, to) if to else start)


def _unanswered(relationship_ids: Sequence[UUID]) -> QuerySet[ChangeRequest]:
    return ChangeRequest.objects.filter(relationship_id__in=list(relationship_ids), end__isnull=True)
