"""Input about relationships to clean values; saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.relationships.domain.invitations import same_address
from throughline.relationships.domain.roles import Role
from throughline.relationships.queries import has_open_invitation

if TYPE_CHECKING:
    from datetime import date

    from throughline.accounts.models import Person

LONGEST_TEXT = 4000


class OnceField(forms.UUIDField):
    """Made by the form itself, so that two sendings of it are one. One that was tampered with is as good as none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=new_id)

    def clean(self, value: Any) -> UUID | None:
        try:
            found: UUID | None = super().clean(value)
        except forms.ValidationError:
            return None
        return found


def words(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    """A few paragraphs of somebody's own."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class InviteForm(forms.Form):
    """`once` makes two sendings of one form the same invitation."""

    once = OnceField()
    role = forms.ChoiceField(
        label=_("You would be"),
        choices=[(Role.MENTEE.value, _("their mentor")), (Role.MENTOR.value, _("their mentee"))],
        widget=forms.RadioSelect,
        initial=Role.MENTEE.value,
        error_messages={
            "required": _("Say whether you would be their mentor or their mentee."),
            "invalid_choice": _("Choose one of the two: their mentor, or their mentee."),
        },
    )
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("We write to them. Leave it empty to get a link that you hand over yourself."),
        required=False,
        max_length=254,
        error_messages={"invalid": _("This is no e-mail address. It looks like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    note = words(
        _("A few words from you"),
        _("Why you ask them, what you hope for. They read it before they answer; the mail does not hold it."),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if email and same_address(email, self.by.email):
            raise forms.ValidationError(_("This is your own address. Mentoring takes two: write the other person's."))
        if email and has_open_invitation(self.by, email, besides=self.data.get("once", "")):
            raise forms.ValidationError(
                _("You have invited this address already, and it has not been answered. Send that one again instead.")
            )
        return email


class DeclineForm(forms.Form):
    reason = words(_("Why not, if you like to say"), _("Only the person who invited you reads it."))


class PauseForm(forms.Form):
    """Whole days, in the zone of the person who proposes."""

    once = OnceField()
    first_day = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say when the pause begins."), "invalid": _("This is no date.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say when it ends; you can end it earlier."), "invalid": _("This is no date.")},
    )
    reason = words(_("Why, if you like to say"), _("Only the people in this relationship read it."))

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_first_day(self) -> date:
        day: date = self.cleaned_data["first_day"]
        if day < clock.today_in(self.by.zone):
            raise forms.ValidationError(_("A pause begins today at the earliest."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first_day"), values.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first one."))
        return values


class EndForm(forms.Form):
    reflection = words(
        _("Looking back"),
        _("What it gave you, what you take along, a thank-you. Everybody in this relationship reads it."),
    )


class ReflectionForm(forms.Form):
    words = words(_("Looking back"), _("Everybody in this relationship reads it."), required=True)
