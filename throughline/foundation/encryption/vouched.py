"""A PDF that proves by itself that not one byte changed since the installation vouched for it.

Behind the finished PDF stands one more object, added the way the format foresees (an incremental update): a line of
JSON with the length and SHA-256 of everything before it, a few values of the file's owner, the public key, and an
Ed25519 signature over all of these. Readers of PDF ignore it. Whoever verifies builds that last piece anew and
compares, so a changed byte is found wherever it stands, in the document or in the vouching itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from throughline.foundation.encryption.signing import is_signed_by

_MARK = b"/Type/ThroughlineVouching/Length "
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)
_SIZE = re.compile(rb"/Size (\d+)")
_FORMAT = 1
_PREFIX = b"throughline file 1\n"  # what is signed here can be mistaken for nothing else that a key might sign
_TAIL = 4096


class Fault(StrEnum):
    """Why a file proves nothing."""

    NO_PDF = "no pdf"
    CUT_OFF = "cut off"
    NOT_VOUCHED = "not vouched"
    CHANGED = "changed"
    FORGED = "forged"


class FaultyFileError(ValueError):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Vouching:
    """What a file says of itself, and it holds. about: the owner's values, text by name."""

    about: tuple[tuple[str, str], ...]
    sha256: str
    public: bytes

    def __getitem__(self, name: str) -> str:
        return dict(self.about).get(name, "")


def vouch_for(body: bytes, about: Mapping[str, str], public: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    """The PDF with its last piece. The same arguments make the same bytes. Raises ValueError for what is no PDF."""
    statement: dict[str, object] = {
        "about": dict(about),
        "format": _FORMAT,
        "length": len(body),
        "public": base64.b64encode(public).decode(),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    signature = sign(_PREFIX + _line(statement))
    return _with_last_piece(body, _line({**statement, "signature": base64.b64encode(signature).decode()}))


def vouching_of(file: bytes) -> Vouching:
    """What an unchanged file says of itself; whether its key is one to trust is the caller's to know.

    Raises FaultyFileError.
    """
    if b"%PDF-" not in file[:1024]:
        raise FaultyFileError(Fault.NO_PDF)
    if b"%%EOF" not in file[-16:]:
        raise FaultyFileError(Fault.CUT_OFF)
    line = _last_line(file)
    try:
        statement = json.loads(line)
        signature = base64.b64decode(statement.pop("signature"), validate=True)
        public = base64.b64decode(statement["public"], validate=True)
        body = file[: statement["length"]]
        about = tuple(sorted((str(name), str(value)) for name, value in statement["about"].items()))
        whole = statement["format"] == _FORMAT and _with_last_piece(body, line) == file
        digest = str(statement["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FaultyFileError(Fault.CHANGED) from error
    if not whole or hashlib.sha256(body).hexdigest() != digest:
        raise FaultyFileError(Fault.CHANGED)
    if not is_signed_by(public, signature, _PREFIX + _line(statement)):
        raise FaultyFileError(Fault.FORGED)
    return Vouching(about, digest, public)


def _last_line(file: bytes) -> bytes:
    """The JSON of the last piece; it stands in the file's last few kilobytes."""
    place = file.rfind(_MARK, max(0, len(file) - _TAIL))
    if place < 0:
        raise FaultyFileError(Fault.NOT_VOUCHED)
    length, _, rest = file[place + len(_MARK) :].partition(b">>stream\n")
    if not length.isdigit() or len(length) > 5:
        raise FaultyFileError(Fault.CHANGED)
    return rest[: int(length)]


def _line(statement: Mapping[str, object]) -> bytes:
    return json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _with_last_piece(body: bytes, line: bytes) -> bytes:
    trailer = _TRAILER.search(body, max(0, len(body) - _TAIL))
    size = _SIZE.search(trailer[1]) if trailer else None
    if trailer is None or size is None:
        raise ValueError("not a PDF that ends in a trailer")
    number, glue = int(size[1]), b"" if body.endswith(b"\n") else b"\n"
    begins = len(body) + len(glue)
    piece = b"%d 0 obj\n<<%s%d>>stream\n%s\nendstream\nendobj\n" % (number, _MARK, len(line), line)
    entries = trailer[1].replace(size[0], b"/Size %d" % (number + 1), 1)
    table = b"xref\n%d 1\n%010d 00000 n\r\ntrailer\n<<%s/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        number, begins, entries, int(trailer[2]), begins + len(piece),
    )  # fmt: skip
    return body + glue + piece + table
