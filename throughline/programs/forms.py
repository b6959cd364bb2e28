"""Input about programmes to clean values; saves nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation.ids import new_id
from throughline.relationships.queries import Summary


class ProgrammeForm(forms.Form):
    """`once` makes two sendings of one form the same programme."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_id)
    name = forms.CharField(
        label=_("Its name"), max_length=120, error_messages={"required": _("Give the programme a name.")}
    )
    description = forms.CharField(
        label=_("What it is for"),
        help_text=_("Everybody who has the link reads this."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_once(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["once"])
        except ValueError:
            return None  # tampered with: as good as none


class JoinForm(forms.Form):
    relationship = forms.ChoiceField(
        label=_("With whom do you join?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose with whom you join."),
            "invalid_choice": _("Choose one of your own mentoring relationships."),
        },
    )

    def __init__(self, *args: Any, choices: list[Summary], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["relationship"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.relationship_id), ", ".join(other.called for other in one.others)) for one in choices]
        if len(choices) == 1:
            self.initial["relationship"] = str(choices[0].relationship_id)
