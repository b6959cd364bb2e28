"""What a goal goes together with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.forms.fields import LinkField, ThingField


class LinkForm(forms.Form):
    link = LinkField(label=lazy("A page somewhere"))

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if things:
            self.fields["thing"] = ThingField(things, label=_("Something here"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("link") and not values.get("thing"):
            raise forms.ValidationError(_("Give the address of a page, or choose something here."))
        return values
