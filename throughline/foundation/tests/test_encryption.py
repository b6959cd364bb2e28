"""Seals by their properties: what opens, and everything that must not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.foundation.encryption import installation, keyring
from throughline.foundation.encryption.envelope import CannotOpenError, new_key, open_sealed, seal
from throughline.foundation.encryption.keyring import KeyDestroyedError, new_wrapped_key
from throughline.foundation.ids import new_id

KEY, OTHER = new_key(), new_key()


@given(plain=st.binary(max_size=4096), context=st.binary(max_size=200))
def test_what_was_sealed_opens(plain: bytes, context: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, plain, context), context) == plain


@given(plain=st.binary(min_size=16, max_size=400), context=st.binary(max_size=40))
def test_nothing_of_it_shines_through_and_no_two_seals_are_alike(plain: bytes, context: bytes) -> None:
    sealed = seal(KEY, plain, context)
    assert plain not in sealed
    assert sealed != seal(KEY, plain, context)


@given(plain=st.binary(max_size=200), here=st.binary(max_size=40), there=st.binary(max_size=40))
def test_it_opens_in_its_own_place_alone(plain: bytes, here: bytes, there: bytes) -> None:
    sealed = seal(KEY, plain, here)
    if here != there:
        with pytest.raises(CannotOpenError):
            open_sealed(KEY, sealed, there)
    with pytest.raises(CannotOpenError):
        open_sealed(OTHER, sealed, here)


@given(plain=st.binary(max_size=200), data=st.data())
def test_one_changed_or_missing_byte_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = seal(KEY, plain, b"here")
    at = data.draw(st.integers(0, len(sealed) - 1))
    flipped = sealed[:at] + bytes([sealed[at] ^ data.draw(st.integers(1, 255))]) + sealed[at + 1 :]
    for damaged in (flipped, sealed[:at]):
        with pytest.raises(CannotOpenError):
            open_sealed(KEY, damaged, b"here")


def test_a_wrapped_key_belongs_to_its_scope_and_its_loss_is_final() -> None:
    mine, other, ring = new_id(), new_id(), keyring._Keyring()
    kept = {mine: new_wrapped_key(mine)}
    ring.kept_by(kept.get)
    sealed = seal(ring.key_of(mine), b"words", b"here")
    kept[other] = kept[mine]  # moved to another scope: does not open
    with pytest.raises(CannotOpenError):
        ring.key_of(other)
    del kept[mine]
    assert open_sealed(ring.key_of(mine), sealed, b"here") == b"words"  # for at most a minute, in this process
    ring.forget(mine)
    with pytest.raises(KeyDestroyedError):
        ring.key_of(mine)


def test_a_process_forgets_a_destroyed_key_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    scope, ring, now = new_id(), keyring._Keyring(), [1000.0]
    kept = {scope: new_wrapped_key(scope)}
    monkeypatch.setattr(keyring.clock, "monotonic", lambda: now[0])
    ring.kept_by(kept.get)
    ring.key_of(scope)
    del kept[scope]
    now[0] += keyring.CACHE_SECONDS
    with pytest.raises(KeyDestroyedError):
        ring.key_of(scope)


def test_no_more_keys_are_kept_open_than_said(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[UUID] = []
    ring, scopes = keyring._Keyring(), [new_id() for _ in range(4)]
    kept = {scope: new_wrapped_key(scope) for scope in scopes}

    def load(scope: UUID) -> bytes:
        asked.append(scope)
        return kept[scope]

    monkeypatch.setattr(keyring, "CACHE_KEYS", 3)
    ring.kept_by(load)
    for scope in [*scopes, scopes[3], scopes[0]]:
        ring.key_of(scope)
    assert asked == [*scopes, scopes[0]]  # the oldest had to go; the newest was still there


def test_processes_that_start_together_end_with_one_secret(tmp_path: Path) -> None:
    code = (
        "from throughline.foundation.encryption.installation import secret_file;"
        "import sys; sys.stdin.read(1); print(secret_file('installation.key').hex())"
    )
    environment = {**os.environ, "THROUGHLINE_DATA": str(tmp_path)}
    several = [
        subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True, env=environment)
        for _ in range(4)
    ]
    try:
        for one in several:
            assert one.stdin is not None
            one.stdin.write("x")
            one.stdin.close()
        said = {one.stdout.read().strip() for one in several if one.stdout}
    finally:
        for one in several:
            one.wait(30)
            assert one.stdout is not None
            one.stdout.close()
    path = tmp_path / "keys" / "installation.key"
    assert said == {path.read_bytes().hex()}
    assert (len(path.read_bytes()), path.stat().st_mode & 0o777) == (32, 0o600)
    assert [file.name for file in path.parent.iterdir()] == ["installation.key"]


@pytest.mark.parametrize(
    ("value", "sentence"), [("not base64!", "not base64"), ("c2hvcnQ=", "must be 32 bytes, not 5")]
)
def test_a_key_from_the_environment_that_cannot_be_one_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str, sentence: str
) -> None:
    class Env:
        key = value

    monkeypatch.setattr(installation, "ENV", Env)
    with pytest.raises(ValueError, match=sentence):
        installation.installation_key.__wrapped__()
