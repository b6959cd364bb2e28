"""The Jinja2 environment of our own pages: what every template may call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.dates import MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from throughline.foundation import clock, islands, places
from throughline.foundation.live.page import live_ticket

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]


def environment(**options: Any) -> Environment:
    built = Environment(  # noqa: S701  autoescape is in the options
        **{"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, **options, "autoescape": True}
    )
    built.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        newstyle=True,
    )
    built.globals.update(
        _=_said,
        url=_url,
        static=static,
        asset=islands.asset,
        island=islands.island,
        built=islands.built,
        built_folder=islands.built_folder,
        live_ticket=live_ticket,
        menu=places.menu,
        parts_for=places.parts_for,
        messages_of=get_messages,
        now=clock.now,
        language=translation.get_language,
        text_direction=lambda: "rtl" if translation.get_language_bidi() else "ltr",
        settings_debug=settings.DEBUG,
    )
    built.filters.update(
        moment=moment,
        day=day,
        clocktime=clocktime,
        weekday=weekday,
        duration=duration,
        zone_name=zone_name,
        initials=initials,
        ground=ground,
        first_name=first_name,
        day_near=day_near,
        clock_in=clock_in,
        until=until,
        with_commands=with_commands,
    )
    return built


def with_commands(sentence: str) -> Markup:
    """What stands between backticks, as a command that one can copy."""
    return Markup(re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(sentence))))  # noqa: S704  escaped just before


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    if len(args) == 1 and type(args[0]) is UUID and not kwargs:
        return places.address_of(name, args[0])
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _said(message: str, **values: Any) -> Markup:
    """As the extension's own `_` with new-style gettext, without its way through the template's context."""
    words = translation.gettext(message)
    return Markup(words) % values if values or "%" in words else Markup(words)  # noqa: S704  a translation is ours


def _local(instant: datetime) -> datetime:
    return timezone.localtime(instant)


def moment(instant: datetime, style: str = "full") -> Markup:
    """A <time> in the reader's zone and language: full ("Tue 3 Nov, 18:30"), long, near, day, or time."""
    local = _local(instant)
    said = _STYLES[style](local, *_names_in(translation.get_language() or settings.LANGUAGE_CODE))
    return Markup(f'<time datetime="{instant.astimezone(UTC).isoformat()}">{escape(said)}</time>')  # noqa: S704


_Names = Sequence[str]
_STYLES: dict[str, Callable[[datetime, _Names, _Names], str]] = {
    "full": lambda at, days, months: f"{days[at.weekday()]} {at.day} {months[at.month - 1]}, {at:%H:%M}",
    "near": lambda at, days, months: f"{days[at.weekday()]} {at.day} {months[at.month - 1]}",
    "day": lambda at, days, months: f"{days[at.weekday()]} {at.day} {months[at.month - 1]} {at.year}",
    "time": lambda at, _days, _months: f"{at:%H:%M}",
    "long": lambda at, _days, _months: formats.date_format(at, "l, j F"),
}


@cache
def _names_in(language: str) -> tuple[_Names, _Names]:
    """Short names of days and months: a page of people and meetings asks for them a hundred times."""
    with translation.override(language):
        return [str(WEEKDAYS_ABBR[n]) for n in range(7)], [str(name).title() for name in MONTHS_3.values()]


def day(value: date) -> str:
    """A whole day: "3 Nov 2026"."""
    _days, months = _names_in(translation.get_language() or settings.LANGUAGE_CODE)
    return f"{value.day} {months[value.month - 1]} {value.year}"


def clocktime(value: Any) -> str:
    return formats.date_format(value, "H:i")


def weekday(value: date | int) -> str:
    """The day's name; a number counts from 0 for Monday."""
    return str(WEEKDAYS[value if isinstance(value, int) else value.weekday()])


def duration(value: timedelta | float) -> str:
    """Seconds or a timedelta in words: "50 min", "1 h 05 min", "20 s"."""
    seconds = int(value.total_seconds() if isinstance(value, timedelta) else value)
    if seconds < 60:
        return translation.gettext("%(n)d s") % {"n": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return translation.gettext("%(n)d min") % {"n": minutes}
    return translation.gettext("%(h)d h %(m)02d min") % {"h": hours, "m": minutes}


def zone_name(zone: str) -> str:
    """An IANA zone as people say it: "America/Los_Angeles" reads "Los Angeles"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def initials(name: str) -> str:
    """The first letters of the first and last word: "Tomás Rivera" reads "TR"."""
    words = name.split()
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()


def ground(person_id: UUID | str) -> int:
    """Which of the six grounds somebody's letters stand on: always the same one."""
    return int(str(person_id)[-4:], 16) % 6


def first_name(called: str) -> str:
    """How a kind colleague says it: "Mira Lindqvist" is "Mira". A title keeps the rest: "Dr. Osei" is "Dr. Osei".

    So does what is no name: "Former participant", where somebody's account was erased.
    """
    words = called.split()
    no_name = len(words) == 2 and words[1].islower()
    return called if len(words) < 2 or words[0].endswith(".") or no_name else words[0]


def day_near(value: date) -> str:
    """A day of the reader's own calendar in the days around: "Today", "Tomorrow", "Wednesday, 25 November"."""
    ahead = (value - _local(clock.now()).date()).days
    near = {0: translation.gettext("Today"), 1: translation.gettext("Tomorrow")}
    return near.get(ahead) or formats.date_format(value, "l, j F")


def clock_in(instant: datetime, zone: str) -> str:
    """What the clock shows at this instant in an IANA zone: "09:42"."""
    return f"{instant.astimezone(ZoneInfo(zone)):%H:%M}"


def until(instant: datetime) -> str:
    """How long from now, roughly, as people say it: "in 12 minutes", "in 3 hours", "in 5 days", "now"."""
    minutes = int((instant - clock.now()).total_seconds() // 60)
    if minutes < 1:
        return translation.gettext("now")
    if minutes < 60:
        return translation.ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = round(minutes / 60)
        return translation.ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    days = round(minutes / (24 * 60))
    return translation.ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
