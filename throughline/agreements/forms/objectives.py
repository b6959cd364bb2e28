"""Objectives: rows of an aim and its outcome; there is always one more empty row, up to ten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.faults import LONGEST_LINE, MOST_ITEMS
from throughline.agreements.domain.terms import Objective, Objectives
from throughline.agreements.forms.base import PartForm, rows_wanted


class ObjectivesForm(PartForm):
    def prepare(self) -> None:
        source = self.data if self.is_bound else self.initial
        for number in range(1, rows_wanted(source, "aim", "outcome", least=2, most=MOST_ITEMS) + 1):
            self.fields[f"aim_{number}"] = forms.CharField(
                label=_("Objective %(number)s") % {"number": number}, required=number == 1, max_length=LONGEST_LINE
            )
            self.fields[f"outcome_{number}"] = forms.CharField(
                label=_("How you will both know that it came true"), required=number == 1, max_length=LONGEST_LINE
            )
        self.fields["aim_1"].error_messages["required"] = _("Write at least one objective.")
        self.fields["outcome_1"].error_messages["required"] = _("How will you both know that it came true?")

    def values_of(self, part: Objectives) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for number, item in enumerate(part.items, 1):
            values |= {f"aim_{number}": item.aim, f"outcome_{number}": item.outcome}
        return values

    def clean(self) -> dict[str, Any]:
        for number in self.rows_in_use():
            for field in ("aim", "outcome"):
                if not self.cleaned_data.get(f"{field}_{number}") and f"{field}_{number}" not in self.errors:
                    self.add_error(f"{field}_{number}", _SAY[field])
        return super().clean()

    def read(self, values: dict[str, Any]) -> Objectives:
        return Objectives(tuple(Objective(values[f"aim_{n}"], values[f"outcome_{n}"]) for n in self.rows_in_use()))

    def rows_in_use(self) -> list[int]:
        values = self.cleaned_data
        numbers = range(1, MOST_ITEMS + 1)
        return [number for number in numbers if values.get(f"aim_{number}") or values.get(f"outcome_{number}")]


_SAY = {
    "aim": _("What is the objective that leads to this outcome?"),
    "outcome": _("How will you both know that this objective came true?"),
}
