"""Input about meetings to clean values; saves nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from throughline.meetings.domain.agenda import LONGEST as LONGEST_ITEM
from throughline.meetings.domain.changing import Scope
from throughline.meetings.domain.elsewhere import LONGEST as LONGEST_MEETING
from throughline.meetings.domain.elsewhere import SHORTEST, Way
from throughline.meetings.domain.rooms import RoomError, room_of
from throughline.meetings.domain.soonest import FreeSlot

LONGEST = 1000
OTHER = "other"


class Words(forms.CharField):
    """A few sentences of somebody's own; line ends are those of Unix, whatever the browser sent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value: Any) -> str:
        return re.sub(r"\r\n?", "\n", str(super().to_python(value) or ""))


def reason_field(required: Any) -> Words:
    return Words(
        label=_("Why?"),
        help_text=_("A sentence is enough. Only the people in this relationship read it."),
        error_messages={"required": required},
    )


class ReasonForm(forms.Form):
    """Calling a meeting off, or asking to leave it out."""

    reason = reason_field(_("Say in a sentence why, so that the other is not left guessing."))


class MoveForm(forms.Form):
    """Another time for a meeting: one that is offered, or one of their own, on their own clock."""

    when = forms.ChoiceField(
        label=_("New time"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the times, or name another one.")},
    )
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-12-01 (year, month, day).")},
    )
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time such as 18:00.")},
    )
    scope = forms.ChoiceField(label=_("What moves"), widget=forms.RadioSelect, initial=Scope.THIS.value)
    reason = reason_field(_("Say in a sentence why, so that the other can weigh it."))

    def __init__(self, *args: Any, zone: str, slots: Sequence[FreeSlot], wider: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)
        offered = [(slot.start.isoformat(), self._said(slot.start)) for slot in slots]
        if self.is_bound:  # what was offered when the page was made may be chosen later on
            chosen = str(self.data.get("when", ""))
            if chosen not in (OTHER, *(value for value, _said in offered)) and (start := instant(chosen)):
                offered = [(chosen, self._said(start)), *offered]
        when = self.fields["when"]
        when.choices = [*offered, (OTHER, now_("Another time"))]  # type: ignore[attr-defined]
        when.initial = offered[0][0] if offered else OTHER
        scopes = [(Scope.THIS.value, now_("Only this meeting"))]
        if wider:
            scopes += [
                (Scope.FOLLOWING.value, now_("This one and those that follow")),
                (Scope.SERIES.value, now_("All that are still to come")),
            ]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("when") == OTHER:
            for name in ("day", "time"):
                if values.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Say on which day.") if name == "day" else _("Say at what time."))
            if not self.errors:
                local = datetime.combine(values["day"], values["time"].replace(second=0), self.zone)
                values["to"] = local.astimezone(UTC)
        elif values.get("when"):
            values["to"] = instant(values["when"])
        if values.get("scope"):
            values["scope"] = Scope(values["scope"])
        return values

    def _said(self, start: datetime) -> str:
        return date_format(start.astimezone(self.zone), "D j M, H:i")


class RoomForm(forms.Form):
    """A link to a room elsewhere, said wrong in a sentence."""

    url = forms.CharField(
        label=_("Link to your room"),
        help_text=_("The whole link, beginning with https://. Zoom, Teams, Meet, Jitsi, or any room of yours."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
        error_messages={"required": _("Paste the link of the room.")},
    )

    def clean_url(self) -> str:
        says = {
            "https": _("The link must begin with https://, so that nobody on the way can read or change it."),
            "host": _(
                "This link names no place that both of you can reach from anywhere. Copy it from the invitation."
            ),
            "secret": _("This link holds a name or password before the place it leads to. Paste it without them."),
            "shape": _("This is no link. It looks like https://meet.jit.si/YourRoom."),
        }
        try:
            return room_of(str(self.cleaned_data["url"])).url
        except RoomError as error:
            raise forms.ValidationError(says[error.args[0]]) from None


class ReportForm(forms.Form):
    """How a meeting elsewhere went, on the clock of whoever says it."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date such as 2026-12-01."), "required": _("On which day was it?")},
    )
    time = forms.TimeField(
        label=_("It began at"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write a time such as 18:00."), "required": _("When did it begin?")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes together"),
        min_value=SHORTEST,
        max_value=LONGEST_MEETING,
        error_messages={
            "invalid": _("Write a whole number of minutes."),
            "required": _("How long were you together?"),
            "min_value": _("A meeting lasts a minute at least."),
            "max_value": _("A meeting lasts ten hours at most."),
        },
    )
    way = forms.ChoiceField(
        label=_("How you met"),
        widget=forms.RadioSelect,
        choices=[
            (Way.VIDEO.value, _("with cameras")),
            (Way.VOICE.value, _("by voice")),
            (Way.IN_PERSON.value, _("in person")),
        ],
        error_messages={"required": _("Choose one of the three.")},
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(zone)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            local = datetime.combine(values["day"], values["time"].replace(second=0), self.zone)
            values["started_at"] = local.astimezone(UTC)
            values["way"] = Way(values["way"])
        return values


def instant(text: str) -> datetime | None:
    """An aware instant as we wrote it; None for anything else."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


class AgendaForm(forms.Form):
    """`once` makes two sendings of one form the same item."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("What do you want to talk about?"),
        max_length=LONGEST_ITEM,
        error_messages={"required": _("Say in a few words what you want to talk about.")},
    )


class ReadyForm(forms.Form):
    words = forms.CharField(
        label=_("What you have ready, or where it is"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write it here, or where the others find it.")},
    )


class WordsForm(forms.Form):
    """A few lines for the notes, for whoever has no editor."""

    words = forms.CharField(
        label=_("Add to the notes"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a line for the notes.")},
    )


def thing_in(text: str) -> tuple[str, UUID]:
    """From "kind:id". Raises Http404 for anything else: no page of ours sends it."""
    kind, _colon, found = text.partition(":")
    try:
        return kind, UUID(found)
    except ValueError:
        raise Http404 from None
