"""Input of calls."""

from __future__ import annotations

from django import forms


class AddressForm(forms.Form):
    hidden = forms.BooleanField(required=False)
