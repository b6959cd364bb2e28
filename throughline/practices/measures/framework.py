"""framework: objectives, schedule and channels, made together and signed by both.

Its number: of {an objective with an outcome, a schedule with a zone, channels with a fallback} those that the version
in force holds, which all have signed, ÷ 3; by day 14, or by the second session. Beside it the smaller share of the
edits (parts saved, fields typed, words written together), the days from the pair's beginning to the first version in
force, and how long ago all last looked at it: by the first date agreed, then as often as agreed, 180 days at most.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.agreements.domain.terms import Terms
from throughline.practices.domain.measure import (
    Act,
    Behind,
    Choice,
    Figure,
    Origin,
    Point,
    Reader,
    Reading,
    Status,
    Step,
    Target,
    Unit,
)
from throughline.practices.domain.numbers import ENOUGH_MEETINGS
from throughline.practices.domain.record import Record
from throughline.practices.domain.weeks import every_week
from throughline.practices.kinds import Practice, register
from throughline.practices.measures.check_ins import days_words
from throughline.practices.wording import judged, percent, trend_of

SIGNED = Target(1.0, Origin.GUIDE)
SMALLER = Target(0.25, Origin.DEFAULT)
BY_DAY = Target(14, Origin.DEFAULT, at_most=True, unit=Unit.DAYS)
DAY = timedelta(days=1)
SECTIONS = 3


def measure(record: Record) -> Reading:
    held = signed_sections(record.terms)
    parts = (_together(record), _days_to(record), _looked_at(record))
    points = tuple(
        Point(at.astimezone(ZoneInfo(record.zone)).date(), held if _in_force(record, at) else 0, SECTIONS)
        for at in every_week(record.now)
        if record.began is None or at >= record.began
    )
    return Reading(
        figure=judged(_figure(record, held), parts),
        parts=parts,
        behind=tuple(
            Behind(since, True, _("Version %(number)s came into force: all of you had signed it.") % {"number": number})
            for number, since in record.framing.in_force[::-1]
        ),
        window=_("As it is in force now. The curve says how much of it was in force week by week."),
        trend=trend_of(points, SIGNED, _("Objectives, schedule and channels that all had signed")) if held else None,
    )


def signed_sections(terms: Terms | None) -> int:
    """How many of the three the version in force holds."""
    if terms is None:
        return 0
    objectives = any(item.aim and item.outcome for item in terms.objectives.items)
    return objectives + bool(terms.schedule.zone) + (terms.channels.planned.fallback is not None)


def _in_force(record: Record, at: datetime) -> bool:
    return any(since <= at for _number, since in record.framing.in_force)


def _figure(record: Record, held: int) -> Figure:
    title = _("Signed by all")
    note = _("Objectives with an outcome, a schedule with its zone, and channels with a fallback.")
    words = _("%(done)d of %(of)d") % {"done": held, "of": SECTIONS}
    if held < SECTIONS and _is_young(record):
        words = _("%(done)d of %(of)d, too early to say") % {"done": held, "of": SECTIONS}
        return Figure("signed", title, held / SECTIONS, words, Status.TOO_EARLY, SIGNED, note)
    status = Status.OK if held == SECTIONS else Status.SHORT
    return Figure("signed", title, held / SECTIONS, words, status, SIGNED, note)


def _is_young(record: Record) -> bool:
    """Up to day 14, and before the second session."""
    sessions = sum(contact.session for contact in record.contacts)
    return sessions < 2 and (record.began is None or record.now - record.began <= 14 * DAY)


def _together(record: Record) -> Figure:
    title, note = (
        _("Written by both"),
        _("The smaller share of what was written into it before and after it was signed."),
    )
    ways = ([side.person_id for side in record.sides if side.mentors is way] for way in (True, False))
    counts = [sum(record.framing.edits_of(way)) for way in ways]
    total = sum(counts)
    if not total:
        return Figure("together", title, None, _("Nothing to count yet"), Status.NOTHING_YET, SMALLER, note)
    value = min(counts) / total
    if total < ENOUGH_MEETINGS:
        return Figure("together", title, value, _("Too early to say"), Status.TOO_EARLY, SMALLER, note)
    return Figure("together", title, value, percent(value), _met(SMALLER, value), SMALLER, note)


def _days_to(record: Record) -> Figure:
    title, note = _("Days to the agreement"), _("From the day on which both were in to the last signature.")
    if not record.framing.in_force or record.began is None:
        return Figure("days", title, None, _("Not signed yet"), Status.NOTHING_YET, BY_DAY, note)
    first = record.framing.in_force[0][1]
    days = max(0.0, (first - record.began) / DAY)
    sessions = sum(contact.session and contact.started_at < first for contact in record.contacts)
    status = Status.OK if sessions < 2 else _met(BY_DAY, days)
    return Figure("days", title, days, days_words(days), status, BY_DAY, note)


def _looked_at(record: Record) -> Figure:
    """Signing anew is looking at it. The bound is what they agreed: the first date, then so many days."""
    title = _("Last looked at")
    if not record.framing.in_force or record.terms is None:
        target = Target(30, Origin.DEFAULT, at_most=True, unit=Unit.DAYS)
        return Figure("review", title, None, _("Not signed yet"), Status.NOTHING_YET, target)
    signed = record.framing.in_force[-1][1]
    last = max(signed, record.framing.confirmed or signed)
    days = (record.now - last) / DAY
    due = record.framing.review_on or record.terms.review.first
    bound = float(max(1, (due - last.astimezone(ZoneInfo(record.zone)).date()).days))
    target = Target(bound, Origin.AGREEMENT, at_most=True, unit=Unit.DAYS)
    note = _("Since all of you last signed or confirmed it; the bound is the date that you agreed.")
    return Figure("review", title, days, days_words(days), _met(target, days), target, note)


def _met(target: Target, value: float) -> Status:
    return Status.OK if target.met_by(value) else Status.SHORT


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """The next section to write; once it is in force, to look at it when that is due."""
    if reading.figure.status is not Status.SHORT:
        return None
    choice = (Choice(Act.AGREEMENT, _("Open the agreement")),)
    if record.terms is None:
        why = _("What you want to reach, when you meet and how you reach each other: ten minutes in your next meeting.")
        return Step(_("Put the agreement on the table of your next meeting"), why, choice)
    if any(part.id == "review" and part.status is Status.SHORT for part in reading.parts):
        why = _("Whatever still suits stays as it is; what does not is changed in a minute.")
        return Step(_("Look at your agreement again"), why, choice)
    if any(part.id == "together" and part.status is Status.SHORT for part in reading.parts):
        why = _("One of you has written most of it. A change proposed by the other makes it the work of both.")
        return Step(_("Is there something that you would say otherwise?"), why, choice)
    return None


register(
    Practice(
        "framework",
        4,
        gettext_lazy("Framework"),
        gettext_lazy("Co-create a structured framework with your mentee"),
        measure,
        step,
    )
)
