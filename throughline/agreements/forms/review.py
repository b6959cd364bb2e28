"""The review: when both first look at the agreement again, and how often after that."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.terms import FIRST_REVIEW_DAYS, LONGEST_REVIEW_DAYS, Review
from throughline.agreements.forms.base import Number, PartForm, Setting
from throughline.agreements.forms.times import date_field


class ReviewForm(PartForm):
    first = date_field(
        label=_("First review"), help_text=_("Thirty days after the first meeting is usual: early enough to mend.")
    )
    every_days = Number(label=_("After that, at least every … days"), help_text=_("At most 180."))

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        begins = setting.schedule.first_meeting() if setting.schedule else setting.today
        return {"first": begins + timedelta(days=FIRST_REVIEW_DAYS), "every_days": LONGEST_REVIEW_DAYS}

    def values_of(self, part: Review) -> dict[str, Any]:
        return {"first": part.first, "every_days": part.every_days}

    def read(self, values: dict[str, Any]) -> Review:
        return Review(values["first"], values["every_days"])
