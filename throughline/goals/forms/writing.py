"""A goal's words, owner, dates and end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.goals.domain.measure import Kind
from throughline.goals.forms.fields import DayField, Once, OwnerField, check_due

if TYPE_CHECKING:
    from throughline.relationships.queries import Member

PARTS = 3
KINDS = [
    (Kind.NUMBER.value, lazy("By a number: pages, hours, people")),
    (Kind.MILESTONES.value, lazy("By milestones: a few steps, each done or not")),
    (Kind.LEVELS.value, lazy("By five written levels, which both agree to before work starts")),
    (Kind.NONE.value, lazy("I do not know yet")),
]


class WordsForm(forms.Form):
    """What it is, why it matters, and whose it is."""

    sentence = forms.CharField(
        label=lazy("The goal, in one sentence"),
        help_text=lazy("What will be different? “Submit the flood paper” says more than “work on the paper”."),
        max_length=300,
        error_messages={"required": lazy("Say in one sentence what you want to reach.")},
    )
    why = forms.CharField(
        label=lazy("Why it matters"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    outcome = forms.CharField(
        label=lazy("How you will both know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zones: dict[UUID | None, str] = {member.person_id: member.zone for member in members}
        self.fields["owner"] = OwnerField(members)

    @property
    def zone(self) -> str:
        """Whose days are meant: the owner's."""
        return self.zones.get(self.cleaned_data.get("owner")) or next(iter(self.zones.values()), "UTC")


class GoalForm(WordsForm):
    """A new goal: its date may be missing, and is then shown as missing."""

    once = Once()
    due = DayField(label=lazy("By when"), required=False)
    kind = forms.ChoiceField(
        label=lazy("How will it show?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=Kind.NUMBER.value,
        help_text=lazy("You fill it in on the next page."),
        error_messages={
            "required": lazy("Choose one; “I do not know yet” is fine."),
            "invalid_choice": lazy("Choose one; “I do not know yet” is fine."),
        },
    )
    private = forms.BooleanField(
        label=lazy("Keep it to myself for now"),
        help_text=lazy("Only you see it, and it is in no number that both see, until you share it."),
        required=False,
    )

    def __init__(self, *args: Any, reader_id: UUID, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, members=members, **kwargs)
        self.reader_id = reader_id
        self.order_fields(["once", "sentence", "why", "owner", "due", "kind", "outcome", "private"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            check_due(values.get("due"), self.zone)
        except forms.ValidationError as error:
            self.add_error("due", error)
        if values.get("private") and values.get("owner") not in (None, self.reader_id):
            self.add_error("private", _("A goal that only you see is your own: choose yourself, or share it."))
        return values


class DueForm(forms.Form):
    """Another date for a goal or a milestone; the first one stays in view."""

    due = DayField(label=lazy("By when"), required=False, help_text=lazy("Empty: no date, and it says so."))
    reason = forms.CharField(label=lazy("What has changed"), max_length=500, required=False)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_due(self) -> date | None:
        due: date | None = self.cleaned_data["due"]
        return due if due == self.initial.get("due") else check_due(due, self.zone)


class DropForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Why it is let go"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": lazy("A short reason, so that both of you know later.")},
    )


class SplitForm(forms.Form):
    """Two or three smaller goals, each with its own date."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for number in range(1, PARTS + 1):
            self.fields[f"sentence_{number}"] = forms.CharField(
                label=_("Smaller goal %(number)d") % {"number": number},
                max_length=300,
                required=number <= 2,
                error_messages={"required": _("Splitting takes two: say what this one is.")},
            )
            self.fields[f"due_{number}"] = DayField(label=_("By when"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number in range(1, PARTS + 1):
            try:
                check_due(values.get(f"due_{number}"), self.zone)
            except forms.ValidationError as error:
                self.add_error(f"due_{number}", error)
        return values

    @property
    def parts(self) -> list[tuple[str, date | None]]:
        """Those that say something."""
        found = [
            (self.cleaned_data[f"sentence_{number}"], self.cleaned_data[f"due_{number}"])
            for number in range(1, PARTS + 1)
        ]
        return [part for part in found if part[0]]
