"""goals: measurable goals with timelines.

complete: of the active shared goals those with a measure (five agreed levels, too), a date and an owner. fresh: of
those shared for 28 days and more, the ones with progress recorded in the last 28. pace: progress ÷ elapsed share, of
goals with more than a quarter of their time passed; the lower middle of several. on time: milestones done by the first
day that was said, of those whose first day has passed. T: the goal attainment score of those with levels.

A private goal is in none of them. Only milestones can be too few to judge: that a goal lacks a date is said of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median_low
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from throughline.goals.domain.attainment import Attained, t_score
from throughline.goals.domain.facts import GoalFacts
from throughline.goals.domain.pace import Pace, Standing, pace_of
from throughline.practices.domain.measure import (
    SHOWN,
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
from throughline.practices.domain.record import FOUR_WEEKS, Record
from throughline.practices.domain.weeks import every_week
from throughline.practices.kinds import Practice, register
from throughline.practices.wording import judged, share_figure, share_words, trend_of

COMPLETE = Target(1.0, Origin.GUIDE)
FRESH = Target(0.8, Origin.DEFAULT)
PACE = Target(0.8, Origin.DEFAULT, unit=Unit.NUMBER)
ON_TIME = Target(0.7, Origin.DEFAULT)
DAY = timedelta(days=1)


def measure(record: Record) -> Reading:
    active = _active(record, record.now)
    today = record.now.astimezone(ZoneInfo(record.zone)).date()
    paces = [_pace(goal, record) for goal in active]
    settled = [goal for goal in active if goal.shared_at <= record.now - FOUR_WEEKS]
    fresh = sum(_fresh_at(goal, record.now) for goal in settled)
    steps = [step for goal in record.goals if goal.end != "dropped" for step in goal.steps]
    due = [step for step in steps if step[0] is not None and (step[0] < today or (step[1] and step[1] <= step[0]))]
    kept = sum(done is not None and first is not None and done <= first for first, done in due)
    parts = (
        _of(fresh, len(settled), "fresh", _("With progress in four weeks"), FRESH),
        _pace_figure(paces),
        share_figure("on-time", _("Milestones done by the first day said"), kept, len(due), ON_TIME),
        *_score(active),
        *_ended(record.goals),
    )
    complete = sum(goal.complete for goal in active)
    headline = _of(complete, len(active), "goals", _("With a measure, a date and an owner"), COMPLETE)
    rows = sorted(active, key=lambda goal: (goal.quiet_since, goal.id), reverse=True)
    return Reading(
        figure=judged(headline, parts),
        parts=parts,
        behind=tuple(_behind(goal, _pace(goal, record)) for goal in rows[:SHOWN]),
        more=max(0, len(rows) - SHOWN),
        window=_("The goals that are going on now and that you share; freshness looks back four weeks."),
        trend=trend_of(_weeks(record), FRESH, _("Goals with progress recorded")),
    )


def _active(record: Record, at: datetime) -> list[GoalFacts]:
    return [goal for goal in record.goals if goal.active_at(at)]


def _fresh_at(goal: GoalFacts, at: datetime) -> bool:
    return any(at - FOUR_WEEKS < when <= at for when in goal.recorded)


def _pace(goal: GoalFacts, record: Record) -> Pace:
    today = record.now.astimezone(ZoneInfo(record.zone)).date()
    return pace_of(progress=goal.share, begun=goal.begun_on, due=goal.due, today=today)


def _of(done: int, of: int, id: str, title: str, target: Target) -> Figure:
    """Goals are few, and each counts from the first on."""
    if not of:
        return Figure(id, title, None, _("Nothing to count yet"), Status.NOTHING_YET, target)
    value = done / of
    status = Status.OK if target.met_by(value) else Status.SHORT
    return Figure(id, title, value, share_words(done, of, said=False), status, target)


def _pace_figure(paces: Sequence[Pace]) -> Figure:
    title = _("Pace")
    note = _(
        "Progress divided by the share of the time that has passed: 1 is as planned. Of several, the lower middle."
    )
    values = [pace.value for pace in paces if pace.value is not None]
    if not values:
        return Figure("pace", title, None, _("Too early to say"), Status.TOO_EARLY, PACE, note)
    value = median_low(values)
    behind = sum(not PACE.met_by(one) for one in values)
    if behind:
        note += " " + _("%(behind)d of %(of)d are slower.") % {"behind": behind, "of": len(values)}
    return Figure("pace", title, value, f"{value:.2f}", Status.OK if PACE.met_by(value) else Status.SHORT, PACE, note)


def _score(active: Sequence[GoalFacts]) -> tuple[Figure, ...]:
    """T beside plain counts; nothing where no goal has levels."""
    levels = [(goal.level, goal.weight) for goal in active if goal.level is not None]
    score = t_score([Attained(level, weight) for level, weight in levels])
    if score is None:
        return ()
    reached = sum(level >= 0 for level, _weight in levels)
    note = _("%(reached)d of %(of)d as expected or better. 50 is as expected, 10 one standard deviation.") % {
        "reached": reached,
        "of": len(levels),
    }
    return (Figure("attainment", _("Goal attainment score"), score, f"T = {score:.1f}", Status.OK, note=note),)


def _ended(goals: Sequence[GoalFacts]) -> tuple[Figure, ...]:
    ended = [goal for goal in goals if goal.end in ("reached", "dropped")]
    if not ended:
        return ()
    reached = sum(goal.end == "reached" for goal in ended)
    words = share_words(reached, len(ended), said=False)
    note = _("Of those that came to an end. Letting go for a good reason is no failure.")
    return (Figure("reached", _("Reached"), reached / len(ended), words, Status.OK, note=note),)


def _weeks(record: Record) -> tuple[Point, ...]:
    """For each of twelve weeks, how many of the goals shared for four weeks had progress in these."""
    return tuple(_week(record, end) for end in every_week(record.now))


def _week(record: Record, end: datetime) -> Point:
    counted = [goal for goal in _active(record, end) if goal.shared_at <= end - FOUR_WEEKS]
    day = end.astimezone(ZoneInfo(record.zone)).date()
    return Point(day, sum(_fresh_at(goal, end) for goal in counted), len(counted))


def _behind(goal: GoalFacts, pace: Pace) -> Behind:
    missing = [
        words
        for words, there in (
            (_("a measure"), goal.kind.value != "none"),
            (_("a date"), goal.due is not None),
            (_("an owner"), goal.owner_id is not None),
        )
        if not there
    ]
    if missing:
        why = _("Not counted: it lacks %(what)s.") % {"what": ", ".join(missing)}
    else:
        why = _("Counted: it has a measure, a date and an owner.")
    if pace.standing is Standing.OFF_TRACK:
        why += " " + _("It is slower than its path.")
    elif pace.standing is Standing.OVERDUE:
        why += " " + _("Its date has passed.")
    return Behind(at=goal.quiet_since, counted=not missing, why=why, goal_id=goal.id)


def step(record: Record, reading: Reading, reader: Reader) -> Step | None:
    """The owner: what a goal of theirs lacks. Both: one that is off track. The owner: one without a word for long."""
    active = sorted(_active(record, record.now), key=lambda goal: (goal.quiet_since, goal.id))
    mine = [goal for goal in active if goal.owner_id in (None, reader.person_id)]
    lacking = next((goal for goal in mine if not goal.complete), None)
    if lacking:
        return Step(
            _("Make a goal measurable"),
            _("It lacks a measure, a date or an owner. A day that may move is better than none."),
            (Choice(Act.GOAL, _("Look at it"), str(lacking.id)),),
        )
    slow = next((goal for goal in active if _pace(goal, record).calls_for_a_choice), None)
    if slow:
        return Step(
            _("A goal is off its path"),
            _("Another date, a smaller target, two parts, or letting it go: each is fine, and the first date stays."),
            (Choice(Act.GOAL, _("Look at it together"), str(slow.id)),),
        )
    stale = next((goal for goal in mine if goal.quiet_since < record.now - FOUR_WEEKS), None)
    if stale:
        return Step(
            _("A line on how a goal goes"),
            _("Nothing was recorded for four weeks. One line takes five seconds, also when nothing moved."),
            (Choice(Act.GOAL, _("Record a line"), str(stale.id)),),
        )
    return None


register(
    Practice(
        "goals",
        6,
        gettext_lazy("Goals"),
        gettext_lazy("Establish measurable goals with specific timelines to track progress effectively."),
        measure,
        step,
    )
)
