"""What the forms of all parts share: the stamp, and the domain's sentences at the fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from throughline.accounts.domain.availability import Availability
from throughline.agreements.domain.faults import faults_of
from throughline.agreements.domain.sentences import Sentence
from throughline.agreements.domain.terms import Cadence, Part, Reconnection, Schedule, usual_reconnection
from throughline.agreements.queries.wording import say

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class Setting:
    """Whom the form is for, as far as its suggestions need it. zones: the members', the reader's own first.

    people: what each member is called, and what they said of their time; for the schedule alone.
    """

    today: date
    zones: tuple[str, ...]
    schedule: Schedule | None = None
    people: tuple[tuple[str, Availability], ...] = ()

    @property
    def usual_reconnection(self) -> Reconnection:
        return usual_reconnection(self.schedule.cadence if self.schedule else Cadence.FORTNIGHTLY)


class PartForm(forms.Form):
    """A form for one part. Subclasses say how a part becomes initial values, and clean values a part.

    Django checks what each field holds, `domain.faults` what it means; both speak at the field.
    """

    stamp = forms.IntegerField(min_value=0, max_value=10**6, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        setting: Setting,
        part: Any,
        stamp: int,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """typed: what stands in fields that somebody has typed, over the part or the suggestions."""
        self.data: QueryDict
        values = self.values_of(part) if part else self.suggestions(setting)
        super().__init__(data, initial={"stamp": stamp, **values, **(typed or {})})
        self.setting = setting
        self.part: Part | None = None
        self.meant: Part | None = None  # also where something outside the part still stands in its way
        self.prepare()

    def prepare(self) -> None:
        """Make fields that depend on what is there."""

    def suggestions(self, setting: Setting) -> dict[str, Any]:
        """Initial values while nobody has written the part."""
        return {}

    def values_of(self, part: Any) -> dict[str, Any]:
        raise NotImplementedError  # each form says how

    def read(self, values: dict[str, Any]) -> Part:
        raise NotImplementedError  # each form says how

    def rows_in_use(self) -> list[int]:
        """Of a form with rows, the numbers of those that somebody filled in; rows may be left empty in between."""
        return []

    def _field_of(self, name: str) -> str:
        """Where the form shows what the domain calls "what_2": the second row in use."""
        stem, _, number = name.rpartition("_")
        rows = self.rows_in_use()
        return f"{stem}_{rows[int(number) - 1]}" if rows and number.isdigit() else name

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            part = self.read(values)
            for fault in faults_of(part, self.setting.today):
                field = self._field_of(fault.field)
                self.add_error(field if field in self.fields else None, say(fault.sentence))
            self.part = part
            self.meant = None if self.errors else part
        return values

    def with_stamp(self, stamp: int) -> None:
        """Let the next save of this bound form stand on what is there now."""
        data = self.data.copy()
        data["stamp"] = str(stamp)
        self.data = data


class Prose(forms.CharField):
    """Text of several lines; line ends are those of Unix, whatever the browser sent."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\r\n?", "\n", str(super().to_python(value) or ""))


class Number(forms.IntegerField):
    """A whole number, with a sentence of ours when it is none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["error_messages"] = {
            "invalid": _("Write a whole number, such as 2."),
            "required": _("Write a number here."),
            **kwargs.get("error_messages", {}),
        }
        kwargs.setdefault("widget", forms.NumberInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)


class Pick(forms.TypedChoiceField):
    """One of an enum's values, each with its sentence; `blank` names the empty choice of an optional one."""

    def __init__(
        self, enum: type[Choice], names: Mapping[Any, Sentence], *, blank: str | Any = "", **kwargs: Any
    ) -> None:
        super().__init__(
            choices=lambda: [*([("", blank)] if blank else []), *_named(enum, names)],
            coerce=enum,
            empty_value=None,
            error_messages={
                "invalid_choice": _("Choose one from the list."),
                "required": _("Choose one from the list."),
            },
            **kwargs,
        )


def _named(enum: Iterable[Choice], names: Mapping[Any, Sentence]) -> Iterator[tuple[str, str]]:
    for value in enum:
        words = say(names[value])
        yield value.value, words[:1].upper() + words[1:]


def rows_wanted(data: Mapping[str, Any], *fields: str, least: int, most: int) -> int:
    """How many numbered fields ("aim_1", "aim_2", …) a form shows: one more than are used, within bounds."""
    filled = [number for number in range(1, most + 1) if any(data.get(f"{field}_{number}") for field in fields)]
    return min(most, max(least, max(filled, default=0) + 1))
