"""Numbers, paces and forecasts of goals, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from throughline.foundation.jinja import day as said_day
from throughline.goals.domain.forecast import LEAST
from throughline.goals.domain.measure import Kind
from throughline.goals.domain.pace import Standing

if TYPE_CHECKING:
    from throughline.goals.domain.forecast import Observation
    from throughline.goals.domain.pace import Pace
    from throughline.goals.domain.picture import Picture
    from throughline.goals.queries.lines import GoalLine
    from throughline.goals.queries.page import Chart


def amount(value: float) -> str:
    """A number without a tail: 42, 3.5, 1,250,000."""
    rounded = round(value, 2)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,.2f}".rstrip("0")


def level(value: float) -> str:
    return f"{int(value):+d}" if value else "0"


def counted(value: float, unit: str) -> str:
    """ "42 pages", "80 %"."""
    return f"{amount(value)} {unit}"


def measure_words(picture: Picture) -> str:
    """By what it is measured, and where it stands."""
    if picture.kind is Kind.NUMBER:
        value = picture.baseline if picture.value is None else picture.value
        values = {"value": amount(value), "target": amount(picture.target), "unit": picture.unit}
        return _("%(value)s of %(target)s %(unit)s") % values
    if picture.kind is Kind.MILESTONES:
        if not picture.target:
            return _("Milestones: none written yet")
        counts = {"done": int(picture.value or 0), "all": int(picture.target)}
        return _("%(done)d of %(all)d milestones") % counts
    if picture.kind is Kind.LEVELS:
        reached = picture.baseline if picture.value is None else picture.value
        return _("Level %(level)s: %(said)s") % {"level": level(reached), "said": picture.said}
    return _("Levels wait for agreement") if picture.waiting else _("No measure yet")


def standing_words(pace: Pace) -> str:
    """One or two words, for a badge."""
    said = _STANDINGS.get(pace.standing)
    return str(said) if said else ""


_STANDINGS = {
    Standing.REACHED: lazy("reached"),
    Standing.ON_TRACK: lazy("on track"),
    Standing.OFF_TRACK: lazy("off track"),
    Standing.OVERDUE: lazy("past its date"),
    Standing.TOO_EARLY: lazy("just begun"),
}
"""Lazy: a list of 300 goals translates the one that it shows of each, instead of all five."""


def pace_words(line: GoalLine) -> str:
    """What the pace says, in a sentence."""
    pace = line.pace
    if line.due is None:
        return _("Without a date there is no pace.")
    if pace.progress is None:
        return _("Without a measure there is no pace.")
    done = _percent(pace.progress)
    if pace.standing is Standing.REACHED:
        levels = line.picture.kind is Kind.LEVELS
        return _("As both expected, or better.") if levels else _("All of the way is done.")
    if pace.standing is Standing.OVERDUE:
        return _("Its date has passed with %(done)s of the way done.") % {"done": done}
    values = {"done": done, "time": _percent(pace.elapsed or 0.0)}
    if pace.standing is Standing.TOO_EARLY:
        return _("%(done)s of the way after %(time)s of the time: too early to say more.") % values
    return _("%(done)s of the way is done, and %(time)s of the time has passed.") % values


def _percent(value: float) -> str:
    return _("%(n)d %%") % {"n": round(value * 100)}


def chart_words(line: GoalLine, chart: Chart) -> str:
    """The whole chart as a sentence or three, for whoever does not see it."""
    steps = line.picture.kind is Kind.MILESTONES
    unit = line.picture.unit
    first, last = chart.observed[0], chart.observed[-1]
    values = {
        "first": _milestones(first.value) if steps else counted(first.value, unit), "firstday": said_day(first.day),
        "last": _milestones(last.value) if steps else counted(last.value, unit), "lastday": said_day(last.day),
        "target": _milestones(line.picture.target) if steps else counted(line.picture.target, unit),
    }  # fmt: skip
    if len(chart.observed) == 1:
        said = _("%(last)s on %(lastday)s, on the way to %(target)s.") % values
    else:
        said = _("From %(first)s on %(firstday)s to %(last)s on %(lastday)s, on the way to %(target)s.") % values
    return f"{said} {pace_words(line)} {forecast_words(line, chart)}".strip()


def point_words(line: GoalLine, point: Observation, who: str) -> str:
    """One point of the chart. who: "" where it is not known."""
    steps = line.picture.kind is Kind.MILESTONES
    said = _milestones(point.value) if steps else counted(point.value, line.picture.unit)
    return ", ".join(part for part in (said, said_day(point.day), who) if part)


def _milestones(value: float) -> str:
    return ngettext("%(n)d milestone", "%(n)d milestones", int(value)) % {"n": int(value)}


def forecast_words(line: GoalLine, chart: Chart) -> str:
    """Where its own points lead, with how sure that is."""
    if chart.too_few:
        return ngettext(
            "Too early to say where this leads: it takes points on %(least)d days, %(n)d more.",
            "Too early to say where this leads: it takes points on %(least)d days, %(n)d more.",
            chart.too_few,
        ) % {"least": LEAST, "n": chart.too_few}
    if chart.found is None or chart.arrival is None:
        return ""
    coming = chart.arrival
    values = {
        "early": _day(coming.earliest), "middle": _day(coming.middle), "late": _day(coming.latest),
        "due": _day(line.due),
    }  # fmt: skip
    if coming.earliest is None:
        return _("Going on as it has, it will not get there: the points lead elsewhere.")
    if coming.middle is not None and coming.middle < line.today:
        values["until"] = said_day(chart.found.last)
        said = _("As it went until %(until)s it would have got there around %(middle)s. Where does it stand today?")
    elif coming.middle is None:
        said = _("Going on as it has, it would get there on %(early)s at the earliest, and more likely not at all.")
    elif coming.latest is None:
        said = _("Going on as it has, it gets there around %(middle)s, on %(early)s at the earliest; how late is open.")
    elif coming.earliest == coming.latest:
        said = _("Going on as it has, it gets there on %(middle)s.")
    else:
        said = _("Going on as it has, it gets there between %(early)s and %(late)s, around %(middle)s.")
    return said % values


def _day(value: date | None) -> str:
    return said_day(value) if value else ""
