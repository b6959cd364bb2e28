"""Response times: one for each direction, and the hours in which the time counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.descriptions import UNITS, WEEKDAYS
from throughline.agreements.domain.terms import USUAL_HOURS, Responses, ResponseTime, Unit, WorkingHours
from throughline.agreements.forms.base import Number, PartForm, Pick, Setting
from throughline.agreements.forms.times import time_field
from throughline.agreements.queries.wording import say

ROLES = ("mentor", "mentee")


def _weekdays() -> Iterator[tuple[int, str]]:
    return ((number, say(name)) for number, name in enumerate(WEEKDAYS))


def _days() -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=_("Days on which the time counts"),
        choices=_weekdays,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one day; otherwise no answer is ever due."),
            "invalid_choice": _("Choose days from Monday to Sunday."),
        },
    )


class ResponsesForm(PartForm):
    mentor_amount = Number(label=_("Within"))
    mentor_unit = Pick(Unit, UNITS, label=_("Counted in"))
    mentor_days = _days()
    mentor_starts = time_field(label=_("From"))
    mentor_ends = time_field(label=_("Until"))
    mentee_amount = Number(label=_("Within"))
    mentee_unit = Pick(Unit, UNITS, label=_("Counted in"))
    mentee_days = _days()
    mentee_starts = time_field(label=_("From"))
    mentee_ends = time_field(label=_("Until"))

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        two = ResponseTime(2, Unit.DAYS)
        return self.values_of(Responses(two, two))

    def values_of(self, part: Responses) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for role in ROLES:
            answer: ResponseTime = getattr(part, role)
            hours: WorkingHours = getattr(part, f"{role}_hours") or USUAL_HOURS
            values |= {
                f"{role}_amount": answer.amount,
                f"{role}_unit": answer.unit,
                f"{role}_days": list(hours.days),
                f"{role}_starts": hours.starts,
                f"{role}_ends": hours.ends,
            }
        return values

    def read(self, values: dict[str, Any]) -> Responses:
        mentor, mentee = (ResponseTime(values[f"{role}_amount"], values[f"{role}_unit"]) for role in ROLES)
        return Responses(mentor, mentee, *(_hours(values, role) for role in ROLES))


def _hours(values: dict[str, Any], role: str) -> WorkingHours:
    starts: time = values[f"{role}_starts"]
    ends: time = values[f"{role}_ends"]
    return WorkingHours(tuple(sorted(values[f"{role}_days"])), starts.replace(second=0), ends.replace(second=0))
