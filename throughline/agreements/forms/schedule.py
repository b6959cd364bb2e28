"""The schedule: how often, which day, at what time in which zone, how long, from when until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.zones import all_zones, region_of
from throughline.agreements.domain.descriptions import CADENCES, WEEKDAYS, WEEKS
from throughline.agreements.domain.terms import Cadence, Schedule
from throughline.agreements.forms.base import Number, PartForm, Pick, Setting
from throughline.agreements.queries.wording import say

TUESDAY = 1
_DATE = "%Y-%m-%d"


def date_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(
        input_formats=[_DATE],
        widget=forms.DateInput(format=_DATE, attrs={"type": "date"}),
        error_messages={
            "invalid": _("Write a date such as 2026-12-01 (year, month, day)."),
            "required": _("Choose a date."),
        },
        **kwargs,
    )


def _weekdays() -> Iterator[tuple[int, str]]:
    return ((number, say(name)) for number, name in enumerate(WEEKDAYS))


def _weeks() -> Iterator[tuple[int | str, str]]:
    yield "", now_("monthly only")
    yield from ((number, say(name)) for number, name in WEEKS.items())


class ScheduleForm(PartForm):
    cadence = Pick(Cadence, CADENCES, label=_("How often"), help_text=_("Every second week suits most pairs."))
    weekday = forms.TypedChoiceField(
        label=_("Day"),
        coerce=int,
        choices=_weekdays,
        error_messages={"invalid_choice": _("Choose a day from Monday to Sunday."), "required": _("Choose a day.")},
    )
    week_of_month = forms.TypedChoiceField(
        label=_("Which in the month"),
        coerce=int,
        choices=_weeks,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    time = forms.TimeField(
        label=_("Time"),
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "invalid": _("Write a time such as 18:00."),
            "required": _("At what time do you meet?"),
        },
    )
    zone = forms.CharField(
        label=_("In the time zone of"),
        max_length=64,
        widget=forms.Select,
        help_text=_("The meeting keeps this clock time when clocks change; the other zone follows."),
        error_messages={"required": _("Choose a time zone from the list.")},
    )
    minutes = Number(
        label=_("Minutes"), help_text=_("25 or 50 leaves a breath before what comes next. From 10 to 180.")
    )
    first = date_field(label=_("Not before"), help_text=_("The first meeting is on that day or soon after."))
    last = date_field(label=_("Not after"), required=False, help_text=_("Leave it empty to go on."))

    def prepare(self) -> None:
        widget = self.fields["zone"].widget
        widget.choices = zone_choices(self.setting.zones)

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return {
            "cadence": Cadence.FORTNIGHTLY,
            "weekday": TUESDAY,
            "time": time(17),
            "zone": setting.zones[0],
            "minutes": 50,
            "first": next_weekday(setting.today, TUESDAY),
        }

    def values_of(self, part: Schedule) -> dict[str, Any]:
        return {field: getattr(part, field) for field in Schedule.__annotations__}

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("cadence") is not Cadence.MONTHLY:
            values["week_of_month"] = None  # the form shows the field always; it means nothing then
        return super().clean()

    def read(self, values: dict[str, Any]) -> Schedule:
        fields = {field: values[field] for field in Schedule.__annotations__}
        return Schedule(**{**fields, "time": values["time"].replace(second=0)})


def next_weekday(today: date, weekday: int) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def zone_choices(own: tuple[str, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The members' zones first, then all, by region."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in all_zones():
        regions.setdefault(region_of(zone), []).append((zone, zone.replace("_", " ")))
    return [(now_("Yours"), [(zone, zone.replace("_", " ")) for zone in dict.fromkeys(own)]), *regions.items()]
