"""Which signed terms the software acts on: said by the rooms that do, and read by every page that claims it.

A room registers what it obeys, in the words that people read, when the software starts. A term that nobody has
registered is said to bind the two people alone. `tests/obeyed` changes each registered term, signs, and sees a
difference; so a claim here is one that was watched.

    # in AppConfig.ready
    register(Obeyed("meetings", ("schedule.cadence", "schedule.time"), _("Signing plans your meetings.")))
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from throughline.agreements.domain.sentences import Sentence, _
from throughline.agreements.domain.terms import PartKind

if TYPE_CHECKING:
    from django.utils.functional import Promise

# Every term there is, "part.field", with what it is called where nothing obeys it.
NAMES: dict[str, Sentence] = {
    "objectives.items": _("what you want to reach"),
    "schedule.cadence": _("how often you meet"),
    "schedule.weekday": _("the day"),
    "schedule.week_of_month": _("the week of the month"),
    "schedule.time": _("the time"),
    "schedule.zone": _("the time zone"),
    "schedule.minutes": _("the length"),
    "schedule.first": _("the first date"),
    "schedule.last": _("the last date"),
    "schedule.holidays": _("the holidays"),
    "schedule.rotation": _("the times that take turns"),
    "channels.planned": _("how your planned meetings are held"),
    "channels.quick": _("how you reach each other in between"),
    "responses.mentor": _("how soon the mentor answers"),
    "responses.mentee": _("how soon the mentee answers"),
    "responses.mentor_hours": _("the mentor's working hours"),
    "responses.mentee_hours": _("the mentee's working hours"),
    "preparation.items": _("what is prepared"),
    "confidentiality.mode": _("who can read"),
    "confidentiality.off_limits": _("topics that are off limits"),
    "confidentiality.may_be_told": _("what may be told"),
    "confidentiality.duties": _("duties to report"),
    "confidentiality.notes": _("notes"),
    "confidentiality.recordings": _("recordings"),
    "confidentiality.at_end": _("what becomes of what you wrote"),
    "reconnection.after_days": _("after how long a silence"),
    "reconnection.by": _("who reaches out"),
    "reconnection.channel": _("how"),
    "reconnection.fallback": _("and how else"),
    "reconnection.words": _("your words about coming back"),
    "ending.notice_days": _("how long before you say so"),
    "ending.last_meeting": _("a last meeting"),
    "ending.words": _("your words about a good end"),
    "review.first": _("the date of the first review"),
    "review.every_days": _("how often you review"),
}


@dataclass(frozen=True)
class Obeyed:
    """by: the room that acts. terms: by which it acts. does: what, as one sentence for people."""

    by: str
    terms: tuple[str, ...]
    does: str | Promise


_registered: list[Obeyed] = []


def register(*claims: Obeyed) -> None:
    """Raises KeyError for a term that does not exist. The same claim twice is one."""
    for claim in claims:
        for term in claim.terms:
            NAMES[term]
        if claim not in _registered:
            _registered.append(claim)


def claims() -> tuple[Obeyed, ...]:
    """What every room says that it does."""
    return tuple(_registered)


def obeyed_terms() -> frozenset[str]:
    return frozenset(term for claim in _registered for term in claim.terms)


def claims_for(kind: PartKind) -> tuple[Obeyed, ...]:
    """What the software does by a part, in the order of registering."""
    return tuple(claim for claim in _registered if any(_part(term) == kind for term in claim.terms))


def unobeyed(kind: PartKind) -> tuple[str, ...]:
    """The terms of a part that nothing obeys yet."""
    obeyed = obeyed_terms()
    return tuple(term for term in NAMES if _part(term) == kind and term not in obeyed)


def _part(term: str) -> str:
    return term.partition(".")[0]
