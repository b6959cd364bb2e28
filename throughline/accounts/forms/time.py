"""The forms about a person's time: weekly windows, working days, quiet hours, absences."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.availability import QuietHours, Window, WindowError, distinct
from throughline.accounts.forms.profile import ALONE, SHARED, SectionForm
from throughline.accounts.models import Person
from throughline.accounts.queries import availability_of, windows_of
from throughline.foundation import clock

MOST_WINDOWS = 28
SPARE_ROWS = 2
LONGEST_ABSENCE = timedelta(days=731)

WINDOW_WORDS = {
    "empty": _("This window has no length: it ends when it begins. Please set a later end."),
    "backwards": _(
        "This window ends before it begins. If it passes midnight, write it as two: up to 00:00, and from 00:00."
    ),
}


def _clock(label: Any, **attrs: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", **attrs}),
        error_messages={"invalid": _("Please write the time as 09:30.")},
    )


class WindowForm(forms.Form):
    """One row: a weekday with from and to. A row without times, or with "remove", is no window."""

    weekday = forms.TypedChoiceField(label=_("Day"), choices=list(WEEKDAYS.items()), coerce=int, required=False)
    starts = _clock(_("From"))
    ends = _clock(_("To"))
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        starts, ends = values.get("starts"), values.get("ends")
        if values.get("remove") or self.errors or (starts is None and ends is None):
            return {**values, "window": None}
        if starts is None or ends is None:
            raise forms.ValidationError(_("Please give both times, or leave both empty."))
        if values.get("weekday") in (None, ""):
            raise forms.ValidationError(_("Please choose a day."))
        try:
            return {**values, "window": Window(values["weekday"], starts, ends)}
        except WindowError as error:
            raise forms.ValidationError(WINDOW_WORDS[error.args[0]]) from error


class _Windows(forms.BaseFormSet[WindowForm]):
    title = _("When you like to meet")
    why = _("Weekly windows, by your own clock. The other side sees them when you plan together.")
    seen_by = SHARED

    def clean(self) -> None:
        if any(self.errors):
            return
        try:
            distinct(windows_in(self))
        except WindowError as error:
            raise forms.ValidationError(_("Two windows of one day overlap. Please join them or move one.")) from error


WindowsFormSet = forms.formset_factory(
    WindowForm, formset=_Windows, extra=SPARE_ROWS, max_num=MOST_WINDOWS, validate_max=True
)


def windows_in(rows: forms.BaseFormSet[WindowForm]) -> list[Window]:
    """What the rows say, once they are valid."""
    return [row.cleaned_data["window"] for row in rows.forms if row.cleaned_data.get("window")]


def known_windows(person: Person) -> list[dict[str, Any]]:
    return [{"weekday": w.weekday, "starts": w.starts, "ends": w.ends} for w in windows_of(person)]


class RhythmForm(SectionForm):
    title = _("Working days and quiet hours")
    why = _("Answers are expected on your working days only. In quiet hours we mail nothing that can wait.")
    seen_by = ALONE

    working_days = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please keep at least one day: without any, a reply would never be due.")},
    )
    quiet_from = _clock(_("Quiet from"))
    quiet_until = _clock(_("Quiet until"))
    quiet_until.help_text = _("May pass midnight, such as 22:00 to 07:00. Leave both empty for no quiet hours.")

    @classmethod
    def known(cls, person: Person) -> dict[str, Any]:
        said = availability_of(person)
        quiet = said.quiet_hours
        return {
            "working_days": sorted(said.working_days),
            "quiet_from": quiet.starts if quiet else None,
            "quiet_until": quiet.ends if quiet else None,
        }

    def clean(self) -> dict[str, Any]:
        starts, ends = self.cleaned_data.get("quiet_from"), self.cleaned_data.get("quiet_until")
        if self.errors:
            return self.cleaned_data
        if (starts is None) != (ends is None):
            raise forms.ValidationError(_("Please give both quiet times, or leave both empty."))
        if starts is not None and starts == ends:
            self.add_error("quiet_until", _("Quiet hours need a length: set another end, or leave both empty."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        starts: time | None = self.cleaned_data["quiet_from"]
        ends: time | None = self.cleaned_data["quiet_until"]
        quiet = QuietHours(starts, ends) if starts is not None and ends is not None else None
        return {"working_days": self.cleaned_data["working_days"], "quiet_hours": quiet}


class AbsenceForm(forms.Form):
    first = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(label=_("Last day away"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = clock.today_in(zone)

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first is None or last is None:
            return self.cleaned_data
        if last < first:
            self.add_error("last", _("The last day is before the first. Please choose a later one."))
        elif last < self._today:
            self.add_error("last", _("These days are over already. Please choose days to come."))
        elif last - first > LONGEST_ABSENCE or first - self._today > LONGEST_ABSENCE:
            self.add_error("last", _("That is more than two years. Please choose days within the next two years."))
        return self.cleaned_data
