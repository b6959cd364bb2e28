"""Files of a conversation: taken piece by piece, and handed out so that nothing in them can run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from throughline.accounts.access import PersonRequest
from throughline.foundation.files import sealed
from throughline.foundation.files.store import NoFileError
from throughline.messaging.access import conversation_for, file_for
from throughline.messaging.actions import CannotKeepError, forget_file, keep_piece
from throughline.messaging.domain.files import Shape
from throughline.messaging.forms import PieceForm
from throughline.messaging.models import Enclosure
from throughline.messaging.queries import shown

APART = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'"
"""What a browser may do with a file that it opens by itself: nothing."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@login_required
@require_POST
def take(request: PersonRequest, relationship_id: UUID) -> HttpResponse:
    """One piece. Answers {"received": bytes} until the file is whole, then {"file"} as well; or {"refused"}, 422."""
    relationship = conversation_for(request.user, relationship_id)
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"refused": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        kept = keep_piece(relationship=relationship, by=request.user, **form.cleaned_data)
    except CannotKeepError as error:
        return JsonResponse({"refused": str(error)}, status=422)
    answer: dict[str, Any] = {"received": kept.received}
    if kept.ready_at:
        [file] = shown([kept])
        answer["file"] = file.as_json()
    return JsonResponse(answer)


@login_required
@require_safe
def file(request: PersonRequest, file_id: UUID) -> HttpResponseBase:
    """For saving, or for listening to; in ranges, as players want it."""
    found = file_for(request.user, file_id)
    about = found.about
    playable = about["shape"] != Shape.FILE
    answer = _handed_out(
        request, found, found.pk, _size(found, found.pk), about["type"] if playable else "application/octet-stream"
    )
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return answer


@login_required
@require_safe
def small(request: PersonRequest, file_id: UUID) -> HttpResponseBase:
    """The picture as the page shows it: one that we made."""
    found = file_for(request.user, file_id)
    if found.small_id is None:
        raise Http404
    return _handed_out(request, found, found.small_id, _size(found, found.small_id), "image/webp")


@login_required
@require_POST
def forget(request: PersonRequest, file_id: UUID) -> HttpResponse:
    """A file that is not sent after all."""
    found = file_for(request.user, file_id)
    if found.by_id != request.user.pk:
        raise Http404
    forget_file(enclosure=found)
    return HttpResponse(status=204)


def _handed_out(request: HttpRequest, found: Enclosure, file_id: UUID, size: int, kind: str) -> HttpResponseBase:
    start, stop = _asked(request.headers.get("Range", ""), size)
    if start >= stop:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    partial = stop - start < size
    answer = StreamingHttpResponse(
        _plain(found, file_id, start, stop), status=206 if partial else 200, content_type=kind
    )
    if partial:
        answer["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    answer["Content-Length"] = str(stop - start)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Security-Policy"] = APART
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _size(found: Enclosure, file_id: UUID) -> int:
    try:
        return sealed.size(found.relationship_id, file_id)
    except NoFileError:
        raise Http404 from None


def _plain(found: Enclosure, file_id: UUID, start: int, stop: int) -> Iterator[bytes]:
    """Opened when the first byte is asked for: an answer that nobody reads leaves nothing open."""
    yield from sealed.read(found.relationship_id, file_id, start, stop)


def _asked(said: str, size: int) -> tuple[int, int]:
    """The first byte and the one after the last: of one range; several, or nonsense, mean the whole."""
    match = _RANGE.fullmatch(said)
    if not match or match[1] == match[2] == "":
        return 0, size
    if not match[1]:
        return max(0, size - int(match[2])), size
    return int(match[1]), min(size, int(match[2]) + 1) if match[2] else size
