"""Taking files: piece by piece over a weak line, or at once; checked by what is in them, sealed, and let go again.

What takes long (decoding a picture) happens outside of any transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from throughline.foundation import clock
from throughline.foundation.files import sealed
from throughline.foundation.ids import new_id
from throughline.messaging.actions.refusing import CannotSendError
from throughline.messaging.domain.files import LONGEST_NAME, Kind, Shape, Unfit, UnfitFileError, kind_of, offered_name
from throughline.messaging.domain.limits import (
    BARS,
    LARGEST_FILE,
    LARGEST_PIECE,
    LONGEST_VOICE,
    MOST_FILES,
    MOST_UNSENT,
)
from throughline.messaging.models import Enclosure, Message
from throughline.messaging.pictures import made_anew
from throughline.relationships.access import is_open

if TYPE_CHECKING:
    from throughline.accounts.models import Person
    from throughline.relationships.models import Relationship

_WHY = {
    Unfit.EMPTY: _l("This file is empty."),
    Unfit.LARGE: _l("A file holds at most 25 MB. Put a larger one where both of you can reach it, and send the link."),
    Unfit.RUNS: _l("This file would run as a program. To protect the other person, such files are not passed on."),
    Unfit.PHONE_PICTURE: _l(
        "This kind of picture can say where it was taken, and we cannot take that out. Save it as JPEG and send that."
    ),
    Unfit.BROKEN: _l("This picture cannot be opened: it may have been cut short. Choose it again."),
    Unfit.PIXELS: _l("This picture has more than 50 million points. Make it smaller and send that."),
}


class CannotKeepError(CannotSendError):
    """Why a file was not taken: a sentence."""


def keep_piece(
    *,
    relationship: Relationship,
    by: Person,
    client_id: UUID,
    name: str,
    size: int,
    offset: int,
    piece: bytes,
    told: Mapping[str, Any] | None = None,
) -> Enclosure:
    """One piece of a file, from offset on; with the last one the whole is checked and kept. Read `received` for where
    to go on: a piece that came before, or out of turn, changes nothing. told: {"seconds", "bars"} of a voice note.

    Raises CannotKeepError with a sentence; then nothing of the file is kept.
    """
    enclosure = _begun(relationship, by, client_id, name, size)
    if enclosure.ready_at or offset != enclosure.received or not piece:
        return enclosure
    if len(piece) > LARGEST_PIECE or offset + len(piece) > size:
        raise CannotKeepError(_("This piece does not fit to its file. Choose the file again."))
    sealed.keep(relationship.pk, _piece_id(enclosure, offset), [piece])
    if Enclosure.objects.filter(pk=enclosure.pk, received=offset).update(received=offset + len(piece)):
        enclosure.received = offset + len(piece)
    else:
        enclosure.refresh_from_db()
    if enclosure.received == size and not enclosure.ready_at:
        _finish(enclosure, b"".join(_pieces(enclosure)), told or {})
    return enclosure


def keep_file(
    *, relationship: Relationship, by: Person, name: str, content: bytes, client_id: UUID | None = None
) -> Enclosure:
    """A whole file, as a form or a mail brings it. Raises CannotKeepError with a sentence; then nothing is kept."""
    enclosure = _begun(relationship, by, client_id or new_id(), name, len(content))
    if not enclosure.ready_at:
        _finish(enclosure, content, {})
    return enclosure


@transaction.atomic
def forget_file(*, enclosure: Enclosure) -> None:
    """A file that was not sent after all."""
    found = Enclosure.objects.select_for_update().filter(pk=enclosure.pk, message=None)
    _let_go(found)


def forget_unsent_files(before: datetime) -> int:
    """Files that were given before an instant and that no message holds. Returns how many."""
    with transaction.atomic():
        return _let_go(Enclosure.objects.filter(message=None, begun_at__lt=before))


def forget_files_of(message: Message) -> None:
    """Inside the transaction that deletes its words."""
    _let_go(Enclosure.objects.filter(message=message))


def enclose(message: Message, files: Sequence[UUID]) -> list[Enclosure]:
    """Put files into a message that was made in this transaction, in this order. Raises CannotSendError."""
    if len(files) > MOST_FILES:
        raise CannotSendError(
            _("A message holds at most %(most)d files. Send the rest in another.") % {"most": MOST_FILES}
        )
    mine = Enclosure.objects.select_for_update().filter(
        pk__in=files, by=message.sender, relationship=message.relationship_id, message=None, ready_at__isnull=False
    )
    found = {each.pk: each for each in mine}
    if len(found) != len(set(files)):
        raise CannotSendError(_("A file of this message is not here any more. Take it out, or choose it again."))
    enclosures = [found[each] for each in dict.fromkeys(files)]
    for place, each in enumerate(enclosures):
        each.message, each.place = message, place
        each.save(update_fields=["message", "place"])
    return enclosures


@transaction.atomic
def _begun(relationship: Relationship, by: Person, client_id: UUID, name: str, size: int) -> Enclosure:
    known = Enclosure.objects.filter(by=by, client_id=client_id).first()
    if known and known.relationship_id == relationship.pk:
        return known
    if known:
        raise CannotKeepError(_("This file was given in another conversation. Choose it again."))
    if not is_open(relationship.pk):
        raise CannotKeepError(_("This relationship has ended: you can read here, and no longer write."))
    if not 0 < size <= LARGEST_FILE:
        raise CannotKeepError(str(_WHY[Unfit.LARGE if size > 0 else Unfit.EMPTY]))
    if Enclosure.objects.filter(by=by, relationship=relationship, message=None).count() >= MOST_UNSENT:
        raise CannotKeepError(_("Many files wait to be sent. Send them, or take some out, before you add more."))
    return Enclosure.objects.create(
        relationship=relationship,
        by=by,
        client_id=client_id,
        name=name[: 4 * LONGEST_NAME].replace("\x00", ""),
        size=size,
    )


def _finish(enclosure: Enclosure, content: bytes, told: Mapping[str, Any]) -> None:
    pieces = [_piece_id(enclosure, offset) for offset in _offsets(enclosure)]
    try:
        if len(content) > LARGEST_FILE:
            raise UnfitFileError(Unfit.LARGE)
        kind = kind_of(enclosure.name, content, is_voice="seconds" in told)
        _keep(enclosure, content, kind, told)
    except UnfitFileError as error:
        forget_file(enclosure=enclosure)
        raise CannotKeepError(str(_WHY[error.args[0]])) from error
    for piece in pieces:
        sealed.forget(enclosure.relationship_id, piece)


def _keep(enclosure: Enclosure, content: bytes, kind: Kind, told: Mapping[str, Any]) -> None:
    scope = enclosure.relationship_id
    about: dict[str, Any] = {}
    if kind.shape is Shape.PICTURE:
        picture = made_anew(content, kind)
        content, kind, enclosure.small_id = picture.content, picture.kind, new_id()
        sealed.keep(scope, enclosure.small_id, [picture.small])
        about = {"width": picture.width, "height": picture.height}
    elif kind.shape is Shape.SOUND:
        about = _sounding(told)
    sealed.keep(scope, enclosure.pk, [content])
    enclosure.name = offered_name(enclosure.name, kind)
    enclosure.about = {"type": kind.type, "shape": kind.shape.value, **about}
    enclosure.size = enclosure.received = len(content)
    enclosure.ready_at = clock.now()
    enclosure.save(update_fields=["name", "about", "size", "received", "small_id", "ready_at"])


def _sounding(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the recorder says of length and loudness, as far as it can be true."""
    seconds, bars = told.get("seconds"), told.get("bars")
    found: dict[str, Any] = {}
    if isinstance(seconds, int | float) and 0 < seconds <= LONGEST_VOICE.total_seconds() + 5:
        found["seconds"] = round(seconds)
    if isinstance(bars, list):
        found["bars"] = [min(100, max(0, bar)) for bar in bars[:BARS] if isinstance(bar, int)]
    return found


