"""The fields that several forms here share: names and texts made clean, zones that exist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.names import clean_line, clean_text
from throughline.accounts.domain.zones import all_zones, is_zone, region_of
from throughline.foundation.jinja import zone_name

NAME_LENGTH = 120
TEXT_LENGTH = 2000


class LineField(forms.CharField):
    """One line: white space joined, control characters and marks that turn the reading direction gone."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")


class TextField(forms.CharField):
    """A few paragraphs, counted as a person counts them (a line break is one character)."""

    def __init__(self, *, max_length: int = TEXT_LENGTH, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "maxlength": max_length}))
        super().__init__(validators=[MaxLengthValidator(max_length)], **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


def name_field() -> LineField:
    return LineField(
        label=_("Name"),
        help_text=_("As people call you. Those you mentor or learn from see it."),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Please tell us how people call you.")},
    )


def zone_choices(also: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Zones by region, for a select that finds a place as one types; `also` is offered even if it is an old name."""
    regions: dict[str, list[tuple[str, str]]] = {}
    names = all_zones() if not also or also in all_zones() else (*all_zones(), also)
    for name in names:
        place = zone_name(name) if name.count("/") < 2 else name.split("/", 1)[1].replace("_", " ").replace("/", ", ")
        regions.setdefault(region_of(name), []).append((name, place))
    return list(regions.items())


class ZoneField(forms.CharField):
    """The name of a time zone that exists."""

    default_error_messages = {"zone": _("There is no time zone of this name. Please choose one from the list.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_zone(value):
            raise forms.ValidationError(self.error_messages["zone"], code="zone")


def _password_rules() -> str:
    return gettext("At least 10 characters: three or four words do well. Not one of the common ones, not your address.")


password_rules = lazy(_password_rules, str)
