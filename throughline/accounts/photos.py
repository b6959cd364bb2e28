"""Photos of people: made small, square and free of what the camera wrote into them; kept in the data folder."""

from __future__ import annotations

import io
import os
import warnings
from pathlib import Path
from uuid import uuid4

from PIL import Image, ImageOps, UnidentifiedImageError

from throughline.foundation.environment import ENV

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIDE = 512
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
    """Write a prepared photo and return its name. Never overwrites: each photo has an address of its own."""
    name = uuid4().hex
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        file.write(photo)
        file.flush()
        os.fsync(file.fileno())
    return name


def forget(name: str) -> None:
    if name:
        path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    return ENV.data / "files" / "photos" / f"{name}.webp"


def _square(image: Image.Image) -> tuple[int, int]:
    side = min(SIDE, image.width, image.height)
    return side, side
