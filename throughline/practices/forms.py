"""Input of practices: the private question about cameras."""

from __future__ import annotations

from django import forms

from throughline.practices.domain.reasons import Reason


class CameraForm(forms.Form):
    reason = forms.TypedChoiceField(choices=[(reason.value, reason.value) for reason in Reason], coerce=Reason)
