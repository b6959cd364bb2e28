"""Photos of people: made small, square and free of what the camera wrote into them.

Sealed under the installation's key before they are stored: a bucket may stand in somebody else's house.
"""

from __future__ import annotations

import io
import warnings
from uuid import uuid4

from PIL import Image, ImageOps, UnidentifiedImageError

from throughline.foundation.encryption.installation import key_for
from throughline.foundation.files.sealed import opening, sealing
from throughline.foundation.files.store import NoFileError, files

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 512
FOLDER = "photos"
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoError(ValueError):
    """Bytes that are no photo we take: `args[0]` is "large", "pixels" or "kind"."""


def prepared(raw: bytes) -> bytes:
    """A square WebP of at most SIDE pixels, without EXIF, from a JPEG, PNG or WebP. Raises PhotoError.

    The size is read from the header before anything is decompressed, so a small file that unfolds to
    gigabytes is refused while it is still small.
    """
    if len(raw) > MAX_BYTES:
        raise PhotoError("large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise PhotoError("pixels")
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), _square(image))
    except Image.DecompressionBombError as error:
        raise PhotoError("pixels") from error
    except PhotoError:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError) as error:
        raise PhotoError("kind") from error
    out = io.BytesIO()
    square.save(out, "WEBP", quality=84)
    return out.getvalue()


def keep(photo: bytes) -> str:
    """Store a prepared photo and return its name. Never overwrites: each photo has an address of its own."""
    name = uuid4().hex
    files().write(_sealed(name), sealing(key_for("photos"), name.encode(), [photo]))
    return name


def content(name: str) -> bytes:
    """The photo, a WebP. Raises NoFileError when there is none, FilesError when it cannot be fetched now."""
    try:
        return b"".join(opening(files(), _sealed(name), key_for("photos"), name.encode()))
    except NoFileError:
        return b"".join(files().read(_plain(name)))


def forget(name: str) -> None:
    if name:
        files().remove(_sealed(name))
        files().remove(_plain(name))


def _sealed(name: str) -> str:
    return f"{FOLDER}/{name}.sealed"


def _plain(name: str) -> str:
    """As version 0.1.0 kept them."""
    return f"{FOLDER}/{name}.webp"


def _square(image: Image.Image) -> tuple[int, int]:
    side = min(SIDE, image.width, image.height)
    return side, side
