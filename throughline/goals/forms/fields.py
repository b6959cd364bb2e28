"""Fields that several forms of goals share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.foundation import clock
from throughline.foundation.ids import new_id
from throughline.goals.actions import Evidence
from throughline.goals.domain.lines import number_in

if TYPE_CHECKING:
    from throughline.relationships.queries import Member

FURTHEST = timedelta(days=5 * 366)
LONGEST_LINK = 1000
NOBODY = ""


class Once(forms.CharField):
    """Made by the form, so that two sendings are one. Tampered with, it is as good as none."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, initial=new_id, **kwargs)

    def clean(self, value: Any) -> UUID | None:
        try:
            return UUID(str(value))
        except ValueError:
            return None


class AmountField(forms.CharField):
    """A number as people write it: 1,200 or 1 200 or 3,5. Empty is None where it may be."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> float | None:
        text = super().clean(value)
        if not text:
            return None
        negative = text.strip().startswith(("-", "−"))  # noqa: RUF001
        found = number_in(text.strip().lstrip("+-−"))  # noqa: RUF001
        if found is None:
            raise forms.ValidationError(_("This is no number that can be used. Digits alone are enough, such as 42."))
        return -found if negative else found


class DayField(forms.DateField):
    """A whole day, by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"required": lazy("Say which day."), "invalid": lazy("This is no date.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


def check_due(due: date | None, zone: str) -> date | None:
    """Raises ValidationError with a sentence for a day that has passed in this zone, or is too far away."""
    today = clock.today_in(zone)
    if due is not None and due < today:
        raise forms.ValidationError(_("This day has passed. Choose today or a later one."))
    if due is not None and due > today + FURTHEST:
        raise forms.ValidationError(_("This is more than five years away. Choose a nearer day, or a smaller goal."))
    return due


class OwnerField(forms.ChoiceField):
    """One of the relationship's members, or nobody yet."""

    def __init__(self, members: Sequence[Member], **kwargs: Any) -> None:
        choices = [(str(member.person_id), member.called) for member in members]
        super().__init__(
            label=_("Whose goal it is"),
            required=False,
            choices=[*choices, (NOBODY, _("Nobody yet"))],
            error_messages={"invalid_choice": _("Choose one of the people in this relationship.")},
            **kwargs,
        )

    def clean(self, value: Any) -> UUID | None:
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


class LinkField(forms.CharField):
    """The address of a page. Only the web's own kinds of address lead anywhere from here."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"})
        super().__init__(required=False, max_length=LONGEST_LINK, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        if not text:
            return ""
        text = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(text)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or "." not in parts.netloc or set(text) & set(' <>"\\\n\r\t'):
            raise forms.ValidationError(_("This is no address of a page. It begins with https://."))
        return text


class ThingField(forms.CharField):
    """Something here, as kind:id. What makes no sense is nothing; whether it is here, the action asks."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=120, **kwargs)

    def clean(self, value: Any) -> tuple[str, UUID] | None:
        kind, _colon, key = str(value or "")[:120].partition(":")
        try:
            return (kind[:64], UUID(key)) if kind and key else None
        except ValueError:
            return None


def evidence_in(values: dict[str, Any]) -> Evidence | None:
    """From the fields `link` and `thing`. None where both are empty."""
    found = Evidence(values.get("link") or "", values.get("thing"))
    return found if found.link or found.thing else None
