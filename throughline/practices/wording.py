"""Shares as figures with words: a count while there is little, a percentage from ten on, a judgement from four on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from throughline.foundation.jinja import day
from throughline.practices.domain.measure import Figure, Point, Status, Target, Trend
from throughline.practices.domain.numbers import ENOUGH_MEETINGS, PERCENT_FROM


def share_figure(id: str, title: str, done: int, of: int, target: Target | None = None, note: str = "") -> Figure:
    """`done` of `of` things. Nothing to count has no value; fewer than four are too early to judge."""
    if of == 0:
        return Figure(id, title, None, _("Nothing to count yet"), Status.NOTHING_YET, target, note)
    value = done / of
    return Figure(id, title, value, share_words(done, of), _status(value, of, target), target, note)


def judged(figure: Figure, parts: Sequence[Figure]) -> Figure:
    """The practice falls short when any of its parts does, even where its own number alone would do."""
    short = [part.title for part in parts if part.status is Status.SHORT]
    if figure.status in (Status.OK, Status.NOTHING_YET) and short:
        note = _("Off target: %(parts)s.") % {"parts": ", ".join(short)}
        return replace(figure, status=Status.SHORT, note=note)
    return figure


def self_reported(id: str, count: int) -> tuple[Figure, ...]:
    """What people entered by themselves, apart from every other number; nothing where there is none."""
    if not count:
        return ()
    note = _("Entered by one of you and confirmed by the other. It stands beside the numbers and is in none of them.")
    return (Figure(id, _("Self-reported"), float(count), str(count), Status.OK, note=note),)


def trend_of(points: tuple[Point, ...], target: Target | None, what: str) -> Trend | None:
    """Twelve points with the sentence that says them. None where there was never anything to count.

    what: the points' subject, as it begins a sentence.
    """
    counted = [point for point in points if point.of]
    if not counted:
        return None
    first, last = counted[0], counted[-1]
    lowest = min(counted, key=lambda point: point.done / point.of)
    values = {
        "what": what,
        "first": share_words(first.done, first.of, said=False),
        "then": day(first.day),
        "last": share_words(last.done, last.of, said=False),
        "low": share_words(lowest.done, lowest.of, said=False),
        "lowday": day(lowest.day),
    }
    sentence = _("%(what)s, four weeks at a time: %(first)s up to %(then)s, %(last)s now.") % values
    if lowest not in (first, last) and (lowest.value or 0) < min(first.value or 0, last.value or 0):
        sentence += " " + _("The lowest was %(low)s, up to %(lowday)s.") % values
    return Trend(points, target, sentence)


def weeks_of(trend: Trend) -> list[tuple[str, float | None, str]]:
    """The points as a chart and its table show them: up to which day, the share or none, and what was counted."""
    return [(day(point.day), point.value, _counted(point)) for point in trend.points]


def _counted(point: Point) -> str:
    if not point.of:
        return _("nothing to count")
    return _("%(done)d of %(of)d") % {"done": point.done, "of": point.of}


def part_words(part: float, of: float, things: int, written: Callable[[float], str] = "{:g}".format) -> str:
    """A part of a whole that was made of so many things: in both figures while these are few, then in per cent."""
    if things >= PERCENT_FROM:
        return percent(part / of)
    return _("%(part)s of %(of)s") % {"part": written(part), "of": written(of)}


def share_words(done: int, of: int, said: bool = True) -> str:
    """said: whether to add that few things are too early to judge."""
    if said and of < ENOUGH_MEETINGS:
        return _("%(done)d of %(of)d, too early to say") % {"done": done, "of": of}
    if of < PERCENT_FROM:
        return _("%(done)d of %(of)d") % {"done": done, "of": of}
    return percent(done / of)


def _status(value: float, of: int, target: Target | None) -> Status:
    if of < ENOUGH_MEETINGS:
        return Status.TOO_EARLY
    return Status.OK if target is None or target.met_by(value) else Status.SHORT


def percent(value: float) -> str:
    """Rounded to whole per cent, never up to a hundred."""
    whole = 100 if value >= 1 else min(99, round(value * 100))
    return _("%(n)d %%") % {"n": whole}
