"""What a goal goes together with, or what shows a point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.forms.fields import LinkField, ThingField


class PickForm(forms.Form):
    """The address of a page, or one tap on something here."""

    link = LinkField(label=lazy("A page somewhere"))
    thing = ThingField()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("link") and not values.get("thing"):
            raise forms.ValidationError(_("Give the address of a page, or choose something below."))
        return values


class LookForm(forms.Form):
    """Words to look for among what is here."""

    q = forms.CharField(
        label=lazy("Look for something older"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @property
    def words(self) -> str:
        return str(self.cleaned_data["q"]) if self.is_valid() else ""
