"""A version in force as the values of a typeset page, and the file once it was made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from throughline.accounts.queries import people_by_id
from throughline.agreements.domain.blocks import blocks_of
from throughline.agreements.domain.canonical import canonical
from throughline.agreements.domain.draft import read_content
from throughline.agreements.models import Paper, Signature, Version
from throughline.agreements.queries.sections import sections_of, signed_when
from throughline.foundation.paper import direction_of
from throughline.foundation.rights.holdings import ExportFile, Sharing

METHODS = {
    "password": lazy("password"),
    "passkey": lazy("passkey"),
    "totp": lazy("one-time code"),
    "provider": lazy("sign-in at a provider"),
}


def paper_of(relationship_id: UUID, number: int, language: str = "") -> Paper | None:
    """The file of a version in the reader's language, if somebody has made it."""
    papers = Paper.objects.filter(
        relationship_id=relationship_id, version__number=number, language=language or translation.get_language()
    )
    return papers.select_related("version").first()


def paper_files(sharing: Sharing) -> Iterator[ExportFile]:
    """For the export of a person's data: the files of all versions that they may read."""
    for row in Paper.objects.filter(relationship_id__in=sharing.relationship_ids).select_related("version"):
        name = f"agreements/{row.relationship_id}-version-{row.version.number}-{row.language}.pdf"
        yield ExportFile(name, row.content)


def page_values_of(version: Version) -> dict[str, Any]:
    """What the typeset page shows, all of it text, in the reader's language."""
    content = read_content(version.content)
    rows = list(Signature.objects.filter(version=version).order_by("at", "id"))
    people = people_by_id({row.person_id for row in rows} | {party.person_id for party in content.parties})
    names = [people[party.person_id].called for party in content.parties if party.person_id in people]
    zones = [row.zone for row in rows]
    return {
        "language": (translation.get_language() or "en").split("-")[0],
        "title": _("Our mentoring agreement"),
        "names": names,
        "between": _("Between %(names)s") % {"names": _(" and ").join(names)},
        "standing": _("Version %(number)s, in force since %(day)s")
        % {"number": version.number, "day": _day(version, zones)},
        "sections": [
            {"title": section.title, "sentences": [_line(sentence) for sentence in section.sentences]}
            for section in sections_of(content.terms, zones)
        ],
        "prose_title": _("In our own words"),
        "prose": [_block(asdict(block)) for block in blocks_of(content.prose)],
        "signatures_title": _("Signed by"),
        "signatures": [_signature(row, people) for row in rows],
        "proof_title": _("How to check this file"),
        "proof": list(_how_to_check(version)),
        "missing_words": _(
            "%n characters that this installation's fonts cannot draw are shown as □. "
            "The attached agreement.json holds them as they were written."
        ),
        "footer": _("Fingerprint %(digest)s") % {"digest": version.digest},
        "page": _("Page"),
    }


def attachments_of(version: Version) -> dict[str, str]:
    """Exactly what was signed, and the signatures as rows. Text by name."""
    rows = Signature.objects.filter(version=version).order_by("at", "id")
    people = people_by_id(row.person_id for row in rows)
    signatures = [
        {
            **({} if row.acknowledged is None else {"acknowledged": row.acknowledged}),
            "at": row.at.astimezone(UTC).isoformat(),
            "name": people[row.person_id].called,
            "person": str(row.person_id),
            "proof": row.proof_method,
            "proved_at": row.proof_at.astimezone(UTC).isoformat(),
            "zone": row.zone,
        }
        for row in rows
    ]
    return {
        "agreement.json": version.content,
        "signatures.json": canonical({"digest": version.digest, "signatures": signatures}),
    }


def about_of(version: Version) -> Mapping[str, str]:
    """What the installation vouches for, beside the bytes."""
    assert version.in_force_at is not None
    return {
        "document": "agreement",
        "version": str(version.number),
        "fingerprint": version.digest,
        "in_force": version.in_force_at.astimezone(UTC).isoformat(),
    }


def _day(version: Version, zones: Iterable[str]) -> str:
    assert version.in_force_at is not None
    zone = next(iter(reversed(list(zones))), "UTC")  # of whoever signed last
    return formats.date_format(version.in_force_at.astimezone(ZoneInfo(zone)), "j F Y")


def _line(text: str) -> dict[str, str]:
    return {"text": text, "direction": direction_of(text)}


def _block(block: dict[str, Any]) -> dict[str, Any]:
    text = "".join(run["text"] for run in block["runs"])
    return {**json.loads(json.dumps(block)), "direction": direction_of(text)}


def _signature(row: Signature, people: Mapping[UUID, Any]) -> dict[str, str]:
    proof = _("proved by %(method)s") % {"method": METHODS.get(row.proof_method, row.proof_method)}
    if row.acknowledged is not None:
        proof = _("%(proof)s; what stays between us acknowledged clause by clause (%(number)s)") % {
            "proof": proof,
            "number": len(row.acknowledged),
        }
    return {"name": people[row.person_id].called, "when": signed_when(row.at, row.zone), "proof": proof}


def _how_to_check(version: Version) -> Iterable[str]:
    yield _(
        "The installation that made this file vouches for each of its bytes. Open the page “Check a file” there, "
        "or run “throughline verify” with its public key: a changed byte fails."
    )
    yield _("Fingerprint of the signed text (SHA-256 of the attached agreement.json): %(digest)s") % {
        "digest": version.digest
    }
    if version.previous:
        yield _("Fingerprint of version %(number)s, on which this one builds: %(digest)s") % {
            "number": version.number - 1,
            "digest": version.previous,
        }
