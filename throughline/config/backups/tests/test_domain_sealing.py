"""A sealed stream opens as it was, and not at all when anything about it was changed."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.config.backups import sealing
from throughline.config.backups.faults import BackupError, ChangedError, WrongKeyError
from throughline.config.backups.locks import FileKey, Passphrase, PublicKey, SecretKey
from throughline.config.backups.sealing import TAG, SealedReader, SealedWriter

SECRET = SecretKey.new()
LOCK = PublicKey(SECRET.public)


@pytest.fixture(autouse=True)
def small_frames(monkeypatch):
    monkeypatch.setattr(sealing, "FRAME", 64)


def sealed(plain: bytes, *locks: object) -> bytes:
    out = io.BytesIO()
    writer = SealedWriter(out, locks or [LOCK])
    for start in range(0, len(plain), 50):
        writer.write(plain[start : start + 50])
    writer.close()
    return out.getvalue()


def opened(content: bytes, key: object = SECRET) -> bytes:
    return SealedReader(io.BytesIO(content), key).readall()


def frames_of(content: bytes) -> tuple[bytes, list[bytes]]:
    start = len(sealing.MAGIC) + 4 + int.from_bytes(content[len(sealing.MAGIC) :][:4], "big")
    body, size = content[start:], sealing.FRAME + TAG
    return content[:start], [body[at : at + size] for at in range(0, len(body), size)]


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 128, 1000])
def test_it_opens_as_it_was(length):
    plain = bytes(range(256)) * 4
    assert opened(sealed(plain[:length])) == plain[:length]


@given(st.data())
def test_no_changed_byte_goes_unseen(data):
    content = bytearray(sealed(b"what was agreed" * 20))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BackupError):
        opened(bytes(content))


@pytest.mark.parametrize("left", [1, 2, 3])
def test_a_file_that_lacks_its_end_says_so(left):
    head, frames = frames_of(sealed(bytes(300)))
    with pytest.raises(ChangedError, match="its end is missing"):
        opened(head + b"".join(frames[:left]))


def test_frames_cannot_be_swapped_repeated_or_added():
    head, frames = frames_of(sealed(bytes(300)))
    for wrong in ([frames[1], frames[0], *frames[2:]], [frames[0], *frames], [*frames, frames[-1]], frames[1:]):
        with pytest.raises(ChangedError):
            opened(head + b"".join(wrong))


def test_a_head_from_another_file_does_not_fit():
    (head, _), (_, frames) = frames_of(sealed(bytes(300))), frames_of(sealed(bytes(300)))
    with pytest.raises(ChangedError):
        opened(head + b"".join(frames))


def test_a_passphrase_opens_what_it_closed_and_another_does_not():
    content = sealed(b"words", Passphrase("seven quiet herons"), LOCK)
    assert opened(content, Passphrase("seven quiet herons")) == opened(content) == b"words"
    with pytest.raises(WrongKeyError, match="opens with its passphrase or the secret key"):
        opened(content, Passphrase("eight quiet herons"))


def test_another_secret_key_does_not_open():
    with pytest.raises(WrongKeyError, match="the secret key"):
        opened(sealed(b"words"), SecretKey.new())


def test_who_writes_it_can_read_it_again_without_a_secret():
    out = io.BytesIO()
    writer = SealedWriter(out, [LOCK])
    writer.write(b"words")
    writer.close()
    assert opened(out.getvalue(), FileKey(writer.file_key)) == b"words"


@pytest.mark.parametrize(
    "text",
    ["", "throughline-public-", "throughline-public-AAAA", SECRET.text],
    ids=["empty", "mark", "short", "secret"],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(BackupError, match="no key for backups"):
        sealed(b"", PublicKey(text))


@pytest.mark.parametrize("content", [b"", b"PK\3\4", sealing.MAGIC, sealing.MAGIC + b"\xff\xff\xff\xff" + bytes(99)])
def test_what_is_no_backup_is_refused(content):
    with pytest.raises(ChangedError):
        opened(content)
