"""Confidentiality: the mode, what is off limits or may be told, notes and recordings, and what stays at the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.descriptions import AT_END, MODES, NOTES, RECORDINGS
from throughline.agreements.domain.faults import LONGEST_TEXT
from throughline.agreements.domain.terms import AtEnd, Confidentiality, Mode, Notes, Recordings
from throughline.agreements.forms.base import PartForm, Pick, Prose, Setting


def _words(label: Any, help_text: Any) -> Prose:
    return Prose(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ConfidentialityForm(PartForm):
    mode = Pick(
        Mode,
        MODES,
        label=_("Who can read"),
        widget=forms.RadioSelect,
        help_text=_("Supervised needs a programme that names somebody. Until it has, nobody but you reads anything."),
    )
    off_limits = _words(
        _("Topics that are off limits"),
        _("What neither of you brings up, such as pay, health or a named colleague."),
    )
    may_be_told = _words(
        _("What may be told, and to whom"),
        _("For example that you meet, to a manager. Left empty, nothing is passed on."),
    )
    duties = _words(
        _("What one of you would have to report"),
        _("Some jobs bring a duty, such as harm to a child. Left empty, neither of you knows of one."),
    )
    notes = Pick(Notes, NOTES, label=_("Notes"), widget=forms.RadioSelect)
    recordings = Pick(Recordings, RECORDINGS, label=_("Recordings"), widget=forms.RadioSelect)
    at_end = Pick(AtEnd, AT_END, label=_("At the end"), widget=forms.RadioSelect)

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return self.values_of(Confidentiality(Mode.PRIVATE, "", ""))

    def values_of(self, part: Confidentiality) -> dict[str, Any]:
        """What was not asked for when it was signed stays unchosen: the choice is theirs."""
        return {field: getattr(part, field) for field in Confidentiality.__annotations__}

    def read(self, values: dict[str, Any]) -> Confidentiality:
        return Confidentiality(**{field: values[field] for field in Confidentiality.__annotations__})
