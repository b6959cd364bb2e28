"""Calls as facts of the ledger: recorded when a call closes, replayed when the ledger is rebuilt."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.calls.domain.media import Talk
from throughline.calls.models import Call
from throughline.calls.queries import talk_of
from throughline.ledger.domain.facts import Exemption, Fact, Kind, Medium

SESSION = 60


def facts() -> Iterator[Fact]:
    """Every closed call in which somebody was together, read a few at a time."""
    for call in Call.objects.exclude(closed_at=None).order_by("pk").iterator(chunk_size=500):
        fact = fact_of(call)
        if fact:
            yield fact


def fact_of(call: Call) -> Fact | None:
    """The fact of a closed call; None when nobody was ever together, since then nothing happened between them."""
    talk = talk_of(call)
    return _fact(call, talk) if talk else None


def _fact(call: Call, talk: Talk) -> Fact:
    return Fact(
        source=call.source,
        relationship_id=call.relationship_id,
        kind=Kind.CALL,
        # The share that practices call a video session: both cameras for at least half of the time together.
        medium=Medium.VIDEO if 2 * talk.both_video >= talk.together > 0 else Medium.VOICE,
        started_at=talk.started_at,
        ended_at=talk.ended_at,
        initiator_id=call.opened_by_id,
        occasion=call.occasion,
        together=talk.together,
        both_voice=talk.both_voice,
        both_video=talk.both_video,
        # A call within a meeting is no session of its own: whether the meeting was held decides.
        session=not call.occasion and talk.together >= SESSION,
        exemption=Exemption(call.exemption),
        parts=talk.parts,
    )
