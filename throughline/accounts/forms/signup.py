"""What we ask at signing up beyond address and password. allauth builds its form on this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest

from throughline.accounts.domain.zones import is_zone
from throughline.accounts.forms.fields import name_field

if TYPE_CHECKING:
    from throughline.accounts.models import Person


class SignUp(forms.Form):
    """Name, and the zone that the browser says; the person confirms the zone in the profile."""

    field_order = ["name", "email", "password1", "zone"]

    name = name_field()
    zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput(attrs={"data-zone": ""}))

    def clean_zone(self) -> str:
        """A browser that says nothing we know gets UTC, not an error about a field that nobody sees."""
        zone = self.cleaned_data["zone"]
        return zone if is_zone(zone) else "UTC"

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth with the person that it has just made."""
        user.name, user.zone = self.cleaned_data["name"], self.cleaned_data["zone"]
        user.save(update_fields=["name", "zone"])
