"""Sealed files by their properties: every range reads as it was written, and nothing that was touched opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.foundation.encryption.envelope import CannotOpenError, new_key
from throughline.foundation.files import sealed
from throughline.foundation.files.folder import Folder
from throughline.foundation.files.sealed import FRAME, opening, plain_size, sealing
from throughline.foundation.files.store import checked, store_at

KEY, MEANING = new_key(), b"which file this is"
SIZES = [0, 1, 15, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 7]
LETTERS = bytes(range(256)) * (FRAME // 128)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Files of every awkward size under the name of that size."""
    folder = Folder(tmp_path_factory.mktemp("files"))
    for size in SIZES:
        folder.write(str(size), sealing(KEY, MEANING, [(LETTERS * 2)[:size]]))
    return folder


@given(data=st.data())
def test_every_range_reads_as_it_was_written(kept: Folder, data: st.DataObject) -> None:
    size = data.draw(st.sampled_from(SIZES))
    near = st.one_of(st.integers(0, size + 3), st.sampled_from([FRAME - 1, FRAME, FRAME + 1, 2 * FRAME]))
    start, stop = data.draw(near), data.draw(st.none() | near)
    found = b"".join(opening(kept, str(size), KEY, MEANING, start, stop))
    assert found == (LETTERS * 2)[:size][start : size if stop is None else max(start, stop)]


@pytest.mark.parametrize("size", SIZES)
def test_the_plain_size_follows_from_the_stored_one(kept: Folder, size: int) -> None:
    assert plain_size(kept.size(str(size))) == size


def test_small_pieces_become_the_same_frames() -> None:
    whole = [*sealing(KEY, MEANING, [LETTERS[: FRAME + 9]])]
    pieces = [*sealing(KEY, MEANING, (LETTERS[i : i + 4999] for i in range(0, FRAME + 9, 4999)))]
    assert [len(piece) for piece in pieces] != []
    assert sum(map(len, pieces)) - len(whole[0]) >= FRAME + 9


def _touched() -> Iterator[tuple[str, bytes]]:
    stored = b"".join(sealing(KEY, MEANING, [LETTERS[: 2 * FRAME - 5]]))
    frame = FRAME + 16
    first, second = stored[36 : 36 + frame], stored[36 + frame :]
    yield "a bit of the content", stored[:100] + bytes([stored[100] ^ 1]) + stored[101:]
    yield "a bit of the salt", stored[:9] + bytes([stored[9] ^ 1]) + stored[10:]
    yield "the last frame cut off", stored[: 36 + frame]
    yield "the end cut off", stored[:-1]
    yield "frames swapped", stored[:36] + second + first
    yield "a frame twice", stored[:36] + first + first
    yield "nothing but the head", stored[:36]
    yield "empty", b""
    yield "another format", b"TLF9" + stored[4:]


@pytest.mark.parametrize(("what", "stored"), [pytest.param(*case, id=case[0]) for case in _touched()])
def test_what_was_touched_does_not_open(tmp_path: Path, what: str, stored: bytes) -> None:
    folder = Folder(tmp_path)
    folder.write("file", [stored])
    with pytest.raises(CannotOpenError):
        b"".join(opening(folder, "file", KEY, MEANING))


def test_it_opens_as_itself_alone(kept: Folder) -> None:
    for key, meaning in [(new_key(), MEANING), (KEY, b"another file")]:
        with pytest.raises(CannotOpenError):
            b"".join(opening(kept, "15", key, meaning))


@pytest.mark.parametrize(
    "name", ["", "/", "../keys/installation.key", "a/../b", "a//b", ".hidden", "a/.b", "A", "a\n", "ä"]
)
def test_no_name_leads_out_of_the_place(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError):
        checked(name)
    with pytest.raises(ValueError):
        Folder(tmp_path).write(name, [b""])


@pytest.mark.parametrize(
    "url",
    [
        "s3://host",
        "s3://key@host/bucket",
        "s3://k:s@host:port/bucket",
        "s3://k:s@h/b?regio=x",
        "ftp://h/b",
        "file:///",
        "x",
    ],
)
def test_an_address_that_cannot_be_meant_is_said(url: str) -> None:
    with pytest.raises(ValueError, match="FILES_URL must look like"):
        store_at(url)


def test_where_it_lies_is_said_without_the_secret() -> None:
    store = store_at("s3://key:sec%2Fret@files.example.org:9000/throughline/below?region=eu-central-1&tls=0")
    assert store.where == "files.example.org:9000/throughline/below"


def test_what_a_relationship_keeps_lies_together() -> None:
    from uuid import UUID

    assert sealed.name_of(UUID(int=1), UUID(int=2)) == f"sealed/{1:032x}/{2:032x}"
