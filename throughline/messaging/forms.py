"""Input of a conversation, for pages without scripts."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from throughline.foundation.ids import new_id
from throughline.messaging.domain.limits import LARGEST_PIECE, LONGEST, SIGNS
from throughline.messaging.models import SendsBy

_FIELD = forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message")})


class _SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files; a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(one, initial) for one in given if one]


class MessageForm(forms.Form):
    """client_id is made with the page, so that a double click sends once. answers: the id of what it replies to.
    enclosed: where no script brings them beforehand."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=_FIELD, required=False)
    enclosed = _FilesField(label=_("Files"), required=False, widget=_SeveralInput())
    please_answer = forms.BooleanField(label=_("Please answer"), required=False)
    client_id = forms.UUIDField(initial=new_id, widget=forms.HiddenInput)
    answers = forms.UUIDField(required=False, widget=forms.HiddenInput)


class SearchForm(forms.Form):
    """What is looked for in a conversation."""

    words = forms.CharField(
        label=_("Words"), max_length=200, help_text=_("All of them must occur. Case and accents do not matter.")
    )


class WordsForm(forms.Form):
    """Other words for a message."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))


class SendingKeyForm(forms.Form):
    key = forms.ChoiceField(choices=SendsBy.choices)


class SignForm(forms.Form):
    """sign: "" takes one's own back."""

    sign = forms.ChoiceField(choices=[("", ""), *((sign, sign) for sign in SIGNS)], required=False)


class PromiseForm(forms.Form):
    """By which day one answers. Which days there are is the action's to say."""

    day = forms.DateField(
        label=_("Another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say by which day."), "invalid": _("This is no date.")},
    )


class PieceForm(forms.Form):
    """One piece of a file, as a script sends it. told: JSON of what a recorder says of a voice note."""

    client_id = forms.UUIDField()
    name = forms.CharField(max_length=2_000)
    size = forms.IntegerField(min_value=0)
    offset = forms.IntegerField(min_value=0)
    piece = forms.FileField(allow_empty_file=True)
    told = forms.CharField(max_length=4_000, required=False)

    def clean_piece(self) -> bytes:
        return bytes(self.cleaned_data["piece"].read(LARGEST_PIECE + 1))

    def clean_told(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["told"] or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}
