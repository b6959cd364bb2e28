"""Writing a part field by field: what two people change at once merges, and nothing is replaced in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from throughline.agreements.access import ensure_writable
from throughline.agreements.actions.drafting import locked
from throughline.agreements.domain.fields import Merged, Typed, Typing, append, merge, same
from throughline.agreements.domain.plain import to_plain
from throughline.agreements.domain.terms import Part
from throughline.agreements.domain.upgrade import FORMAT
from throughline.agreements.models import Agreement, FieldEdit, Overtaken, TermEdit
from throughline.agreements.queries.draft import saved_of
from throughline.agreements.queries.fields import Field, Fields, fields_of, values
from throughline.foundation import clock
from throughline.foundation.live.topics import publish

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship


@dataclass(frozen=True)
class Written:
    """stamp: of the part now. part: what its fields say together, None while they do not make a whole.

    overtaken: fields in which this write replaced what somebody else had typed meanwhile.
    """

    stamp: int
    part: Part | None
    overtaken: frozenset[str]


@transaction.atomic
def write_part(
    *,
    by: Person,
    relationship: Relationship,
    typing: Typing,
    typed: Mapping[str, Typed],
    read_at: int,
    window: UUID | None = None,
) -> Written:
    """A whole form, read when the part stood at the stamp `read_at`. The same form twice is written once."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    fields = fields_of(agreement.pk, typing)
    now = values(fields.now())
    read = typing.suggested() | values(fields.at(read_at))
    read |= {name: now[name] for name in now if fields.only_by(by.pk, window, name, read_at)}
    return _write(by, agreement, fields, merge(typed, read, now, typing.rows), window)


@transaction.atomic
def write_fields(
    *,
    by: Person,
    relationship: Relationship,
    typing: Typing,
    typed: Mapping[str, tuple[Typed, int]],
    window: UUID | None = None,
) -> Written:
    """Single fields as somebody types them, each with the stamp at which the window last agreed with the server."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    fields = fields_of(agreement.pk, typing)
    now = values(fields.now())
    known = {name: value for name, value in typed.items() if typing.knows(name)}
    stood = {stamp: values(fields.at(stamp)) for stamp in {stamp for _, stamp in known.values()}}
    read = {
        name: now.get(name) if fields.only_by(by.pk, window, name, stamp) else stood[stamp].get(name)
        for name, (_, stamp) in known.items()
    }
    merged = merge({name: value for name, (value, _) in known.items()}, read, now)
    return _write(by, agreement, fields, merged, window)


@transaction.atomic
def fill_in(*, by: Person, relationship: Relationship, typing: Typing, typed: Mapping[str, Typed]) -> Written:
    """Add to a part without replacing anything: rows go behind the others, an empty field takes what is given."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    fields = fields_of(agreement.pk, typing)
    now = values(fields.now())
    given = append(typed, now, typing.rows)
    written = {name: value for name, value in given.items() if typing.knows(name) and not now.get(name)}
    return _write(by, agreement, fields, Merged(written, frozenset()), None)


Left = Mapping[str, tuple[Typed, UUID, datetime]]
"""Field → a value that did not stand, whose it is, and when they had typed it."""


@transaction.atomic
def take(
    *,
    by: Person,
    relationship: Relationship,
    typing: Typing,
    typed: Mapping[str, Typed],
    known: Sequence[Mapping[str, Typed]] = (),
    left: Left = MappingProxyType({}),
) -> Written:
    """Let the part say exactly this. What stands there in no field of `known` is kept beside it, and so is `left`."""
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    fields = fields_of(agreement.pk, typing)
    now = values(fields.now())
    wanted = {name: "" for name, value in now.items() if value} | dict(typed)
    written = {name: value for name, value in wanted.items() if typing.knows(name) and not same(value, now.get(name))}
    seen = {(_column(name), str(value)) for one in known for name, value in one.items()}
    overtaken = frozenset(name for name in written if now.get(name) and (_column(name), str(now[name])) not in seen)
    done = _write(by, agreement, fields, Merged(written, overtaken), None)
    for name, (value, by_id, at) in left.items():
        if written and typing.knows(name):
            _keep(by, agreement, typing, name, Field(value, 0, by_id, at))
    return done


