"""What a program's token is made from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.scopes import scopes
from throughline.accounts.forms.fields import LineField

LIFETIMES = [(7, _("a week")), (30, _("a month")), (90, _("three months")), (365, _("a year"))]


class TokenForm(forms.Form):
    name = LineField(
        label=_("What is it for?"), max_length=80, help_text=_("So that you know it again, such as “my calendar”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one thing that it may do.")},
    )
    days = forms.TypedChoiceField(label=_("It works for"), choices=LIFETIMES, coerce=int, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes()  # type: ignore[attr-defined]  # a MultipleChoiceField
