"""Time zones by their IANA names."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

_REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether the name is one that `zoneinfo.ZoneInfo` opens, old names such as Asia/Calcutta included."""
    return name in _known()


@cache
def all_zones() -> tuple[str, ...]:
    """The names to choose from, sorted: places, and UTC. Abbreviations and fixed offsets are left out."""
    places = (name for name in _known() if region_of(name) in _REGIONS)
    return (*sorted(places), "UTC")


def region_of(name: str) -> str:
    """What stands before the first slash: the group a zone is shown in."""
    return name.partition("/")[0]
