"""Input of a conversation, for pages without scripts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation.ids import new_id
from throughline.messaging.domain.limits import LONGEST, SIGNS

_FIELD = forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message")})


class MessageForm(forms.Form):
    """client_id is made with the page, so that a double click sends once. answers: the id of what it replies to."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=_FIELD)
    please_answer = forms.BooleanField(label=_("Please answer"), required=False)
    client_id = forms.UUIDField(initial=new_id, widget=forms.HiddenInput)
    answers = forms.UUIDField(required=False, widget=forms.HiddenInput)


class WordsForm(forms.Form):
    """Other words for a message."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))


class SignForm(forms.Form):
    """sign: "" takes one's own back."""

    sign = forms.ChoiceField(choices=[("", ""), *((sign, sign) for sign in SIGNS)], required=False)
