"""What a goal is measured by."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.domain.attainment import HEAVIEST, LEVELS
from throughline.goals.domain.measure import Fault, Levels, Number, faults_of
from throughline.goals.forms.fields import AmountField, DayField, check_due

ROWS = 5
NEW_COUNT, SAME_COUNT = "new", "same"


class NumberForm(forms.Form):
    """From where to where, counted in what."""

    unit = forms.CharField(
        label=lazy("What is counted"),
        help_text=lazy("pages, hours, interviews, people …"),
        max_length=60,
        error_messages={"required": lazy("Say what is counted, such as pages.")},
    )
    baseline = AmountField(
        label=lazy("Where it stands today"),
        initial="0",
        error_messages={"required": lazy("A number; 0 where nothing is there yet.")},
    )
    target = AmountField(label=lazy("Where it is to be"), error_messages={"required": lazy("The number to reach.")})
    unit_change = forms.ChoiceField(
        label=lazy("The unit is another than before. What about the points that are there?"),
        choices=[
            (SAME_COUNT, lazy("It is the same thing by another name: they count on")),
            (NEW_COUNT, lazy("It is another thing: a new count begins, and they stay to be read")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, asks_about_unit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_about_unit and not self.data.get("unit_change"):
            self.fields["unit_change"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if {"unit", "baseline", "target"} <= set(values):
            for fault in faults_of(self.number):
                if fault is Fault.SAME:
                    self.add_error("target", _("This is where it stands today already. What would be further?"))
                else:
                    self.add_error("target", _("This number is too large to be drawn. Choose a larger unit."))
        return values

    @property
    def number(self) -> Number:
        values = self.cleaned_data
        return Number(values["unit"].strip(), values["baseline"], values["target"])

    @property
    def new_count(self) -> bool | None:
        return {NEW_COUNT: True, SAME_COUNT: False}.get(self.cleaned_data.get("unit_change") or "")

    def ask_about_unit(self, unit: str) -> None:
        """Points stand in another unit, and nobody has said what becomes of them."""
        self.fields["unit_change"].widget = forms.RadioSelect(choices=self.fields["unit_change"].choices)  # type: ignore[attr-defined]
        self.add_error("unit_change", _("So far it was counted in %(unit)s. Say which is meant.") % {"unit": unit})


class LevelsForm(forms.Form):
    """Five levels in words, the middle one what both expect."""

    weight = forms.IntegerField(
        label=lazy("Weight"),
        help_text=lazy("Beside your other goals with levels: 1 for most, more for what matters more."),
        initial=1,
        widget=forms.NumberInput(attrs={"min": 1, "max": HEAVIEST}),
        error_messages={"required": lazy("1 for most goals."), "invalid": lazy("A whole number from 1 to 10.")},
    )
    baseline = forms.TypedChoiceField(
        label=lazy("Where it stands today"),
        coerce=int,
        initial=-1,
        choices=[(level, f"{level:+d}" if level else "0") for level in LEVELS],
        error_messages={"invalid_choice": lazy("One of the five levels.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meant = [
            _("+2: much more than expected"),
            _("+1: more than expected"),
            _("0: as expected"),
            _("-1: less than expected"),
            _("-2: much less than expected"),
        ]
        for level, label in zip(reversed(LEVELS), meant, strict=True):
            self.fields[level_name(level)] = forms.CharField(
                label=label,
                max_length=300,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"required": _("Say how this level would look, so that both can tell it.")},
            )
        self.order_fields([*(level_name(level) for level in reversed(LEVELS)), "baseline", "weight"])

    def clean_weight(self) -> int:
        weight: int = self.cleaned_data["weight"]
        if weight < 1:
            raise forms.ValidationError(_("A weight of 0 would leave this goal out of the score. Give it 1 or more."))
        if weight > HEAVIEST:
            raise forms.ValidationError(_("At most 10: it is counted against your other goals, most of which have 1."))
        return weight

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and Fault.SAME_LEVELS in faults_of(self.levels):
            raise forms.ValidationError(_("Two of the levels say the same. What would tell them apart?"))
        return values

    @property
    def levels(self) -> Levels:
        one, two, three, four, five = (self.cleaned_data[level_name(level)].strip() for level in LEVELS)
        return Levels((one, two, three, four, five), self.cleaned_data["weight"], self.cleaned_data["baseline"])


def level_name(level: int) -> str:
    """The name of a level's field."""
    return f"level_{level + 2}"


def initial_levels(levels: Levels) -> dict[str, Any]:
    said = {level_name(level): levels.said(level) for level in LEVELS}
    return {**said, "weight": levels.weight, "baseline": levels.baseline}


class MilestonesForm(forms.Form):
    """Up to five more steps, each with its date."""

    def __init__(self, *args: Any, zone: str, needs_one: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for number in range(1, ROWS + 1):
            self.fields[f"words_{number}"] = forms.CharField(
                label=_("Milestone"),
                max_length=300,
                required=needs_one and number == 1,
                error_messages={"required": _("Name a first step; its date may come later.")},
            )
            self.fields[f"due_{number}"] = DayField(label=_("By when"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, ROWS + 1):
            due = values.get(f"due_{number}")
            try:
                check_due(due, self.zone)
            except forms.ValidationError as error:
                self.add_error(f"due_{number}", error)
            if due and not values.get(f"words_{number}") and f"words_{number}" not in self.errors:
                self.add_error(f"words_{number}", _("A date alone is no step: say what will be done by then."))
        return values

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The bound fields, a step a row."""
        return [(self[f"words_{number}"], self[f"due_{number}"]) for number in range(1, ROWS + 1)]

    @property
    def steps(self) -> list[tuple[str, date | None]]:
        values = self.cleaned_data
        found = [(values[f"words_{number}"].strip(), values[f"due_{number}"]) for number in range(1, ROWS + 1)]
        return [step for step in found if step[0]]
