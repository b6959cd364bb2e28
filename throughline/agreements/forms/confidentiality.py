"""Confidentiality: the mode, and two texts in the pair's own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.descriptions import MODES
from throughline.agreements.domain.faults import LONGEST_TEXT
from throughline.agreements.domain.terms import Confidentiality, Mode
from throughline.agreements.forms.base import PartForm, Pick, Prose, Setting


class ConfidentialityForm(PartForm):
    mode = Pick(
        Mode,
        MODES,
        label=_("Who can see what"),
        widget=forms.RadioSelect,
        help_text=_("Supervised needs a programme that names somebody. Until it has, nobody but you reads anything."),
    )
    off_limits = Prose(
        label=_("Topics that are off limits"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("What neither of you brings up, such as pay, health or a named colleague."),
    )
    may_be_told = Prose(
        label=_("What may be told, and to whom"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("For example that you meet, to a manager. Left empty, nothing is passed on."),
    )

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return {"mode": Mode.PRIVATE}

    def values_of(self, part: Confidentiality) -> dict[str, Any]:
        return {"mode": part.mode, "off_limits": part.off_limits, "may_be_told": part.may_be_told}

    def read(self, values: dict[str, Any]) -> Confidentiality:
        return Confidentiality(values["mode"], values["off_limits"], values["may_be_told"])