@transaction.atomic
def settle(*, by: Person, relationship: Relationship, typing: Typing, overtaken_id: UUID, restore: bool) -> None:
    """Take back what was overtaken, or let it go. Settled already: nothing happens.

    What is taken back replaces what somebody else typed, so that is kept in the same way.
    """
    ensure_writable(relationship.pk)
    agreement = locked(relationship)
    row = Overtaken.objects.filter(
        pk=overtaken_id, agreement=agreement, kind=typing.kind, settled_at__isnull=True
    ).first()
    if row is None:
        return
    row.settled_by, row.settled_at, row.restored = by, clock.now(), restore
    row.save(update_fields=["settled_by", "settled_at", "restored"])
    if restore:
        fields = fields_of(agreement.pk, typing)
        stands = fields.now().get(row.field)
        replaces = stands is not None and stands.by_id != by.pk
        overtaken = frozenset([row.field] if replaces else [])
        _write(by, agreement, fields, Merged({row.field: row.value}, overtaken), None)
    else:
        _announce(agreement, typing, fields_of(agreement.pk, typing).stamp)


def _column(name: str) -> str:
    """Without a row's number: an answer may have gone to another row."""
    return name.rstrip("0123456789")


def _write(by: Person, agreement: Agreement, fields: Fields, merged: Merged, window: UUID | None) -> Written:
    typing, now = fields.typing, fields.now()
    stamp = fields.stamp + 1 if merged.written else fields.stamp
    part = typing.part_of(values(now) | dict(merged.written))
    if not merged.written:
        return Written(stamp, part, frozenset())
    for name in merged.overtaken:
        _keep(by, agreement, typing, name, now[name])
    FieldEdit.objects.bulk_create(
        FieldEdit(
            agreement=agreement,
            relationship_id=agreement.relationship_id,
            kind=typing.kind,
            field=name,
            stamp=stamp,
            by=by,
            window=window,
            value=value,
        )
        for name, value in merged.written.items()
    )
    if part is not None:
        _finish(by, agreement, fields, part, stamp)
    _announce(agreement, typing, stamp)
    return Written(stamp, part, merged.overtaken)


def _keep(by: Person, agreement: Agreement, typing: Typing, name: str, field: Field) -> None:
    """What is replaced stays beside the field; of one person only the newest."""
    row = Overtaken.objects.filter(
        agreement=agreement, kind=typing.kind, field=name, by_id=field.by_id, settled_at__isnull=True
    ).first() or Overtaken(
        agreement=agreement,
        relationship_id=agreement.relationship_id,
        kind=typing.kind,
        field=name,
        by_id=field.by_id,
    )
    row.at, row.value, row.overtaken_by, row.overtaken_at = field.at, field.value, by, clock.now()
    row.save()


def _finish(by: Person, agreement: Agreement, fields: Fields, part: Part, stamp: int) -> None:
    """The fields make a whole: it is the draft from now on."""
    kind, payload = fields.typing.kind, to_plain(part)
    newest = TermEdit.objects.filter(agreement=agreement, kind=kind).order_by("-stamp").first()
    if newest is not None and to_plain(saved_of(newest).part) == payload and fields.finished == fields.stamp:
        return
    TermEdit.objects.create(
        agreement=agreement,
        relationship_id=agreement.relationship_id,
        kind=kind,
        stamp=stamp,
        by=by,
        payload=payload,
        format=FORMAT,
        from_fields=True,
    )


def _announce(agreement: Agreement, typing: Typing, stamp: int) -> None:
    """A hint without content; whoever has the part open asks for what stands."""
    hint = {"part": typing.kind.value, "stamp": stamp}
    transaction.on_commit(partial(publish, f"agreement:{agreement.relationship_id}", hint))
