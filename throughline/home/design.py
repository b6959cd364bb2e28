"""Sample values for /design, which shows each component in each state."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SamplePerson:
    id: UUID
    called: str
    about: str


PEOPLE = [
    SamplePerson(UUID(int=1), "Mira Lindqvist", "Berlin · 18:42"),
    SamplePerson(UUID(int=2), "Tomás Rivera", "Los Angeles · 09:42"),
    SamplePerson(UUID(int=3), "Inês Carvalho", "Lisbon · 17:42"),
    SamplePerson(UUID(int=4), "Kwame Mensah", "Accra · 17:42"),
    SamplePerson(UUID(int=5), "雅子", "Tokyo · 01:42"),
    SamplePerson(UUID(int=6), "Ada", "Glasgow · 17:42"),
]


class SampleForm(forms.Form):
    """One of each field, bound to values of which some are wrong."""

    name = forms.CharField(label=_("Name"), max_length=20, help_text=_("As others should address you."))
    email = forms.EmailField(label=_("E-mail address"))
    about = forms.CharField(label=_("What I look for"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Tokyo")])
    day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}))
    captions = forms.BooleanField(label=_("I need captions"), required=False, help_text=_("Calls open with them on."))
    cadence = forms.ChoiceField(
        label=_("How often"), choices=[("weekly", _("Weekly")), ("fortnightly", _("Every two weeks"))],
        widget=forms.RadioSelect,
    )  # fmt: skip


class WhenForm(forms.Form):
    """A moment as people give it: a day, a time, and whose clock."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Clock of"), choices=[("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Tokyo")])


def sample_week(number: int, kept: float | None) -> tuple[str, float | None, str]:
    """A week of a chart: its name, the share kept, and the same in words."""
    return f"{number}", kept, said("no meeting due") if kept is None else f"{kept:.0%}"


def sample_weeks() -> list[tuple[str, float | None, str]]:
    shares = [0.5, 0.75, None, 0.6, 0.6, 0.8, 1.0, 0.9, None, 0.85, 0.9, 1.0]
    return [sample_week(number, share) for number, share in enumerate(shares, 36)]


def sample_form() -> SampleForm:
    return SampleForm(
        {"name": "Mira", "email": "not an address", "zone": "Europe/Berlin", "day": "2026-11-24", "time": "18:30",
         "captions": "on", "cadence": "weekly"}
    )  # fmt: skip
