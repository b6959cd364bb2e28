"""What a file is by its content, and under which name it may be offered. Bytes and words in, words out.

Archives are never opened: what is in them is none of our business and could unfold to anything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import puremagic

LOOKED_AT = 8192  # bytes from the beginning that say what a file is
LONGEST_NAME = 120  # characters


class Shape(StrEnum):
    """How a file is shown."""

    PICTURE = "picture"
    SOUND = "sound"
    FILE = "file"


class Unfit(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    LARGE = "large"
    RUNS = "runs"
    PHONE_PICTURE = "phone-picture"
    BROKEN = "broken"
    PIXELS = "pixels"


class UnfitFileError(ValueError):
    """args[0] is an Unfit."""


@dataclass(frozen=True)
class Kind:
    """shape: how it is shown. type: the media type that it is served as. ending: of its name, with the dot."""

    shape: Shape
    type: str
    ending: str


PLAIN = "application/octet-stream"
_PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
_SOUNDS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".m4a": "audio/mp4", ".webm": "audio/webm"}
_SAME = {".jfif": ".jpg", ".jpeg": ".jpg", ".oga": ".ogg", ".opus": ".ogg", ".heif": ".heic", ".tiff": ".tif"}
_KNOWN = {".pdf": "application/pdf", ".mp4": "video/mp4", ".zip": "application/zip"}
_PHONE_PICTURES = {".heic", ".tif"}
"""Pictures that say where they were taken, and that we cannot free of it."""
_RUN = frozenset(
    [
        "ade",
        "adp",
        "apk",
        "app",
        "appimage",
        "appx",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "deb",
        "desktop",
        "dll",
        "dmg",
        "exe",
        "gadget",
        "hta",
        "inf",
        "ins",
        "iso",
        "jar",
        "js",
        "jse",
        "lib",
        "lnk",
        "mde",
        "msc",
        "msi",
        "msix",
        "msp",
        "mst",
        "nsh",
        "pif",
        "pkg",
        "ps1",
        "ps1xml",
        "psc1",
        "py",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sct",
        "sh",
        "shb",
        "sys",
        "vb",
        "vbe",
        "vbs",
        "vxd",
        "wsc",
        "wsf",
        "wsh",
        "xll",
    ]
)
_RUN_HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_REFUSED = re.compile(r'[<>:"|?*\\/]')


def kind_of(name: str, content: bytes, *, is_voice: bool = False) -> Kind:
    """By content; the name only counts where content says nothing. is_voice: recorded as sound, whatever may be in it.

    Raises UnfitFileError for what would run on somebody's machine, by its content or by its name.
    """
    ending = ending_of(name)
    if not content:
        raise UnfitFileError(Unfit.EMPTY)
    if content.startswith(_RUN_HEADS) or ending.lstrip(".") in _RUN:
        raise UnfitFileError(Unfit.RUNS)
    found = _found(content, ending)
    if found in _PHONE_PICTURES:
        raise UnfitFileError(Unfit.PHONE_PICTURE)
    if found in _PICTURES:
        return Kind(Shape.PICTURE, _PICTURES[found], found)
    if is_voice and found == ".mp4":
        found = ".m4a"
    if found in _SOUNDS and (is_voice or found != ".webm"):
        return Kind(Shape.SOUND, _SOUNDS[found], found)
    return Kind(Shape.FILE, _KNOWN.get(found, PLAIN), found or ending)


def _found(content: bytes, ending: str) -> str:
    """The ending that fits the content: the name's own where several do, "" where the content says nothing."""
    try:
        guesses = puremagic.magic_string(content[:LOOKED_AT])
    except (puremagic.PureError, ValueError):
        return ""
    sure = max((guess.confidence for guess in guesses), default=0)
    endings = [_SAME.get(one := guess.extension.lower(), one) for guess in guesses if guess.confidence >= sure]
    if sure < 0.3:  # two letters that begin many texts
        return ""
    own = _SAME.get(ending, ending)
    return own if own and own in endings else next((one for one in endings if one), "")


def ending_of(name: str) -> str:
    """ ".pdf" of "Draft.PDF"; "" where there is none."""
    found = re.search(r"\.[A-Za-z0-9]{1,10}$", name)
    return found[0].lower() if found else ""


def offered_name(name: str, kind: Kind) -> str:
    """As it may be offered for saving: one name without a path, without signs that turn its end around, with the ending
    of what it is. Never empty."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = _REFUSED.sub("-", _HIDDEN.sub("", last)).strip(" .")
    ending = ending_of(plain)
    stem = plain.removesuffix(plain[-len(ending) :]) if ending else plain
    fits = _SAME.get(ending, ending) == kind.ending or (kind.shape is Shape.FILE and not kind.ending)
    own = ending if fits else f"{ending}{kind.ending}" if ending and kind.shape is Shape.FILE else kind.ending
    return f"{stem[:LONGEST_NAME].strip(' .') or 'file'}{own}"
