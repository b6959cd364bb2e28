"""How long things are kept: each room names what it holds for a time, and one daily job lets go of what is over it.

register_period(Period("notices.sent", _("Mail that was sent"), ENV.keep_mail_days, _("…why…"), forget_sent_mail))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughline.foundation.rights.holdings import Text


@dataclass(frozen=True)
class Period:
    """days: how long it is kept; 0 is for ever. sweep(before): lets go of what is older than an instant, as often as
    it is called, and returns how many it was."""

    name: str
    title: Text
    days: int
    why: Text
    sweep: Callable[[datetime], int]


_periods: dict[str, Period] = {}


def register_periods(found: Iterable[Period]) -> None:
    """Raises ValueError when another room already has a name."""
    for period in found:
        if _periods.get(period.name, period) != period:
            raise ValueError(f"The period {period.name!r} is registered twice.")
        _periods[period.name] = period


def periods() -> list[Period]:
    return list(_periods.values())


def sweep_all(now: datetime) -> dict[str, int]:
    """Every period that ends, once. Returns how many things each let go of."""
    ending = [period for period in _periods.values() if period.days]
    return {period.name: period.sweep(now - timedelta(days=period.days)) for period in ending}
