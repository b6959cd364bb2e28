"""The schedule: how often, which day, at what time in which zone, how long, from when until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.zones import all_zones, region_of
from throughline.agreements.domain.descriptions import CADENCES, WEEKDAYS, WEEKS
from throughline.agreements.domain.faults import MOST_HOLIDAYS
from throughline.agreements.domain.terms import Cadence, Holiday, Schedule, Turn
from throughline.agreements.domain.windows import outside_all
from throughline.agreements.forms.base import Number, PartForm, Pick, Setting, rows_wanted
from throughline.agreements.forms.times import date_field, time_field
from throughline.agreements.queries.wording import say

TUESDAY = 1
_PLAIN = [name for name in Schedule.__annotations__ if name not in ("holidays", "rotation")]
HOLIDAY = ("holiday_first", "holiday_last")


def _weekdays() -> Iterator[tuple[int, str]]:
    return ((number, say(name)) for number, name in enumerate(WEEKDAYS))


def _weeks() -> Iterator[tuple[int | str, str]]:
    yield "", now_("monthly only")
    yield from ((number, say(name)) for number, name in WEEKS.items())


class Kept(forms.TextInput):
    """A tick that stands for the text in its value, so that it means one slot and no other; not ticked says ""."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        return str(data.get(name) or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


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
    time = time_field(label=_("Time"), error_messages={"required": _("At what time do you meet?")})
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

    rotation = forms.CharField(
        label=_("Times that take turns"),
        required=False,
        max_length=120,
        help_text=_("Only where no hour suits you both: such as 18:00, 18:00, 08:00, 08:00. Otherwise leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    anyway = forms.CharField(required=False, max_length=120, widget=Kept, label=_("We know, and we keep this time"))

    def prepare(self) -> None:
        self._doubt = ""
        widget = self.fields["zone"].widget
        widget.choices = zone_choices(self.setting.zones)
        source = self.data if self.is_bound else self.initial
        for number in range(1, rows_wanted(source, *HOLIDAY, least=1, most=MOST_HOLIDAYS) + 1):
            self.fields[f"holiday_first_{number}"] = date_field(label=_("First day without a meeting"), required=False)
            self.fields[f"holiday_last_{number}"] = date_field(label=_("Last day without"), required=False)

    @property
    def holidays(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of holidays, each its first and its last day."""
        numbers = range(1, MOST_HOLIDAYS + 1)
        rows = (tuple(f"{field}_{number}" for field in HOLIDAY) for number in numbers)
        return [(self[first], self[last]) for first, last in rows if first in self.fields]

    @property
    def doubt(self) -> str:
        """What "keep it anyway" is about, when the slot lies outside everybody's windows; "" otherwise.

        A form that is only shown asks about the slot that it shows, if somebody has kept that one.
        """
        if self.is_bound:
            return self._doubt
        shown = self.initial
        slot = _slot(shown.get("weekday"), shown.get("time"), shown.get("zone"), shown.get("minutes"))
        return slot if shown.get("anyway") == slot else ""

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
        values = {field: getattr(part, field) for field in _PLAIN}
        values["rotation"] = ", ".join(f"{at:%H:%M}" for at in part.rotation)
        for number, holiday in enumerate(part.holidays, 1):
            values |= {f"holiday_first_{number}": holiday.first, f"holiday_last_{number}": holiday.last}
        return values

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("cadence") is not Cadence.MONTHLY:
            values["week_of_month"] = None  # the form shows the field always; it means nothing then
        for number in self.rows_in_use():
            if values.get(f"holiday_first_{number}") is None and f"holiday_first_{number}" not in self.errors:
                self.add_error(f"holiday_first_{number}", _("On which day do these holidays begin?"))
        cleaned = super().clean()
        self._look_at_windows()
        return cleaned

    def _look_at_windows(self) -> None:
        """A slot that suits neither, by what both have said, is kept only by those who say so."""
        if self.errors or not isinstance(self.part, Schedule):
            return
        part, people = self.part, self.setting.people
        if not outside_all(part, [said for _called, said in people]):
            return
        self._doubt = _slot(part.weekday, part.time, part.zone, part.minutes)
        if self.cleaned_data.get("anyway") != self._doubt:
            names = now_(" and ").join(called for called, _said in people)
            self.add_error("time", now_(
                "This time suits nobody: it lies outside what %(names)s have named as good for meeting. Choose another "
                "time, change your weekly windows, or tick below that you keep it."
            ) % {"names": names})  # fmt: skip
            self.part = None

    def read(self, values: dict[str, Any]) -> Schedule:
        fields = {field: values[field] for field in _PLAIN}
        holidays = tuple(self._holiday(number) for number in self.rows_in_use())
        return Schedule(
            **{**fields, "time": values["time"].replace(second=0)}, holidays=holidays, rotation=values["rotation"]
        )

    def clean_rotation(self) -> tuple[Turn, ...]:
        """Times apart by commas or spaces."""
        try:
            return turns_in(self.cleaned_data["rotation"])
        except ValueError:
            raise forms.ValidationError(_("Write times such as 18:00, 08:00, with commas between them.")) from None

    def rows_in_use(self) -> list[int]:
        """The rows in use: a first day alone is one day off."""
        names = [(number, [f"{field}_{number}" for field in HOLIDAY]) for number in range(1, MOST_HOLIDAYS + 1)]
        return [number for number, fields in names if any(self.cleaned_data.get(field) for field in fields)]

    def _holiday(self, number: int) -> Holiday:
        first: date = self.cleaned_data[f"holiday_first_{number}"]
        return Holiday(first, self.cleaned_data[f"holiday_last_{number}"] or first)


def _slot(weekday: object, at: object, zone: object, minutes: object) -> str:
    """A slot as one text, whether its values are typed or read."""
    return f"{weekday} {str(at)[:5]} {zone} {minutes}"


def turns_in(text: str) -> tuple[time, ...]:
    """Raises ValueError for what is no clock time."""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    return tuple(datetime.strptime(word, "%H:%M").time() for word in words)  # noqa: DTZ007  no date, no zone


def next_weekday(today: date, weekday: int) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def zone_choices(own: tuple[str, ...]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The members' zones first, then all, by region."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in all_zones():
        regions.setdefault(region_of(zone), []).append((zone, zone.replace("_", " ")))
    return [(now_("Yours"), [(zone, zone.replace("_", " ")) for zone in dict.fromkeys(own)]), *regions.items()]
