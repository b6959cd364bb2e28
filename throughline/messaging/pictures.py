"""Pictures that people send each other: made anew, so that nothing hides in them, free of what the camera wrote.

A picture is decoded and written again, as is its small one for the page; where it was taken, by which camera, and
whatever stood behind its end, does not come along. Animations keep their bytes (they hold no such notes) and are
shown still.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from throughline.messaging.domain.files import Kind, Shape, Unfit, UnfitFileError

MOST_POINTS = 50_000_000  # decoded, these take 150 MB
SIDE, SMALL_SIDE = 4096, 960  # pixels of the longer side: as it can be saved, and as the page shows it
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Picture:
    """content and small: encoded; width and height: of the small one, in pixels."""

    kind: Kind
    content: bytes
    small: bytes
    width: int
    height: int


def made_anew(raw: bytes, kind: Kind) -> Picture:
    """Raises UnfitFileError. The size is read before anything is decompressed; one picture at a time in a process."""
    try:
        with warnings.catch_warnings(), _one_at_a_time:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(raw), formats=FORMATS)
            if image.width * image.height > MOST_POINTS:
                raise UnfitFileError(Unfit.PIXELS)
            return _made(image, raw, kind)
    except Image.DecompressionBombError as error:
        raise UnfitFileError(Unfit.PIXELS) from error
    except UnfitFileError:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        MemoryError,
    ) as error:
        raise UnfitFileError(Unfit.BROKEN) from error


def _made(image: Image.Image, raw: bytes, kind: Kind) -> Picture:
    moves = getattr(image, "n_frames", 1) > 1
    colours = image.info.get("icc_profile")
    image.draft("RGB", (SIDE, SIDE))
    whole = ImageOps.exif_transpose(image)
    seen = whole.convert("RGBA" if whole.has_transparency_data else "RGB")
    if moves and image.format == "GIF":
        kind, content = Kind(Shape.PICTURE, "image/gif", ".gif"), raw
    else:
        kind, content = _written(seen, kind, colours)
    small = seen.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE))
    return Picture(kind, content, _encoded(small, "WEBP", colours, quality=80), small.width, small.height)


def _written(seen: Image.Image, kind: Kind, colours: bytes | None) -> tuple[Kind, bytes]:
    full = seen.copy()
    full.thumbnail((SIDE, SIDE))
    if kind.ending in (".png", ".gif"):
        return Kind(Shape.PICTURE, "image/png", ".png"), _encoded(full, "PNG", colours)
    if full.mode == "RGBA":
        return Kind(Shape.PICTURE, "image/webp", ".webp"), _encoded(full, "WEBP", colours, quality=90)
    return Kind(Shape.PICTURE, "image/jpeg", ".jpg"), _encoded(full, "JPEG", colours, quality=90)


def _encoded(image: Image.Image, form: str, colours: bytes | None, **more: int) -> bytes:
    out = io.BytesIO()
    image.save(out, form, icc_profile=colours, **more)
    return out.getvalue()
