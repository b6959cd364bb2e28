"""Yjs states and updates as plain bytes: merging, what somebody lacks, who inserted how much.

The shared root is the XML fragment "default", as the editor binds it. Everything here decodes, so it is never
called on the path of a keystroke.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from pycrdt import Doc, XmlElement, XmlFragment, XmlText, merge_updates

from throughline.coediting.domain.scanning import scan_update, scan_vector

ROOT = "default"
EMPTY = b"\x00\x00"
"""The update that changes nothing, and the state of a document nobody has touched."""
_AT_ONCE = 64

Who = TypeVar("Who", bound=Hashable)


class NotAnUpdateError(ValueError):
    """Bytes that are no update of a document."""


def checked(update: bytes) -> bytes:
    """The update itself. Raises NotAnUpdateError for anything else."""
    try:
        scan_update(update)
        Doc().apply_update(update)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the decoder's own panics are no Exception
        raise NotAnUpdateError("not an update") from error
    return update


def sound(updates: Iterable[bytes]) -> list[bytes]:
    """Those that are updates."""
    kept = []
    for update in updates:
        with suppress(NotAnUpdateError):
            kept.append(checked(update))
    return kept


def merged(updates: list[bytes]) -> bytes:
    """A few checked updates as one. For the short list of one moment, never for a log: the cost is quadratic."""
    while len(updates) > 1:
        updates = [
            merge_updates(*updates[at : at + _AT_ONCE]) if len(updates) > at + 1 else updates[at]
            for at in range(0, len(updates), _AT_ONCE)
        ]
    return updates[0] if updates else EMPTY


def document_of(updates: Iterable[bytes]) -> Doc[Any]:
    """A document from its state and log, in order; what cannot be applied is left out."""
    doc: Doc[Any] = Doc()
    doc.get(ROOT, type=XmlFragment)
    for update in updates:
        _apply(doc, update)
    return doc


def _apply(doc: Doc[Any], update: bytes) -> None:
    try:
        doc.apply_update(update)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: S110  see checked(): one broken row must not take the others with it
        pass


def root_of(doc: Doc[Any]) -> XmlFragment:
    root: XmlFragment = doc.get(ROOT, type=XmlFragment)
    return root


@dataclass(frozen=True)
class Block:
    """A paragraph, or a heading of the second level."""

    text: str
    heading: bool = False


def element_of(block: Block) -> XmlElement:
    """As the editor would have made it."""
    if block.heading:
        return XmlElement("heading", {"level": "2"}, [XmlText(block.text)])
    return XmlElement("paragraph", {}, [XmlText(block.text)])


def lacking(doc: Doc[Any], vector: bytes) -> bytes:
    """What somebody who says this state vector lacks; everything when it says nothing sensible."""
    try:
        scan_vector(vector)
        return doc.get_update(vector)
    except ValueError:
        return doc.get_update()


def insertions(before: Iterable[bytes], log: Iterable[tuple[Who, bytes]]) -> Counter[Who]:
    """Characters that each author inserted with the updates of a log, on top of a state.

    What a later update repeats counts once, what was deleted again within its own update not at all. Text that the
    editor moves (a paragraph split in two) counts for who moved it.
    """
    doc, counts = document_of(before), Counter[Who]()
    seen = 0

    def watch(events: list[Any]) -> None:
        nonlocal seen
        seen += sum(_length(part["insert"]) for event in events for part in event.delta if "insert" in part)

    root = root_of(doc)
    subscription = root.observe_deep(watch)
    for who, update in log:
        seen = 0
        _apply(doc, update)
        if seen:
            counts[who] += seen
    root.unobserve(subscription)
    return counts


def _length(inserted: Any) -> int:
    if isinstance(inserted, str):
        return len(inserted)
    if isinstance(inserted, list):
        return sum(_length(part) for part in inserted)
    if isinstance(inserted, XmlText):
        return sum(len(text) for text, _ in inserted.diff() if isinstance(text, str))
    if isinstance(inserted, XmlElement):
        return sum(_length(child) for child in inserted.children)
    return 0
