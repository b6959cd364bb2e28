"""Preparation: rows of what, by whom, how long before; there is always one more empty row, up to ten."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.agreements.domain.descriptions import WHO
from throughline.agreements.domain.faults import LONGEST_LINE, MOST_ITEMS
from throughline.agreements.domain.terms import Preparation, PreparationItem, Who
from throughline.agreements.forms.base import Number, PartForm, Pick, rows_wanted


class PreparationForm(PartForm):
    def prepare(self) -> None:
        source = self.data if self.is_bound else self.initial
        for number in range(1, rows_wanted(source, "what", least=2, most=MOST_ITEMS) + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("What is ready (%(number)s)") % {"number": number},
                required=number == 1,
                max_length=LONGEST_LINE,
                error_messages={"required": _("Name at least one thing that is ready before a meeting.")},
            )
            self.fields[f"by_{number}"] = Pick(Who, WHO, label=_("By whom"), initial=Who.MENTEE)
            self.fields[f"hours_{number}"] = Number(label=_("Hours before the meeting"), initial=24)

    def values_of(self, part: Preparation) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for number, item in enumerate(part.items, 1):
            values |= {f"what_{number}": item.what, f"by_{number}": item.by, f"hours_{number}": item.hours_before}
        return values

    def clean(self) -> dict[str, Any]:
        for number in range(2, MOST_ITEMS + 1):
            if not self.data.get(f"what_{number}", "").strip():  # a row that nobody uses has no faults
                for field in ("by", "hours"):
                    self.errors.pop(f"{field}_{number}", None)
        return super().clean()

    def read(self, values: dict[str, Any]) -> Preparation:
        return Preparation(
            tuple(
                PreparationItem(values[f"what_{n}"], values[f"by_{n}"], values[f"hours_{n}"])
                for n in self.rows_in_use()
            )
        )

    def rows_in_use(self) -> list[int]:
        return [number for number in range(1, MOST_ITEMS + 1) if self.cleaned_data.get(f"what_{number}")]
