"""Shares as figures with words: a count while there is little, a percentage from ten on, a judgement from four on."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from throughline.practices.domain.measure import Figure, Status, Target
from throughline.practices.domain.numbers import ENOUGH_MEETINGS, PERCENT_FROM


def share_figure(id: str, title: str, done: int, of: int, target: Target | None = None, note: str = "") -> Figure:
    """`done` of `of` things. Nothing to count has no value; fewer than four are too early to judge."""
    if of == 0:
        return Figure(id, title, None, _("Nothing to count yet"), Status.NOTHING_YET, target, note)
    value = done / of
    return Figure(id, title, value, _words(done, of), _status(value, of, target), target, note)


def part_words(part: float, of: float, things: int, written: Callable[[float], str] = "{:g}".format) -> str:
    """A part of a whole that was made of so many things: in both figures while these are few, then in per cent."""
    if things >= PERCENT_FROM:
        return percent(part / of)
    return _("%(part)s of %(of)s") % {"part": written(part), "of": written(of)}


def _words(done: int, of: int) -> str:
    if of < ENOUGH_MEETINGS:
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
