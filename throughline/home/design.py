"""Sample values for /design, which shows each component in each state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from throughline.meetings.domain.doors import Door
from throughline.meetings.queries import Upcoming
from throughline.relationships.domain.invitations import Standing
from throughline.relationships.domain.roles import Role
from throughline.relationships.domain.states import State
from throughline.relationships.queries import Asked, Member, Summary
from throughline.relationships.things import OpenItem, Thing


@dataclass(frozen=True)
class SamplePerson:
    id: UUID
    called: str
    about: str


PEOPLE = [
    SamplePerson(UUID(int=1), "Mira Lindqvist", "Berlin · 18:42"),
    SamplePerson(UUID(int=2), "Tomás Rivera", "Los Angeles · 09:42"),
    SamplePerson(UUID(int=3), "Inês Carvalho", "Lisbon · 17:42"),
    SamplePerson(UUID(int=4), "Kwame Mensah", "Accra · 17:42"),
    SamplePerson(UUID(int=5), "雅子", "Tokyo · 01:42"),
    SamplePerson(UUID(int=6), "Ada", "Glasgow · 17:42"),
]


class SampleForm(forms.Form):
    """One of each field, bound to values of which some are wrong."""

    name = forms.CharField(label=_("Name"), max_length=20, help_text=_("As others should address you."))
    email = forms.EmailField(label=_("E-mail address"))
    about = forms.CharField(label=_("What I look for"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Tokyo")])
    day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}))
    captions = forms.BooleanField(label=_("I need captions"), required=False, help_text=_("Calls open with them on."))
    cadence = forms.ChoiceField(
        label=_("How often"), choices=[("weekly", _("Weekly")), ("fortnightly", _("Every two weeks"))],
        widget=forms.RadioSelect,
    )  # fmt: skip


class WhenForm(forms.Form):
    """A moment as people give it: a day, a time, and whose clock."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label=_("Clock of"), choices=[("Europe/Berlin", "Berlin"), ("Asia/Tokyo", "Tokyo")])


def sample_week(number: int, kept: float | None) -> tuple[str, float | None, str]:
    """A week of a chart: its name, the share kept, and the same in words."""
    return f"{number}", kept, said("no meeting due") if kept is None else f"{kept:.0%}"


def sample_weeks() -> list[tuple[str, float | None, str]]:
    shares = [0.5, 0.75, None, 0.6, 0.6, 0.8, 1.0, 0.9, None, 0.85, 0.9, 1.0]
    return [sample_week(number, share) for number, share in enumerate(shares, 36)]


LONG = "Wilhelmina Alexandrowna von Hohenstaufen-Przybylski de la Cruz y Montenegro"


class SamplePage:
    """Stands in for Today and a relationship's page, whose own lines /design shows: two who are there, one with a very
    long name, one who is awaited, one paused."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        called = ["Mira Lindqvist", "Tomás Rivera", LONG, "", "Ada"]
        states = [State.ACTIVE, State.ACTIVE, State.ACTIVE, State.INVITED, State.PAUSED]
        self.people = {UUID(int=n): self._summary(n, *who) for n, who in enumerate(zip(called, states, strict=True), 1)}
        self.next_starts = {UUID(int=n): now + timedelta(days=n) for n in (1, 2)}
        self.unread = {UUID(int=1): 2, UUID(int=3): 14}
        open_until = now + timedelta(days=9)
        self.asked = {
            UUID(int=4): Asked(UUID(int=4), UUID(int=4), "ada@example.org", Role.MENTEE, Standing.OPEN, open_until)
        }
        self.calls: list[object] = []

    def others_in(self, relationship_id: UUID) -> tuple[Member, ...]:
        return self.people[relationship_id].others

    def meeting(self, minutes: int, in_pause: bool = False) -> Upcoming:
        """One that begins in so many minutes."""
        start = self.now + timedelta(minutes=minutes)
        opens = start - timedelta(minutes=10)
        door = Door.OPEN if opens <= self.now else Door.EARLY
        return Upcoming(UUID(int=1), UUID(int=2), start, start + timedelta(minutes=50), opens, door, in_pause)

    def needs(self) -> list[OpenItem]:
        """What waits from somebody: with a day, without one, and in a very long line."""
        agreement = "Read the agreement and sign it"
        rows: list[tuple[str, str, str, datetime | None]] = [
            ("agreements.agreement", "Your agreement", agreement, None)
        ]
        rows += [("commitments.commitment", "Send the reading list", "Do what you took on", self.now)]
        rows += [("commitments.commitment", f"Write to {LONG} about the {LONG} grant", "", self.now)]
        return [OpenItem(Thing(kind, UUID(int=1), title, "#"), UUID(int=2), act, due) for kind, title, act, due in rows]

    def _summary(self, number: int, called: str, state: State) -> Summary:
        other = Member(UUID(int=number), called, Role.MENTEE, "America/Los_Angeles")
        return Summary(UUID(int=number), state, Role.MENTOR, (other,) if called else (), self.now)


def sample_form() -> SampleForm:
    return SampleForm(
        {"name": "Mira", "email": "not an address", "zone": "Europe/Berlin", "day": "2026-11-24", "time": "18:30",
         "captions": "on", "cadence": "weekly"}
    )  # fmt: skip
