"""Reads about people, named by what they return."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import PurePath
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from throughline.accounts.domain.availability import Absence, Availability, QuietHours, Window
from throughline.accounts.domain.channels import DEFAULT_ORDER, Channel, known
from throughline.accounts.domain.needs import Need
from throughline.accounts.models import (
    AbsenceRow,
    ApiToken,
    ChannelOrder,
    Closure,
    Erased,
    Export,
    NeedRow,
    Person,
    Rhythm,
    WeeklyWindow,
)
from throughline.foundation import clock

SHELL_HOST = "erased.invalid"
"""Where the address of an erased account leads: its row is empty, and stays for what others keep."""

USUAL_QUIET = QuietHours(time(22), time(7))
USUAL_DAYS = frozenset(range(5))


def people_by_id(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The people with these ids; an id that names nobody is left out. One query."""
    return Person.objects.in_bulk(list(ids))


def people_by_email(addresses: Iterable[str]) -> dict[str, Person]:
    """The people whose addresses these are, exactly as written here. One query."""
    return {person.email: person for person in Person.objects.filter(email__in=list(addresses))}


def addresses_of(person_id: UUID) -> list[str]:
    """Every address of mail that this person has here, the one they sign in with first. Two queries."""
    own = Person.objects.filter(pk=person_id).values_list("email", flat=True)
    more = EmailAddress.objects.filter(user_id=person_id).order_by("pk").values_list("email", flat=True)
    return list(dict.fromkeys([*own, *more]))


def names_of(person_id: UUID) -> list[str]:
    """What the person is called, or nothing while they have no name."""
    return [name for name in Person.objects.filter(pk=person_id).values_list("name", flat=True) if name]


def due_for_erasure() -> list[UUID]:
    """The people who closed their accounts and whose days are over, and those whom a restored backup brought back."""
    rows = Closure.objects.filter(erase_at__lte=clock.now()).order_by("erase_at")
    return [*rows.values_list("person_id", flat=True), *people_who_came_back()]


def people_who_came_back() -> list[UUID]:
    """Who was erased, and is here again with all that they had."""
    people = Person.objects.exclude(email__endswith=f"@{SHELL_HOST}").filter(pk__in=Erased.objects.values("pk"))
    return list(people.order_by("pk").values_list("pk", flat=True))


def erased_ids() -> list[UUID]:
    """Every account that was erased, the first one first. An id alone: nobody's name hangs on it any more."""
    return list(Erased.objects.order_by("at", "pk").values_list("pk", flat=True))


def closure_of(person: Person) -> Closure | None:
    """When this person's account will be erased, or None while they stay."""
    return Closure.objects.filter(person=person).first()


def export_of(person: Person) -> Export | None:
    """The newest, being made or ready; what expired is not there."""
    rows = Export.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), person=person)
    return rows.order_by("-asked_at").first()


def availability_of(person: Person) -> Availability:
    """Windows, working days, quiet hours and absences not over yet. Three queries."""
    rhythm = Rhythm.objects.filter(person=person).first()
    today = clock.today_in(person.zone)
    return Availability(
        zone=person.zone,
        windows=windows_of(person),
        working_days=frozenset(rhythm.working_days) if rhythm else USUAL_DAYS,
        quiet_hours=_quiet(rhythm) if rhythm else USUAL_QUIET,
        absences=tuple(
            Absence(first, last)
            for first, last in AbsenceRow.objects.filter(person=person, last__gte=today)
            .order_by("first", "last")
            .values_list("first", "last")
        ),
    )


def windows_of(person: Person) -> tuple[Window, ...]:
    rows = WeeklyWindow.objects.filter(person=person).order_by("weekday", "starts")
    return tuple(Window(row.weekday, row.starts, row.ends) for row in rows)


def with_a_profile(ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those who have said when they can meet, and what they offer or look for. One query."""
    windows = WeeklyWindow.objects.filter(person=OuterRef("pk"))
    said = Person.objects.filter(~Q(offers="") | ~Q(looks_for=""), Exists(windows), pk__in=list(ids))
    return frozenset(said.values_list("pk", flat=True))


def absences_of(person: Person) -> list[AbsenceRow]:
    """Those not over yet, the next one first."""
    rows = AbsenceRow.objects.filter(person=person, last__gte=clock.today_in(person.zone))
    return list(rows.order_by("first", "last"))


def needs_of(person: Person) -> frozenset[Need]:
    rows = NeedRow.objects.filter(person=person, until=None).values_list("need", flat=True)
    return frozenset(Need(row) for row in rows if row in Need._value2member_map_)


def channels_of(person: Person) -> tuple[Channel, ...]:
    """The preferred channels, first one first; the usual order until somebody says otherwise."""
    row = ChannelOrder.objects.filter(person=person).order_by("-since", "-id").first()
    return known(row.channels) if row else DEFAULT_ORDER


def tokens_of(person: Person) -> list[ApiToken]:
    """Those still good for something, the newest first."""
    rows = ApiToken.objects.filter(person=person, revoked_at=None, expires_at__gt=clock.now())
    return list(rows.order_by("-made_at"))


@dataclass(frozen=True)
class Portrait:
    """All that a profile shows, in five queries."""

    person: Person
    availability: Availability
    needs: frozenset[Need]
    channels: tuple[Channel, ...]


def portrait_of(person: Person) -> Portrait:
    return Portrait(person, availability_of(person), needs_of(person), channels_of(person))


def _quiet(rhythm: Rhythm) -> QuietHours | None:
    if rhythm.quiet_from is None or rhythm.quiet_until is None:
        return None
    return QuietHours(rhythm.quiet_from, rhythm.quiet_until)


def link_to_choose_a_password(person: Person) -> str:
    """The path of a page on which this person chooses one; it works once, for PASSWORD_RESET_TIMEOUT."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})


def administrators() -> int:
    """How many may administer this installation."""
    return Person.objects.filter(is_staff=True, is_active=True).count()


def named_photos(names: Sequence[str]) -> set[str]:
    """Of these files, those that are somebody's photo. One query."""
    of = {name: PurePath(name).stem for name in names}
    theirs = set(Person.objects.filter(photo__in=of.values()).values_list("photo", flat=True))
    return {name for name, photo in of.items() if photo in theirs}


def named_exports(names: Sequence[str]) -> set[str]:
    """Of these files, those that an export still has a key for. One query."""
    of = {name: PurePath(name).stem for name in names}
    keys = [UUID(stem) for stem in of.values() if _HEX.fullmatch(stem)]
    kept = {key.hex for key in Export.objects.filter(pk__in=keys).values_list("pk", flat=True)}
    return {name for name, stem in of.items() if stem in kept}


_HEX = re.compile(r"[0-9a-f]{32}")
