"""What a file is and how it may be called: by content, whatever it says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.messaging.domain.files import LONGEST_NAME, Kind, Shape, Unfit, UnfitFileError, kind_of, offered_name

PNG, PDF = b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"%PDF-1.7\n%\xe2\xe3\n"
ZIP, HTML = b"PK\x03\x04\x14" + b"\0" * 60, b"<!doctype html><html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
WEBM, M4A = (
    b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm",
    b"\0\0\0\x18ftypM4A \0\0\2\0",
)
MP4, HEIC = b"\0\0\0\x1cftypisom\0\0\2\0isomiso2mp41", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


@pytest.mark.parametrize(
    ("name", "content", "shape", "type"),
    [
        ("a.png", PNG, "picture", "image/png"),
        ("a.pdf", PNG, "picture", "image/png"),
        ("photo.jpg", PDF, "file", "application/pdf"),
        ("a.zip", ZIP, "file", "application/zip"),
        ("a.docx", ZIP, "file", "application/octet-stream"),
        ("a.html", HTML, "file", "application/octet-stream"),
        ("a.png", HTML, "file", "application/octet-stream"),
        ("a.svg", SVG, "file", "application/octet-stream"),
        ("a.txt", b"Dear all", "file", "application/octet-stream"),
        ("a.webm", WEBM, "file", "application/octet-stream"),
        ("a.mp4", MP4, "file", "video/mp4"),
        ("a.m4a", M4A, "sound", "audio/mp4"),
    ],
)
def test_content_decides(name, content, shape, type):
    found = kind_of(name, content)
    assert (found.shape, found.type) == (shape, type)


@pytest.mark.parametrize(("content", "type"), [(WEBM, "audio/webm"), (MP4, "audio/mp4"), (M4A, "audio/mp4")])
def test_what_was_recorded_here_is_sound(content, type):
    assert kind_of("note", content, is_voice=True).type == type


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("holiday.jpg", b"MZ\x90\0", Unfit.RUNS),
        ("holiday.jpg.exe", b"anything", Unfit.RUNS),
        ("Rechnung.pdf.JS", b"anything", Unfit.RUNS),
        ("run", b"#!/bin/sh\n", Unfit.RUNS),
        ("run", b"\x7fELF\x02", Unfit.RUNS),
        ("a.heic", HEIC, Unfit.PHONE_PICTURE),
        ("a.jpg", HEIC, Unfit.PHONE_PICTURE),
        ("a.txt", b"", Unfit.EMPTY),
    ],
)
def test_what_is_not_taken(name, content, why):
    with pytest.raises(UnfitFileError) as error:
        kind_of(name, content)
    assert error.value.args == (why,)


@pytest.mark.parametrize(
    ("name", "content", "offered"),
    [
        ("../../etc/passwd.pdf", PDF, "passwd.pdf"),
        ("C:\\evil\\draft.PDF", PDF, "draft.pdf"),
        ("invoice\u202efdp.html", HTML, "invoicefdp.html"),
        ("photo.jpg", PDF, "photo.jpg.pdf"),
        ("photo.gif", PNG, "photo.png"),
        ("...", PDF, "file.pdf"),
        ("Entwurf für Ada: «3»?.docx", ZIP, "Entwurf für Ada- «3»-.docx"),
        ("notes", b"Dear all", "notes"),
        ("a" * 500 + ".pdf", PDF, "a" * LONGEST_NAME + ".pdf"),
    ],
)
def test_names_as_they_are_offered(name, content, offered):
    assert offered_name(name, kind_of(name, content)) == offered


@given(st.text(max_size=300), st.sampled_from([Kind(Shape.PICTURE, "image/png", ".png"), Kind(Shape.FILE, "x", "")]))
def test_a_name_is_never_a_path_nor_hides_anything(name, kind):
    found = offered_name(name, kind)
    assert found
    assert len(found) <= 2 * LONGEST_NAME
    assert not set(found) & set("/\\\0\n\r\u202e\u2066\u200f")
    assert found.strip(".") != ""
