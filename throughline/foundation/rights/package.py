"""The ZIP of everything that a person may read, made as a stream: nothing of it lies anywhere in plain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from throughline.foundation.environment import ENV
from throughline.foundation.rights.holdings import Holding, Sharing, holdings, sharing_of
from throughline.foundation.rights.rows import model_of, plain_rows

FORMAT = 1
"""Counts up when a program that reads the old one would misread the new one."""


@dataclass(frozen=True)
class Whose:
    """Whose export it is, as the manifest says it."""

    id: UUID
    called: str
    email: str


@dataclass
class _Pipe:
    """What a ZIP is written to: it keeps the bytes until they are taken."""

    waiting: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes) -> int:
        self.waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing to do: what was written is here."""

    def taken(self) -> bytes:
        found = bytes(self.waiting)
        self.waiting.clear()
        return found


@dataclass
class _Contents:
    """What the manifest says of each file, and the people whose ids were written."""

    files: list[dict[str, Any]] = field(default_factory=list)
    people: set[str] = field(default_factory=set)


def packed(whose: Whose, *, at: datetime) -> Iterator[bytes]:
    """The bytes of the ZIP, in pieces."""
    pipe, contents, sharing = _Pipe(), _Contents(), sharing_of(whose.id)
    with ZipFile(pipe, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # it needs write and flush alone

        def put(path: str, chunks: Iterable[bytes], **said: Any) -> Iterator[bytes]:
            digest, size = hashlib.sha256(), 0
            with archive.open(_member(path, at), "w", force_zip64=True) as member:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    member.write(chunk)
                    yield pipe.taken()
            contents.files.append({"path": path, "bytes": size, "sha256": digest.hexdigest(), **said})

        for holding in holdings():
            counted = _Counted(_rows(holding, sharing, contents))
            path = f"data/{holding.model}.json"
            yield from put(path, _json_of(holding, counted), kind=holding.model)
            contents.files[-1]["rows"] = counted.number
            for each in holding.files(sharing) if holding.files else ():
                yield from put(each.path, [each.content], kind=holding.model)
        yield from put("people.json", [_json(_names_of(contents.people))])
        yield from put("README.md", [_read_me(whose, at).encode()])
        manifest = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "site": ENV.base_url,
            "person": {"id": str(whose.id), "called": whose.called, "email": whose.email},
            "relationships": [str(each) for each in sharing.relationship_ids],
            "files": contents.files,
        }
        with archive.open(_member("manifest.json", at), "w") as member:
            member.write(_json(manifest))
    yield pipe.taken()


@dataclass
class _Counted:
    rows: Iterable[dict[str, Any]]
    number: int = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.number += 1
            yield row


def _rows(holding: Holding, sharing: Sharing, contents: _Contents) -> Iterator[dict[str, Any]]:
    person = apps.get_model(settings.AUTH_USER_MODEL)
    pointing = [each.name for each in model_of(holding)._meta.concrete_fields if each.related_model is person]
    for row in plain_rows(holding, sharing):
        contents.people.update(row[name] for name in pointing if row.get(name))
        yield row


def _json_of(holding: Holding, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One object, written row by row."""
    head = {
        "kind": holding.model,
        "title": str(holding.title),
        "why": str(holding.why),
        "erasure": holding.erasure.value,
    }
    yield _json(head)[:-3] + b',\n  "rows": ['
    for number, row in enumerate(rows):
        yield (b",\n    " if number else b"\n    ") + json.dumps(row, ensure_ascii=False).encode()
    yield b"\n  ]\n}\n"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _names_of(ids: set[str]) -> list[dict[str, str]]:
    people = apps.get_model(settings.AUTH_USER_MODEL)._default_manager.filter(pk__in=ids).order_by("pk")
    return [{"id": str(person.pk), "called": str(person)} for person in people]


def _member(path: str, at: datetime) -> ZipInfo:
    member = ZipInfo(path, at.timetuple()[:6])
    member.compress_type, member.external_attr = ZIP_DEFLATED, 0o600 << 16
    return member


def _read_me(whose: Whose, at: datetime) -> str:
    return _(
        "# What Throughline holds for %(name)s\n\n"
        "Made on %(day)s at %(site)s. It holds what is yours, and what your relationships share with you. Nobody "
        "else's private answers are in it, and no passwords.\n\n"
        "- `messages/`, `agreements/`, `documents/`: to read, a file or a folder for each relationship.\n"
        "- `calendar/meetings.ics`: your meetings, for any calendar.\n"
        "- `photo.webp`: your photo, if you show one.\n"
        "- `data/`: everything, one JSON file for each kind of thing, with why it is held and what becomes of it when "
        "your account goes.\n"
        "- `people.json`: the names behind the ids of people.\n"
        "- `manifest.json`: every file with its size, its number of rows and its SHA-256.\n\n"
        'Ids are UUIDs, instants ISO 8601 in UTC, days YYYY-MM-DD, bytes {"base64": …}. Keep it private: other '
        "people's words are in it too.\n"
    ) % {"name": whose.called, "day": f"{at:%Y-%m-%d}", "site": ENV.base_url}