def _let_go(rows: QuerySet[Enclosure]) -> int:
    found = list(rows)
    for each in found:
        ids = [each.pk, *([each.small_id] if each.small_id else []), *_piece_ids(each)]
        transaction.on_commit(_forgetting(each.relationship_id, ids))
    Enclosure.objects.filter(pk__in=[each.pk for each in found]).delete()
    return len(found)


def _forgetting(scope: UUID, ids: Iterable[UUID]) -> Callable[[], None]:
    def forget() -> None:
        for each in ids:
            sealed.forget(scope, each)

    return forget


def _piece_id(enclosure: Enclosure, offset: int) -> UUID:
    return uuid5(enclosure.pk, str(offset))


def _piece_ids(enclosure: Enclosure) -> list[UUID]:
    return [] if enclosure.ready_at else [_piece_id(enclosure, offset) for offset in _offsets(enclosure)]


def _offsets(enclosure: Enclosure) -> Iterator[int]:
    """Where the pieces that came begin."""
    offset = 0
    while offset < enclosure.received:
        yield offset
        offset += sealed.size(enclosure.relationship_id, _piece_id(enclosure, offset)) or 1


def _pieces(enclosure: Enclosure) -> Iterator[bytes]:
    for offset in [*_offsets(enclosure)]:
        yield from sealed.read(enclosure.relationship_id, _piece_id(enclosure, offset))
