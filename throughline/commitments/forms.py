"""Input about commitments to clean values; saves nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.foundation.ids import new_id

if TYPE_CHECKING:
    from throughline.relationships.queries import Member

FURTHEST = timedelta(days=2 * 366)


class DueField(forms.DateField):
    """A day from today on, in the owner's zone; the form says which zone by `zone`."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": _("Say by which day."), "invalid": _("This is no date.")}


def check_due(due: date, zone: str) -> date:
    """Raises ValidationError with a sentence."""
    today = clock.today_in(zone)
    if due < today:
        raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
    if due > today + FURTHEST:
        raise forms.ValidationError(_("This is more than two years away. Choose a nearer day."))
    return due


class MakeForm(forms.Form):
    """`once` makes two sendings of one form the same commitment; `origin` is the thing it came from, as "kind:id"."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_id)
    origin = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What will be done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what will be done.")},
    )
    owner = forms.ChoiceField(
        label=_("By whom"), error_messages={"invalid_choice": _("Choose one of the people in this relationship.")}
    )
    due = DueField(label=_("By which day"))

    def __init__(self, *args: Any, members: tuple[Member, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones = {str(member.person_id): member.zone for member in members}
        field = self.fields["owner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(member.person_id), member.called) for member in members]

    def clean_once(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["once"])
        except ValueError:
            return None  # tampered with: as good as none

    def clean_origin(self) -> tuple[str, UUID] | None:
        kind, _colon, thing_id = self.cleaned_data["origin"].partition(":")
        try:
            return kind, UUID(thing_id)
        except ValueError:
            return None

    def clean_due(self) -> date:
        return check_due(self.cleaned_data["due"], self.zones.get(self.cleaned_data.get("owner", ""), "UTC"))


class NewDateForm(forms.Form):
    due = DueField(label=_("New day"))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_due(self) -> date:
        return check_due(self.cleaned_data["due"], self.zone)


class DropForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is no longer needed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("A short reason, so that the other person understands.")},
    )
