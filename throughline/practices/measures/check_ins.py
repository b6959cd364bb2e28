"""check-ins: brief contact between meetings, both ways.

weeks: of the last twelve whole ISO weeks those with reciprocal contact, each direction apart; the worse one is the
pair's. gaps: of the gaps of five days and more between held meetings those with a reciprocal check-in (a quick call, or
a message and its answer). silence: the longest time without reciprocal contact that ended in the last 28 days, against
1.5 c*, c* = min(agreed cadence, 14 days). balance: of the contacts begun in 28 days, the fewer ÷ the more.

A week is one of the signed schedule's zone: a pair in two zones needs one calendar to read the same number, and that
zone is the one both signed; until then UTC. Weeks with a pause in them, and those before both were in, say nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from throughline.ledger.domain.contacts import Contact
from throughline.ledger.domain.facts import Kind
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
    Unit,
)
from throughline.practices.domain.numbers import ENOUGH_MESSAGES, balance
from throughline.practices.domain.reciprocity import Reciprocal, longest_silence, reciprocal_of, whose_turn
from throughline.practices.domain.record import FOUR_WEEKS, Record, Side, window_start
from throughline.practices.domain.weeks import POINTS, Week, held_in, rolling, weeks_before
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import judged, self_reported, share_figure, trend_of
from throughline.relationships.domain.states import Span

WEEKS = Target(0.65, Origin.BENCHMARK)
BALANCE = Target(0.33, Origin.DEFAULT, unit=Unit.NUMBER)
LONG_GAP = timedelta(days=5)


def silence_target(cadence_days: int) -> Target:
    """1.5 c*, in days."""
    return Target(1.5 * min(cadence_days, 14), Origin.DEFAULT, at_most=True, unit=Unit.DAYS)


def measure(record: Record) -> Reading:
    contacts = [contact for contact in record.contacts if not contact.automatic]
    found = reciprocal_of(contacts, record.turns)
    whole = weeks_before(record.now, record.zone, POINTS + 3)  # as far back as the trend's first point looks
    weeks = _weeks_that_count(record, whole)
    twelve = [week for week in weeks if week in whole[-POINTS:]]
    directions = tuple(_direction(found, twelve, asker, other) for asker, other in _both_ways(record))
    own = min(directions, key=lambda figure: figure.value or 0.0, default=None)
    parts = (*directions, _gaps(record, found), _silence(record, found), _balance(record, contacts))
    recent = [contact for contact in contacts if contact.started_at >= record.now - timedelta(weeks=POINTS)]
    reported = sum(contact.self_reported for contact in recent)
    answers = [one.at for one in found if one.asker_id]
    touched = held_in([one.at for one in found], weeks)
    in_weeks = [(week.end, week in touched) for week in weeks]
    points = rolling(in_weeks, [week.end for week in whole[-POINTS:]], record.zone)
    return Reading(
        figure=judged(_headline(own), parts),
        parts=(*parts, *self_reported("self-reported", reported)),
        behind=tuple(_behind(contact, answers) for contact in recent[: -SHOWN - 1 : -1]),
        more=max(0, len(recent) - SHOWN),
        window=_("Whole weeks from Monday to Sunday in %(zone)s time, the last twelve; silence and balance look back "
                 "four weeks.") % {"zone": record.zone.rsplit("/", 1)[-1].replace("_", " ")},
        trend=trend_of(points, WEEKS, _("Weeks with contact both ways")),
    )  # fmt: skip


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """Only to the one whose turn it is: a line is enough, or a call."""
    if reading.figure.status is not Status.SHORT or not record.edges:
        return None
    one, other = record.edges[0]
    contacts = [contact for contact in record.contacts if not contact.automatic]
    if whose_turn(one, other, record.turns, contacts) != reader.person_id:
        return None
    called = other.called if reader.person_id == one.person_id else one.called
    why = _("A line is enough. It is the small contact between meetings that keeps the rest going.")
    if reader.open_kind:
        why = _("What lies open for you first: %(kind)s. A line about it is enough.") % {"kind": reader.open_kind}
    return Step(
        _("A short check-in with %(name)s") % {"name": called},
        why,
        (
            Choice(Act.SAY, _("On track"), _("A quick check-in: I am on track.")),
            Choice(Act.WRITE, _("Stuck on …")),
            Choice(Act.CALL, _("Call now")),
        ),
    )


def _both_ways(record: Record) -> list[tuple[Side, Side]]:
    return [way for one, other in record.edges[:1] for way in ((one, other), (other, one))]


def _weeks_that_count(record: Record, weeks: Sequence[Week]) -> list[Week]:
    return [
        week
        for week in weeks
        if (record.began is None or week.start >= record.began)
        and not any(pause.overlaps(Span(week.start, week.end)) for pause in record.pauses)
    ]


def _direction(found: Sequence[Reciprocal], weeks: Sequence[Week], asker: Side, other: Side) -> Figure:
    done = len(held_in([one.at for one in found if one.of(asker.person_id)], weeks))
    title = _("%(one)s wrote and %(other)s answered, or you talked") % {"one": asker.called, "other": other.called}
    return share_figure(f"weeks-{asker.person_id}", title, done, len(weeks), WEEKS)


def _headline(worse: Figure | None) -> Figure:
    """The worse direction's number, without saying whose it is."""
    title, note = _("Weeks with contact both ways"), _("Each direction is counted apart; this is the lower one.")
    if worse is None:
        return Figure("weeks", title, None, _("Nothing to count yet"), Status.NOTHING_YET, WEEKS, note)
    return Figure("weeks", title, worse.value, worse.words, worse.status, WEEKS, note)


