"""Input of a conversation, for pages without scripts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation.ids import new_id
from throughline.messaging.domain.limits import LONGEST

_FIELD = forms.Textarea(attrs={"rows": 2, "placeholder": _("Write a message")})


class MessageForm(forms.Form):
    """client_id is made with the page, so that a double click sends once."""

    text = forms.CharField(label=_("Message"), max_length=LONGEST, widget=_FIELD)
    please_answer = forms.BooleanField(label=_("Please answer"), required=False)
    client_id = forms.UUIDField(initial=new_id, widget=forms.HiddenInput)
