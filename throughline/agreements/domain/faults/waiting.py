"""What is wrong with promised answers: no time to answer in, or a wait that is longer than it sounds."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.agreements.domain.descriptions import WEEKDAYS
from throughline.agreements.domain.faults.base import LONGEST_GAP_DAYS, LONGEST_WAIT, LONGEST_WAIT_DAYS, Fault
from throughline.agreements.domain.sentences import _, listed
from throughline.agreements.domain.terms import Responses, ResponseTime, Unit, WorkingHours


def response_faults(part: Responses) -> Iterator[Fault]:
    yield from _direction_faults("mentor", part.mentor, part.mentor_hours)
    yield from _direction_faults("mentee", part.mentee, part.mentee_hours)


def _direction_faults(who: str, answer: ResponseTime, hours: WorkingHours | None) -> Iterator[Fault]:
    amount = list(_amount_faults(f"{who}_amount", answer))
    yield from amount
    if hours is None:
        yield Fault(f"{who}_days", _("Say on which days and hours the time for an answer counts."), since=2)
        return
    found = list(_hours_faults(who, hours))
    yield from found
    if not amount and not found:
        yield from _long_wait(f"{who}_amount", answer, hours)


def _amount_faults(field: str, answer: ResponseTime) -> Iterator[Fault]:
    most = LONGEST_WAIT[answer.unit]
    if answer.amount < 1:
        yield Fault(field, _("Allow at least one hour or day for an answer."))
    elif answer.amount > most:
        unit = _("working hours") if answer.unit is Unit.HOURS else _("working days")
        yield Fault(
            field,
            _("That is a long silence: agree on at most %(most)s %(unit)s.", most=most, unit=unit),
        )


def _hours_faults(who: str, hours: WorkingHours) -> Iterator[Fault]:
    if not hours.days:
        yield Fault(f"{who}_days", _("Choose at least one day; otherwise no answer is ever due."))
    elif gap_of(hours.days) > LONGEST_GAP_DAYS:
        yield Fault(
            f"{who}_days",
            _(
                "With %(days)s alone, a message can wait %(gap)s whole days before the time for an answer even "
                "begins. Add a day in between on which a short answer is possible.",
                days=listed([WEEKDAYS[day] for day in hours.days]),
                gap=gap_of(hours.days),
            ),
        )
    if hours.ends <= hours.starts:
        yield Fault(
            f"{who}_ends",
            _(
                "These hours end at %(ends)s, before they begin at %(starts)s. Choose a later end.",
                ends=hours.ends,
                starts=hours.starts,
            ),
        )
    elif minutes_a_day(hours) < 60:
        yield Fault(f"{who}_ends", _("Leave at least an hour a day in which an answer can be written."))


def _long_wait(field: str, answer: ResponseTime, hours: WorkingHours) -> Iterator[Fault]:
    days = longest_wait_days(answer, hours)
    if days > LONGEST_WAIT_DAYS:
        yield Fault(
            field,
            _(
                "Counted in these hours, an answer could take %(days)s days. Make the time shorter, or the hours "
                "longer: at most %(most)s days in all.",
                days=days,
                most=LONGEST_WAIT_DAYS,
            ),
        )


def minutes_a_day(hours: WorkingHours) -> int:
    """From starts to ends, in minutes; negative when they cross."""
    begins, ends = hours.starts, hours.ends
    return (ends.hour - begins.hour) * 60 + ends.minute - begins.minute


def gap_of(days: tuple[int, ...]) -> int:
    """The most whole days of a week that lie between one working day and the next."""
    following = (*days[1:], days[0] + 7)
    return max(after - day for day, after in zip(days, following, strict=True)) - 1


def longest_wait_days(answer: ResponseTime, hours: WorkingHours) -> int:
    """The most dates that pass, on the answerer's calendar, between a message and the end of the time to answer.

    For a message that comes just after the working hours of a day; `hours` must be without fault.
    """
    working_days = answer.amount if answer.unit is Unit.DAYS else -(-answer.amount * 60 // minutes_a_day(hours))
    return max(_dates_passed(working_days, start, hours.days) for start in hours.days)


def _dates_passed(working_days: int, start: int, days: tuple[int, ...]) -> int:
    weeks, rest = divmod(working_days, len(days))
    later = sorted((day - start - 1) % 7 + 1 for day in days)
    return weeks * 7 + (later[rest - 1] if rest else 0)
