"""One part as its page and its live fields both need it: who types, what stands, what was overtaken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from throughline.accounts.domain.availability import Availability
from throughline.accounts.queries import availability_of, people_by_id
from throughline.agreements.domain.descriptions import MODE_NAMES, who_can_see
from throughline.agreements.domain.fields import sound
from throughline.agreements.domain.terms import Mode, PartKind, Schedule
from throughline.agreements.forms import PartForm
from throughline.agreements.forms.base import Setting
from throughline.agreements.forms.typed import PartTyping, in_words, shown_in
from throughline.agreements.models import Overtaken
from throughline.agreements.queries.draft import Saved, draft_of
from throughline.agreements.queries.fields import Fields, fields_of, overtaken_in, values
from throughline.agreements.queries.notes import Saying, saying_of
from throughline.agreements.queries.wording import say
from throughline.foundation import clock

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def kind_of(word: str) -> PartKind:
    """The part of an address, or 404."""
    if word not in PartKind._value2member_map_:
        raise Http404
    return PartKind(word)


def typing_for(person: Person, context: Mapping[str, Any], kind: PartKind) -> PartTyping:
    """context: of `views.frame`."""
    setting = setting_for(person, context, draft_of(context["relationship"].pk))
    if kind is PartKind.SCHEDULE:
        setting = replace(setting, people=_people(context["members"]))
    return PartTyping(kind, setting)


def _people(members: Sequence[Any]) -> tuple[tuple[str, Availability], ...]:
    """Three queries for each member and one for all."""
    found = people_by_id(member.person_id for member in members)
    return tuple((member.called, availability_of(found[member.person_id])) for member in members)


def setting_for(person: Person, context: Mapping[str, Any], draft: Mapping[PartKind, Saved]) -> Setting:
    schedule = draft.get(PartKind.SCHEDULE)
    meets = schedule.part if schedule and isinstance(schedule.part, Schedule) else None
    zones = (person.zone, *(member.zone for member in context["others"]))
    return Setting(clock.today_in(person.zone), zones, meets)


def form_of(fields: Fields, typing: PartTyping, offered: Mapping[str, str] | None = None) -> PartForm:
    """The form as it stands: what somebody typed, else what the part says, else what we suggest.

    offered: values that an address brought along (a time chosen elsewhere); shown, and kept when the form is saved.
    """
    shown = {name: value for name, value in (offered or {}).items() if typing.knows(name) and sound(value)}
    return typing.form(stamp=fields.stamp, typed=values(fields.now()) | shown)


def saying(form: PartForm, typing: PartTyping) -> Saying | None:
    """What the form says as it stands on the page; None while it makes no whole."""
    sent = form if form.is_bound else typing.bound_to(shown_in(form), 0)
    sent.is_valid()
    part = sent.meant
    setting = typing.setting
    return saying_of(part, setting.zones, setting.people, setting.today) if part else None


def standing(context: Mapping[str, Any], typing: PartTyping) -> Fields:
    agreement = context["agreement"]
    return fields_of(agreement.pk if agreement else None, typing)


def who_sees() -> list[tuple[str, list[tuple[str, str]]]]:
    """For the form of confidentiality: each mode with its rows of (who, what they can see)."""
    return [(say(MODE_NAMES[mode]), [(say(who), say(what)) for who, what in who_can_see(mode)]) for mode in Mode]


@dataclass(frozen=True)
class Note:
    """What somebody had typed in a field and a later one replaced. text: in words; "" where they had emptied it."""

    id: UUID
    field: str
    label: str
    text: str
    by: str
    at: datetime
    overtaken_by: str


def notes_of(context: Mapping[str, Any], typing: PartTyping, reader_id: UUID) -> list[Note]:
    rows = list(overtaken_in(context["relationship"].pk, [typing.kind]))
    if not rows:
        return []
    form = typing.form(typed={row.field: row.value or "x" for row in rows})
    return [_note(row, form, context["members"], reader_id) for row in rows if row.field in form.fields]


def _note(row: Overtaken, form: PartForm, members: Sequence[Any], reader_id: UUID) -> Note:
    names = {member.person_id: member.called for member in members}
    bound = form[row.field]
    return Note(
        id=row.pk,
        field=row.field,
        label=str(bound.label),
        text=in_words(bound, row.value),
        by=(names | {reader_id: _("You")}).get(row.by_id, _("Somebody who has left")),
        at=row.at,
        overtaken_by=(names | {reader_id: _("you")}).get(row.overtaken_by_id, _("somebody who has left")),
    )