def gaps_between_meetings(record: Record) -> list[Span]:
    """Gaps of five days and more between held meetings in a row, without those that a pause lies in."""
    since = window_start(record.outcomes, record.now)
    held = sorted(m.started_at for m in record.outcomes if m.held and m.started_at and m.first_start >= since)
    spans = [Span(one, other) for one, other in pairwise(held) if other - one >= LONG_GAP]
    return [span for span in spans if not any(pause.overlaps(span) for pause in record.pauses)]


def _gaps(record: Record, found: Sequence[Reciprocal]) -> Figure:
    gaps = gaps_between_meetings(record)
    check_ins = [one.at for one in found if not one.meeting]
    done = sum(any(gap.start < at < gap.end for at in check_ins) for gap in gaps)
    note = _("Gaps of five days and more between two meetings that you held.")
    return share_figure("gaps", _("Gaps with a check-in"), done, len(gaps), note=note)


def _silence(record: Record, found: Sequence[Reciprocal]) -> Figure:
    target, title = silence_target(record.cadence_days), _("Longest silence")
    note = _("Days without contact both ways, in the last four weeks; pauses are taken off.")
    started = [record.began] if record.began else []
    since = record.now - FOUR_WEEKS
    if not found and not started:
        return Figure("silence", title, None, _("Nothing to count yet"), Status.NOTHING_YET, target, note)
    instants = sorted([*started, *(one.at for one in found)])
    days = longest_silence(instants, max(since, instants[0]), record.now, record.pauses) / timedelta(days=1)
    words = days_words(days)
    if instants[0] > since:
        return Figure("silence", title, days, words, Status.TOO_EARLY, target, note)
    return Figure("silence", title, days, words, Status.OK if target.met_by(days) else Status.SHORT, target, note)


def days_words(days: float) -> str:
    if days < 1:
        return _("under a day")
    return ngettext("%(n)d day", "%(n)d days", int(days)) % {"n": int(days)}


def begun_by(contacts: Sequence[Contact], side: Side, since: datetime) -> int:
    """How many contacts this side began: the first message of a burst, a quick call. A planned meeting has nobody."""
    return sum(
        contact.initiator_id == side.person_id and contact.kind is not Kind.MEETING and not contact.self_reported
        for contact in contacts
        if contact.started_at >= since
    )


def _balance(record: Record, contacts: Sequence[Contact]) -> Figure:
    title = _("Balance")
    counts = [begun_by(contacts, side, record.now - FOUR_WEEKS) for edge in record.edges[:1] for side in edge]
    value = balance(*counts) if counts else None
    note = _("Contacts begun in the last four weeks, the fewer divided by the more: 1 is even.")
    if value is None:
        return Figure("balance", title, None, _("Nothing to count yet"), Status.NOTHING_YET, BALANCE, note)
    names = [side.called for side in record.edges[0]]
    note += " " + " · ".join(f"{name}: {count}" for name, count in zip(names, counts, strict=True))
    if sum(counts) < ENOUGH_MESSAGES:
        return Figure("balance", title, value, _("Too early to say"), Status.TOO_EARLY, BALANCE, note)
    status = Status.OK if BALANCE.met_by(value) else Status.SHORT
    return Figure("balance", title, value, f"{value:.2f}", status, BALANCE, note)


def _behind(contact: Contact, answers: Sequence[datetime]) -> Behind:
    """answers: by time."""
    answered = bisect_left(answers, contact.started_at) < bisect_right(answers, contact.ended_at)
    counted = (contact.session or answered) and not contact.self_reported
    return Behind(
        at=contact.started_at,
        counted=counted,
        why=_why(contact, answered),
        together=contact.together,
        both_video=contact.both_video,
        contact=contact,
    )


def _why(contact: Contact, answered: bool) -> str:
    if contact.self_reported:
        return _("Not counted: you entered it by yourselves, so it is shown apart.")
    if contact.kind is Kind.MEETING:
        return _("Counted: a meeting that you held.")
    if contact.session:
        return _("Counted: you talked.")
    if answered:
        return _("Counted: an answer within seven days.")
    if contact.live:
        return _("Not counted: under a minute together.")
    return _("Not counted by itself: no answer to anything. It counts once it is answered within seven days.")


register(
    Practice(
        "check-ins",
        2,
        gettext_lazy("Check-ins"),
        gettext_lazy("Send regular check-in messages between formal meetings"),
        measure,
        step,
    )
)
