"""Files: taken in pieces, checked by content, sealed, shown safely, and gone with their message."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, PngImagePlugin

from throughline.foundation import clock
from throughline.foundation.files import sealed
from throughline.foundation.files.store import files as store
from throughline.messaging.actions import (
    CannotKeepError,
    CannotSendError,
    delete_message,
    forget_unsent_files,
    keep_file,
    keep_piece,
    send_message,
)
from throughline.messaging.models import Enclosure
from throughline.messaging.queries import messages_before
from throughline.relationships.actions import begin_relationship
from throughline.relationships.domain.roles import Role

CAMERA, PLACE = b"CAMERA-9023", (52.0, 31.0, 12.0)


def _picture(form="JPEG", size=(640, 480)):
    made, notes = io.BytesIO(), Image.Exif()
    notes[0x010F] = CAMERA.decode()
    notes.get_ifd(0x8825).update({1: "N", 2: PLACE})
    more = {"pnginfo": PngImagePlugin.PngInfo()} if form == "PNG" else {}
    if more:
        more["pnginfo"].add_text("Comment", CAMERA.decode())
    Image.linear_gradient("L").resize(size).convert("RGB").save(made, form, exif=notes, **more)
    return made.getvalue()


def _keep(pair, by, name="draft.pdf", content=b"%PDF-1.7\n", **more):
    return keep_file(relationship=pair, by=by, name=name, content=content, **more)


def _send(pair, by, *files, text="", client_id=None):
    return send_message(
        relationship=pair, by=by, client_id=client_id or uuid4(), text=text, files=[file.pk for file in files]
    )


def _stored(pair):
    return set(store().names(f"sealed/{pair.pk.hex}"))


def _content(file, key: UUID | None = None):
    return b"".join(sealed.read(file.relationship_id, key or file.pk))


def _served(client, name, file):
    answer = client.get(reverse(f"messaging:{name}", args=[file.pk]))
    return answer, b"".join(answer)


def test_a_file_alone_is_a_message(pair, mentor):
    client_id = uuid4()
    file = _keep(pair, mentor)
    sent = _send(pair, mentor, file, client_id=client_id)
    assert _send(pair, mentor, file, client_id=client_id) == sent  # the acknowledgement was lost
    [line] = messages_before(pair.pk)
    assert [(each.name, each.shape, each.size) for each in line.files] == [("draft.pdf", "file", 9)]
    with pytest.raises(CannotSendError):
        _send(pair, mentor)


def test_nobody_sends_the_files_of_another_nor_one_twice(pair, mentor, mentee):
    file = _keep(pair, mentor)
    with pytest.raises(CannotSendError):
        _send(pair, mentee, file)
    with pytest.raises(CannotSendError):
        _send(begin_relationship(by=mentor, role=Role.MENTOR), mentor, file)
    _send(pair, mentor, file)
    with pytest.raises(CannotSendError):
        _send(pair, mentor, file)


def test_pieces_over_a_weak_line(pair, mentor):
    content, client_id = b"%PDF-1.7\n" + bytes(range(256)) * 40, uuid4()
    given = {"relationship": pair, "by": mentor, "client_id": client_id, "name": "a.pdf", "size": len(content)}

    def piece(offset, until):
        return keep_piece(**given, offset=offset, piece=content[offset:until])

    assert piece(0, 4000).received == 4000
    assert piece(0, 4000).received == 4000  # its acknowledgement was lost
    assert piece(8000, 10_000).received == 4000  # out of turn
    assert piece(4000, 10_000).received == 10_000
    whole = piece(10_000, len(content))
    assert (whole.ready_at is not None, _content(whole)) == (True, content)
    assert piece(10_000, len(content)) == whole
    assert len(_stored(pair)) == 1  # the pieces are gone


@pytest.mark.django_db(transaction=True)
def test_what_would_run_is_refused_and_nothing_of_it_stays(pair, mentor):
    with pytest.raises(CannotKeepError):
        keep_piece(relationship=pair, by=mentor, client_id=uuid4(), name="a.jpg", size=4, offset=0, piece=b"MZ\0\0")
    assert (Enclosure.objects.count(), _stored(pair)) == (0, set())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_picture_is_made_anew_without_camera_and_place(pair, mentor, form):
    raw = _picture(form) + b"<script>alert(1)</script>"
    file = _keep(pair, mentor, "holiday.jpg", raw)
    kept = _content(file)
    assert CAMERA not in kept
    assert b"<script>" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()
    small = Image.open(io.BytesIO(_content(file, file.small_id)))
    assert (small.format, small.size, bool(small.getexif())) == ("WEBP", (640, 480), False)


def test_a_picture_that_was_held_sideways_stands_upright(pair, mentor):
    made, notes = io.BytesIO(), Image.Exif()
    notes[0x0112] = 6
    Image.new("RGB", (400, 200)).save(made, "JPEG", exif=notes)
    file = _keep(pair, mentor, "a.jpg", made.getvalue())
    assert (file.about["width"], file.about["height"]) == (200, 400)


def _huge_png():
    """A header that promises 10^9 points, and a little that unfolds to gigabytes."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40_000, 25_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (_huge_png(), "50 million points"),
        (_picture()[:3000], "cannot be opened"),
        (_picture("TIFF"), "where it was taken"),
        (b"", "empty"),
        (b"%PDF" + b"x" * (25 * 1024 * 1024), "25 MB"),
    ],
)
def test_what_is_not_taken_is_said(pair, mentor, content, words):
    with pytest.raises(CannotKeepError, match=words):
        _keep(pair, mentor, "a.png", content)
    assert not Enclosure.objects.exists()


