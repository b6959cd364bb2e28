"""What is chosen on the page "How we reach you"."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.notices.domain.topics import Rhythm
from throughline.notices.wording import RHYTHMS


class RhythmForm(forms.Form):
    rhythm = forms.TypedChoiceField(label=_("When news come"), choices=RHYTHMS, coerce=Rhythm, widget=forms.RadioSelect)
    working_days_only = forms.BooleanField(label=_("Only on my working days, and not while I am away"), required=False)
    words = forms.BooleanField(
        label=_("Mail says what was written to me"),
        required=False,
        help_text=_(
            "Then what others write to you lies in your mailbox too, outside this site. They see that beside the place "
            "where they write. Without it, mail says who wrote, with a link."
        ),
    )


class RestForm(forms.Form):
    """How long somebody wants to be left in peace."""

    LENGTHS = [
        ("1", _("for one hour")),
        ("4", _("for four hours")),
        ("tomorrow", _("until tomorrow at nine")),
        ("week", _("for a week")),
    ]
    length = forms.ChoiceField(choices=LENGTHS)

    def until(self, zone: str) -> datetime:
        length: Any = self.cleaned_data["length"]
        if length == "tomorrow":
            day = clock.today_in(zone) + timedelta(days=1)
            return datetime.combine(day, time(9), ZoneInfo(zone))
        return clock.now() + (timedelta(weeks=1) if length == "week" else timedelta(hours=int(length)))


class HookForm(forms.Form):
    shape = forms.ChoiceField(
        label=_("What kind"),
        choices=[("slack", "Slack"), ("teams", "Microsoft Teams"), ("plain", _("Something of your own"))],
    )
    address = forms.URLField(
        label=_("Its address"), max_length=2000, assume_scheme="https",
        help_text=_("Your chat calls it an “incoming webhook”. Whoever has it can write there: we keep it sealed."),
    )  # fmt: skip
    label = forms.CharField(label=_("What you call it"), max_length=80, required=False)
