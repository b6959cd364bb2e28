"""Terms as titled sentences in the reader's language: what pages show of a draft, a version, a difference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from throughline.agreements.domain.descriptions import TITLES, WORDS_TITLE, describe
from throughline.agreements.domain.differences import Change
from throughline.agreements.domain.terms import Part, PartKind, Schedule, Terms
from throughline.agreements.queries.wording import say


@dataclass(frozen=True)
class Section:
    kind: PartKind
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    title: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


def section_of(kind: PartKind, part: Part | None, zones: Sequence[str] = ()) -> Section:
    """zones: whose clocks a schedule is also told in."""
    sentences = tuple(say(sentence) for sentence in describe(part)) if part else ()
    if isinstance(part, Schedule) and (elsewhere := local_times(part, zones)):
        sentences += (_("The first time, that is %(times)s.") % {"times": ", ".join(elsewhere)},)
    return Section(kind, say(TITLES[kind]), sentences)


def sections_of(terms: Terms, zones: Sequence[str] = ()) -> list[Section]:
    """What was not asked for when it was signed is left out."""
    parts = ((kind, getattr(terms, kind.value)) for kind in PartKind)
    return [section_of(kind, part, zones) for kind, part in parts if part]


def local_times(schedule: Schedule, zones: Iterable[str]) -> list[str]:
    """The first meeting on the clocks of other zones: "Tue 09:00 in Los Angeles"."""
    begins = datetime.combine(schedule.first_meeting(), schedule.time, ZoneInfo(schedule.zone))
    others = [zone for zone in dict.fromkeys(zones) if zone != schedule.zone]
    return [
        _("%(time)s in %(place)s") % {"time": _clock(begins.astimezone(ZoneInfo(zone))), "place": _place(zone)}
        for zone in others
    ]


def _clock(local: datetime) -> str:
    return formats.date_format(local, "D H:i")


def _place(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def in_words(changes: Iterable[Change]) -> list[Difference]:
    return [
        Difference(
            say(TITLES[change.part] if change.part else WORDS_TITLE),
            tuple(map(say, change.removed)),
            tuple(map(say, change.added)),
        )
        for change in changes
    ]


def signed_when(at: datetime, zone: str) -> str:
    """An instant on the signer's own clock: "Tue 3 Nov 2026, 18:31 Berlin time"."""
    local = formats.date_format(at.astimezone(ZoneInfo(zone)), "D j M Y, H:i")
    return _("%(moment)s %(place)s time") % {"moment": local, "place": _place(zone)}
