"""Response times: one for each direction."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.descriptions import UNITS
from throughline.agreements.domain.terms import Responses, ResponseTime, Unit
from throughline.agreements.forms.base import Number, PartForm, Pick, Setting


class ResponsesForm(PartForm):
    mentor_amount = Number(label=_("Within"))
    mentor_unit = Pick(Unit, UNITS, label=_("Counted in"))
    mentee_amount = Number(label=_("Within"))
    mentee_unit = Pick(Unit, UNITS, label=_("Counted in"))

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        return self.values_of(Responses(ResponseTime(2, Unit.DAYS), ResponseTime(2, Unit.DAYS)))

    def values_of(self, part: Responses) -> dict[str, Any]:
        return {
            "mentor_amount": part.mentor.amount,
            "mentor_unit": part.mentor.unit,
            "mentee_amount": part.mentee.amount,
            "mentee_unit": part.mentee.unit,
        }

    def read(self, values: dict[str, Any]) -> Responses:
        return Responses(
            ResponseTime(values["mentor_amount"], values["mentor_unit"]),
            ResponseTime(values["mentee_amount"], values["mentee_unit"]),
        )
