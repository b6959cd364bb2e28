"""expectations: response times, preparation and confidentiality, written down, signed, and kept.

Its number: of the three those that the version in force says, ÷ 3. Beside it, per direction, the answers within the
agreed time ÷ (those and the ones whose time has passed), of messages that asked for an answer in four weeks, with
median and 90th percentile; what is asked and not yet due is left out. In time is by the signed working hours of whoever
answers. Confidentiality is acknowledged when all ticked each of its clauses as they signed; where that was not asked
for yet, when they signed. Preparation in time cannot be told yet: nobody posts it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median, quantiles

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.practices.domain.measure import (
    SHOWN,
    Act,
    Behind,
    Choice,
    Figure,
    Origin,
    Reader,
    Reading,
    Status,
    Step,
    Target,
)
from throughline.practices.domain.numbers import ENOUGH_MESSAGES, PERCENT_FROM
from throughline.practices.domain.record import FOUR_WEEKS, Ask, Record, Side
from throughline.practices.domain.weeks import every_week, rolling
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import judged, percent, trend_of

SIGNED = Target(1.0, Origin.GUIDE)
IN_TIME = Target(0.80, Origin.DEFAULT)
PREPARED = Target(0.75, Origin.DEFAULT)
STILL_RIGHT = 0.60
SECTIONS = 3
HOUR = timedelta(hours=1)


def measure(record: Record) -> Reading:
    settled = [ask for ask in record.asks if is_settled(ask, record)]
    recent = [ask for ask in settled if ask.at >= record.now - FOUR_WEEKS]
    ways = [_way(recent, one, other) for one in record.sides for other in record.sides if one.mentors != other.mentors]
    parts = (*ways, _confidentiality(record), _preparation())
    points = rolling([(ask.at, in_time(ask)) for ask in settled], every_week(record.now), record.zone)
    return Reading(
        figure=judged(_figure(record), parts),
        parts=parts,
        behind=tuple(_behind(ask, record) for ask in reversed(record.asks[-SHOWN:])),
        more=max(0, len(record.asks) - SHOWN),
        window=_("Messages that asked for an answer, in the last four weeks. What is not due yet is left out."),
        trend=trend_of(points, IN_TIME, _("Answers in the agreed time")),
    )


def is_settled(ask: Ask, record: Record) -> bool:
    """It was answered, or its time has passed. Where nothing is signed there is no time."""
    return ask.due is not None and (ask.answered is not None or ask.due < record.now)


def in_time(ask: Ask) -> bool:
    return ask.answered is not None and ask.due is not None and ask.answered <= ask.due


def _figure(record: Record) -> Figure:
    title = _("Agreed and signed")
    note = _("How soon you answer, how you prepare, and what stays between you.")
    if record.terms is None:
        status = Status.TOO_EARLY if _is_young(record) else Status.SHORT
        return Figure("signed", title, 0.0, _("%(done)d of %(of)d") % {"done": 0, "of": SECTIONS}, status, SIGNED, note)
    done = 1 + bool(record.terms.preparation.items) + _acknowledged(record)  # answering is in every signed version
    words = _("%(done)d of %(of)d") % {"done": done, "of": SECTIONS}
    return Figure(
        "signed", title, done / SECTIONS, words, Status.OK if done == SECTIONS else Status.SHORT, SIGNED, note
    )


def _is_young(record: Record) -> bool:
    return record.began is None or record.now - record.began <= timedelta(days=14)


def _way(recent: Sequence[Ask], asked: Side, asker: Side) -> Figure:
    """How soon one side answers the other. Under five questions nothing is judged."""
    mine = [ask for ask in recent if ask.asked_id == asked.person_id and ask.by_id == asker.person_id]
    title = _("%(one)s answers %(other)s in time") % {"one": asked.called, "other": asker.called}
    name = f"replies-{asked.person_id}"
    if not mine:
        return Figure(name, title, None, _("Nothing to count yet"), Status.NOTHING_YET, IN_TIME)
    done, of = sum(map(in_time, mine)), len(mine)
    words = percent(done / of) if of >= PERCENT_FROM else _("%(done)d of %(of)d") % {"done": done, "of": of}
    if of < ENOUGH_MESSAGES:
        words = _("%(done)d of %(of)d, too early to say") % {"done": done, "of": of}
        return Figure(name, title, done / of, words, Status.TOO_EARLY, IN_TIME, _speed(mine))
    status = Status.OK if IN_TIME.met_by(done / of) else Status.SHORT
    return Figure(name, title, done / of, words, status, IN_TIME, _speed(mine))


def _speed(asks: Sequence[Ask]) -> str:
    """Median and 90th percentile of the waits, nights and weekends in them."""
    waits = sorted(ask.answered - ask.at for ask in asks if ask.answered)
    if not waits:
        return ""
    hours = [wait / HOUR for wait in waits]
    slow = quantiles(hours, n=10, method="inclusive")[-1] if len(hours) > 1 else hours[0]
    return _("Half of the answers came within %(half)s, nine in ten within %(most)s, nights and weekends counted.") % {
        "half": _length(median(hours)),
        "most": _length(slow),
    }


def _length(hours: float) -> str:
    if hours < 48:
        whole = max(1, round(hours))
        return ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole}
    days = round(hours / 24)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def _confidentiality(record: Record) -> Figure:
    title = _("What stays between you, acknowledged by all")
    if record.terms is None:
        return Figure("confidentiality", title, None, _("Not signed yet"), Status.NOTHING_YET, SIGNED)
    if not _acknowledged(record):
        note = _("Whoever joined later has not signed it yet.")
        return Figure("confidentiality", title, 0.0, _("Not by all yet"), Status.SHORT, SIGNED, note)
    return Figure("confidentiality", title, 1.0, _("Yes"), Status.OK, SIGNED)


def _acknowledged(record: Record) -> bool:
    """Whether all have acknowledged what stays between them, clause by clause."""
    return record.framing.acknowledged_by(side.person_id for side in record.sides)


def _preparation() -> Figure:
    note = _("What you agreed to prepare is listed before each meeting. Until it is posted here, nobody can count it.")
    return Figure(
        "preparation", _("Prepared in time"), None, _("Not measured yet"), Status.NOT_MEASURED, PREPARED, note
    )


def _behind(ask: Ask, record: Record) -> Behind:
    return Behind(ask.at, is_settled(ask, record), _why(ask, record))


def _why(ask: Ask, record: Record) -> str:
    called = next((side.called for side in record.sides if side.person_id == ask.asked_id), "")
    if ask.due is None:
        return _("Not counted: no time to answer was signed.")
    if in_time(ask):
        return _("Counted: %(name)s answered in the agreed time.") % {"name": called}
    if ask.answered:
        return _("Counted: %(name)s answered later than agreed.") % {"name": called}
    if ask.due < record.now:
        return _("Counted: the time to answer has passed.")
    return _("Not counted yet: there is still time to answer.")


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """To whoever is asked and has not answered in time: answer. To both, when it goes on: is the time still right?"""
    late = [ask for ask in record.asks if ask.asked_id == reader.person_id and not ask.answered]
    if any(ask.due and ask.due < record.now for ask in late):
        why = _("One line is enough; or say when you will answer.")
        return Step(_("A question waits for your answer"), why, (Choice(Act.WRITE, _("Answer, or say when")),))
    if reading.figure.status is not Status.SHORT:
        return None
    choice = (Choice(Act.AGREEMENT, _("Open the agreement")),)
    if record.terms is None:
        why = _("How soon you answer, how you prepare, what stays between you: three short forms.")
        return Step(_("Write down what you expect of each other"), why, choice)
    slow = [part for part in reading.parts if part.id.startswith("replies-") and part.status is Status.SHORT]
    if any(part.value is not None and part.value < STILL_RIGHT for part in slow):
        return Step(_("Is the time to answer still right?"), _("A longer time that is kept is worth more."), choice)
    return None


register(
    Practice(
        "expectations",
        5,
        gettext_lazy("Expectations"),
        gettext_lazy("Discuss and document expectations"),
        measure,
        step,
    )
)