def test_an_archive_is_passed_on_unopened(pair, mentor):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../up.txt", b"\0" * 20_000_000)
    file = _keep(pair, mentor, "all.zip", made.getvalue())
    assert _content(file) == made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.txt", b"Hi"),
    ],
)
def test_what_could_run_in_a_page_is_only_saved(client, pair, mentor, mentee, name, content):
    file = _keep(pair, mentor, name, content)
    _send(pair, mentor, file)
    client.force_login(mentee)
    answer, body = _served(client, "file", file)
    assert body == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert client.get(reverse("messaging:small", args=[file.pk])).status_code == 404


def test_a_sound_is_heard_from_its_middle(client, pair, mentor):
    content = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(2000)
    file = keep_piece(
        relationship=pair, by=mentor, client_id=uuid4(), name="note.webm", size=len(content), offset=0, piece=content,
        told={"seconds": 12.4, "bars": [7, 300, -4, "x"]},
    )  # fmt: skip
    assert file.about == {"type": "audio/webm", "shape": "sound", "seconds": 12, "bars": [7, 100, 0]}
    client.force_login(mentor)
    address = reverse("messaging:file", args=[file.pk])
    for said, status, span in (
        ("bytes=10-19", 206, (10, 20)),
        ("bytes=-5", 206, (len(content) - 5, len(content))),
        ("bytes=2000-", 206, (2000, len(content))),
        ("bytes=0-1,4-5", 200, (0, len(content))),
    ):
        answer = client.get(address, headers={"range": said})
        assert (answer.status_code, b"".join(answer)) == (status, content[slice(*span)])
    assert client.get(address, headers={"range": "bytes=9999-"}).status_code == 416


def test_strangers_and_the_other_before_it_is_sent(client, pair, mentor, mentee, stranger):
    file = _keep(pair, mentor, "a.jpg", _picture())
    for person in (mentee, stranger):
        client.force_login(person)
        for name in ("file", "small"):
            assert client.get(reverse(f"messaging:{name}", args=[file.pk])).status_code == 404
        assert client.post(reverse("messaging:forget", args=[file.pk])).status_code == 404
    _send(pair, mentor, file)
    client.force_login(mentee)
    assert _served(client, "small", file)[0]["Content-Type"] == "image/webp"
    client.force_login(stranger)
    assert client.get(reverse("messaging:file", args=[file.pk])).status_code == 404
    assert client.post(reverse("messaging:take", args=[pair.pk])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_files_go_with_their_message_and_when_they_are_never_sent(pair, mentor):
    sent, never = _keep(pair, mentor, "a.jpg", _picture()), _keep(pair, mentor)
    message = _send(pair, mentor, sent, text="Look")
    assert len(_stored(pair)) == 3
    assert forget_unsent_files(never.begun_at) == 0
    assert forget_unsent_files(clock.now() + timedelta(seconds=1)) == 1
    assert len(_stored(pair)) == 2
    delete_message(message=message, by=mentor)
    assert (_stored(pair), messages_before(pair.pk)[0].files) == (set(), ())


def test_the_page_takes_pieces_and_says_why_not(client, pair, mentor):
    client.force_login(mentor)
    address = reverse("messaging:take", args=[pair.pk])
    form = {"client_id": str(uuid4()), "name": "a.pdf", "size": 9, "offset": 0, "told": "nonsense"}
    answer = client.post(address, form | {"piece": SimpleUploadedFile("p", b"%PDF-")})
    assert answer.json() == {"received": 5}
    answer = client.post(address, form | {"offset": 5, "piece": SimpleUploadedFile("p", b"1.7\n")})
    assert answer.json()["file"]["name"] == "a.pdf"
    wrong = client.post(address, form | {"client_id": str(uuid4()), "size": 0, "piece": SimpleUploadedFile("p", b"")})
    assert (wrong.status_code, wrong.json()) == (422, {"refused": "This file is empty."})
    assert client.post(address, {}).status_code == 422


def test_files_without_scripts_are_sent_once(client, pair, mentor):
    client.force_login(mentor)
    address = reverse("messaging:conversation", args=[pair.pk])
    client_id = str(uuid4())
    for _ in range(2):
        form = {"text": "", "client_id": client_id, "enclosed": [SimpleUploadedFile("a.pdf", b"%PDF-1.7")]}
        assert client.post(address, form).status_code == 302
    assert Enclosure.objects.count() == 1
    [line] = messages_before(pair.pk)
    assert [file.name for file in line.files] == ["a.pdf"]
    assert "a.pdf" in client.get(address).content.decode()
