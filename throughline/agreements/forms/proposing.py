"""Why somebody proposes a change, and what somebody says when they decline one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.forms.base import Prose

LONGEST = 1000


class ReasonForm(forms.Form):
    reason = Prose(
        label=_("Why this change?"),
        help_text=_("A sentence is enough. It stands beside the proposal, and is no part of the agreement."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say in a sentence why, so that the other can weigh it.")},
    )


class AnswerForm(forms.Form):
    words = Prose(
        label=_("What you say to it, if you like"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
