"""Dates and clock times as the browser's own pickers give them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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


def time_field(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={
            "invalid": _("Write a time such as 18:00."),
            "required": _("Write a time such as 18:00."),
            **kwargs.pop("error_messages", {}),
        },
        **kwargs,
    )
