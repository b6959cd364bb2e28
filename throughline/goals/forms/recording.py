"""Progress in one line, and its correction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.actions import FutureDayError
from throughline.goals.domain.lines import LONGEST, Unclear, UnclearLineError
from throughline.goals.forms.fields import AmountField, DayField, LinkField, Once, ThingField

if TYPE_CHECKING:
    from throughline.goals.models import Point
    from throughline.goals.queries.lines import GoalLine


class RecordForm(forms.Form):
    """One line; everything else may stay as it is."""

    once = Once()
    line = forms.CharField(
        label=lazy("Progress, in one line"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": lazy("One line is enough: what moved?"),
            "max_length": lazy("One line is enough: at most 500 characters."),
        },
    )
    day = DayField(label=lazy("On which day"), required=False, help_text=lazy("Empty: today."))
    link = LinkField(label=lazy("A page that shows it"))
    thing = ThingField()
    beside = ThingField()

    def refuse(self, error: Exception, unit: str = "") -> None:
        """Words an error of the action at its field."""
        if isinstance(error, FutureDayError):
            self.add_error("day", _("This day has not come yet. Say it as it is today."))
        elif isinstance(error, UnclearLineError):
            self.add_error("line", said_unclear(error, unit))


class QuickForm(RecordForm):
    """The same, for one of several goals."""

    def __init__(self, *args: Any, goals: Sequence[GoalLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"] = forms.ChoiceField(
            label=_("Which goal"),
            choices=[(str(goal.id), goal.sentence) for goal in goals],
            error_messages={"required": _("Choose the goal."), "invalid_choice": _("Choose one of these goals.")},
        )
        self.order_fields(["once", "goal", "line", "day", "link", "thing", "beside"])


class CorrectForm(forms.Form):
    """What it should have said. What it said stays on record."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    value = AmountField(label=lazy("Value"), required=False)
    note = forms.CharField(label=lazy("In words"), max_length=LONGEST, required=False)
    day = DayField(label=lazy("On which day"))
    link = LinkField(label=lazy("A page that shows it"))

    def __init__(self, *args: Any, point: Point, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.point = point
        if point.milestone_id is not None:
            del self.fields["value"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        said = (
            values.get("value") is not None or values.get("note") or values.get("link") or "thing" in self.point.entry
        )
        if not said and self.point.milestone_id is None and not self.errors:
            raise forms.ValidationError(_("Nothing is left of it. If it was wrong altogether, take it back instead."))
        return values

    def refuse(self, error: Exception) -> None:
        if isinstance(error, FutureDayError):
            self.add_error("day", _("This day has not come yet."))
        elif isinstance(error, UnclearLineError):
            self.add_error("value" if "value" in self.fields else None, said_unclear(error, ""))


def said_unclear(error: UnclearLineError, unit: str) -> str:
    """Why a line cannot be taken, in a sentence."""
    values = {"about": error.about, "unit": unit}
    return {
        Unclear.EMPTY: _("One line is enough: what moved?"),
        Unclear.NO_NUMBER: _("“%(about)s” is no number that this goal can use. Digits alone are enough, or words.")
        % values,
        Unclear.OTHER_UNIT: _("This goal counts %(unit)s, and here stands “%(about)s”. Give the number of %(unit)s, or "
                              "change what is counted on the goal's page.") % values,
        Unclear.NO_LEVEL: _("“%(about)s” is none of the five levels: -2, -1, 0, +1 or +2.") % values,
        Unclear.NOT_AGREED: _("All of you agree to the five levels first. Words are fine meanwhile."),
        Unclear.NO_SUCH_MILESTONE: _("No milestone is called “%(about)s”. Its number is enough: done: 1.") % values,
        Unclear.SEVERAL_MILESTONES: _("Several milestones begin so. Give the number: done: 1.") % values,
    }[error.why]  # fmt: skip
