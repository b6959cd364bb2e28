"""Whether a file is one that this installation vouched for, unchanged, in a sentence for people."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from throughline.agreements.models import SigningKey
from throughline.foundation.encryption.signing import as_pem, is_signed_by, name_of_key
from throughline.foundation.encryption.vouched import Fault, FaultyFileError, Vouching, vouching_of


@dataclass(frozen=True)
class Verdict:
    """good: the file is whole and from here. facts: titles and values that it vouches for."""

    good: bool
    sentence: str
    next: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PublicKey:
    name: str
    pem: str
    made_at: datetime
    retired_at: datetime | None


def public_keys() -> list[PublicKey]:
    """Every key that this installation has ever vouched with, the newest first."""
    rows = SigningKey.objects.order_by("-made_at", "-id")
    return [PublicKey(row.name, as_pem(bytes(row.public)), row.made_at, row.retired_at) for row in rows]


def known_keys() -> list[bytes]:
    return [bytes(public) for public in SigningKey.objects.values_list("public", flat=True)]


def verdict_on(file: bytes, keys: list[bytes], signature: bytes = b"") -> Verdict:
    """signature: of a detached signature file, when one was handed in beside."""
    try:
        found = vouching_of(file)
    except FaultyFileError as error:
        return _bad(error.fault)
    if found.public not in keys:
        return Verdict(
            False,
            _("This file is whole, but a key vouched for it that is not known here: %(key)s.")
            % {"key": name_of_key(found.public)},
            _("It was made by another installation, or by somebody who pretends to be one. Ask where it comes from, "
              "and check it with the public key of that installation."),
        )  # fmt: skip
    if signature and not is_signed_by(found.public, signature, file):
        return Verdict(
            False,
            _("The file is good, but the signature file beside it belongs to another one."),
            _("Download both once more from the version's page."),
        )
    return Verdict(True, _("This file is exactly as it was made. Not one byte was changed."), facts=_facts(found, file))


def _bad(fault: Fault) -> Verdict:
    say: Mapping[Fault, Callable[[], tuple[str, str]]] = {
        Fault.NO_PDF: lambda: (
            _("This is not a PDF."),
            _("Choose the file that was downloaded from the page of a signed version."),
        ),
        Fault.CUT_OFF: lambda: (
            _("The end of this file is missing: it was cut off on its way."),
            _("Download it once more, or ask whoever sent it to send it again."),
        ),
        Fault.NOT_VOUCHED: lambda: (
            _("Nobody vouches for this PDF: it carries no signature of an installation."),
            _("A program may have saved it anew, or it comes from elsewhere. Ask for the file as it was downloaded."),
        ),
        Fault.CHANGED: lambda: (
            _("This file was changed after it was made. Do not rely on it."),
            _("Each of you can download the unchanged file from the history of your agreement."),
        ),
        Fault.FORGED: lambda: (
            _("The signature in this file is forged: it does not belong to the key that it names. Do not rely on it."),
            _("Each of you can download the real file from the history of your agreement."),
        ),
    }
    sentence, following = say[fault]()
    return Verdict(False, sentence, following)


def _facts(found: Vouching, file: bytes) -> tuple[tuple[str, str], ...]:
    since = formats.date_format(datetime.fromisoformat(found["in_force"]), "j F Y") if found["in_force"] else ""
    facts = (
        (_("What it is"), _("A mentoring agreement, version %(number)s") % {"number": found["version"]}),
        (_("In force since"), since),
        (_("Fingerprint of the signed text"), found["fingerprint"]),
        (_("SHA-256 of the file"), hashlib.sha256(file).hexdigest()),
        (_("Key that vouches for it"), name_of_key(found.public)),
    )
    return tuple((title, value) for title, value in facts if value)
