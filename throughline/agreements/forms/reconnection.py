"""The reconnection plan: after how long a silence, who reaches out, how, and how else."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.channels import Channel
from throughline.agreements.domain.descriptions import BY_CHANNEL, REACHING_OUT
from throughline.agreements.domain.faults import LONGEST_TEXT
from throughline.agreements.domain.terms import Reconnection, Who
from throughline.agreements.forms.base import Number, PartForm, Pick, Prose, Setting


class ReconnectionForm(PartForm):
    after_days = Number(label=_("After how many days of silence"), help_text=_("About one meeting that did not come."))
    by = Pick(Who, REACHING_OUT, label=_("Who reaches out first"))
    channel = Pick(Channel, BY_CHANNEL, label=_("How"))
    fallback = Pick(Channel, BY_CHANNEL, label=_("And without an answer"))
    words = Prose(
        label=_("What helps you to come back"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Such as: one line is enough; no apologies needed."),
    )

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return self.values_of(setting.usual_reconnection)

    def values_of(self, part: Reconnection) -> dict[str, Any]:
        return {field: getattr(part, field) for field in Reconnection.__annotations__}

    def read(self, values: dict[str, Any]) -> Reconnection:
        return Reconnection(**{field: values[field] for field in Reconnection.__annotations__})
