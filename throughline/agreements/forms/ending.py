"""How it ends: how long before one says so, and whether both meet once more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.faults import LONGEST_TEXT
from throughline.agreements.domain.terms import Ending, usual_ending
from throughline.agreements.forms.base import Number, PartForm, Prose, Setting


class EndingForm(PartForm):
    notice_days = Number(
        label=_("Say so this many days before"), help_text=_("Where it can be done. 0 for at any moment.")
    )
    last_meeting = forms.BooleanField(label=_("Meet once more, to look back and say goodbye"), required=False)
    words = Prose(
        label=_("What would make it a good end"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Such as: each says one thing that they take along."),
    )

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return self.values_of(usual_ending())

    def values_of(self, part: Ending) -> dict[str, Any]:
        return {"notice_days": part.notice_days, "last_meeting": part.last_meeting, "words": part.words}

    def read(self, values: dict[str, Any]) -> Ending:
        return Ending(values["notice_days"], values["last_meeting"], values["words"])
