"""One contract for every place that files may lie in: a folder, and a bucket of a real S3 server."""

from __future__ import annotations

import errno
import io
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.journeys.databases import Blank
from tests.journeys.server import Server
from tests.scale.people import Links, Visitor, settle
from tests.scale.small import small_disk
from tests.servers import s3
from throughline.foundation.encryption.envelope import new_key
from throughline.foundation.files.sealed import FRAME, opening, sealing
from throughline.foundation.files.store import FilesError, NoFileError, Store, store_at


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with s3() as address:
        yield address


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return store_at((tmp_path / "with space").as_uri())
    address: str = request.getfixturevalue("bucket")
    path, _, query = address.partition("?")
    return store_at(f"{path}/{secrets.token_hex(4)}?{query}")


def whole(store: Store, name: str, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join(store.read(name, start, stop))


def test_what_was_written_is_read_in_whole_and_in_part(store: Store) -> None:
    assert store.write("photos/a.webp", [b"one ", b"", b"two"]) == 7
    assert store.size("photos/a.webp") == 7
    assert whole(store, "photos/a.webp") == b"one two"
    ranges = [(0, 3), (4, 7), (4, 99), (7, 9), (9, 12), (3, 3)]
    found = [whole(store, "photos/a.webp", *asked) for asked in ranges]
    assert found == [b"one", b"two", b"two", b"", b"", b""]


def test_writing_again_replaces(store: Store) -> None:
    for content in (b"first", b"second one"):
        store.write("name", [content])
    assert (whole(store, "name"), [*store.names()]) == (b"second one", ["name"])


def test_an_empty_file_is_a_file(store: Store) -> None:
    assert (store.write("empty", []), store.size("empty"), whole(store, "empty")) == (0, 0, b"")


def test_what_is_not_there_is_said_at_once(store: Store) -> None:
    for ask in (store.size, store.read):
        with pytest.raises(NoFileError):
            ask("nothing/here")
    store.remove("nothing/here")


def test_names_below_a_folder_and_all(store: Store) -> None:
    for name in ("photos/a", "photos/b", "photosets/c", "sealed/1/2"):
        store.write(name, [b"x"])
    store.remove("photos/b")
    assert sorted(store.names("photos")) == ["photos/a"]
    assert sorted(store.names()) == ["photos/a", "photosets/c", "sealed/1/2"]
    assert [*store.names("nothing")] == []


def test_what_is_older_than_an_instant(store: Store) -> None:
    for name in ("photos/a", "photos/b", "sealed/1/2"):
        store.write(name, [b"x"])
    now = datetime.now(UTC)
    assert sorted(store.older(now + timedelta(hours=1), "photos")) == ["photos/a", "photos/b"]
    assert len([*store.older(now + timedelta(hours=1))]) == 3
    assert [*store.older(now - timedelta(hours=1))] == []
    assert [*store.older(now, "nothing")] == []


def test_what_breaks_off_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(9 * 1024 * 1024)  # more than one part of a large file
        raise ZeroDivisionError

    store.write("kept", [b"before"])
    for name in ("kept", "new"):
        with pytest.raises(ZeroDivisionError):
            store.write(name, broken())
    assert (whole(store, "kept"), [*store.names()]) == (b"before", ["kept"])


def test_a_large_sealed_file_in_ranges(store: Store) -> None:
    key, content = new_key(), secrets.token_bytes(1024) * 1024 * 17
    store.write("large", sealing(key, b"", (content[i : i + 65_536] for i in range(0, len(content), 65_536))))
    middle = 9 * FRAME
    for start, stop in [(0, 10), (middle - 5, middle + 5), (len(content) - 7, len(content)), (0, len(content))]:
        assert b"".join(opening(store, "large", key, b"", start, stop)) == content[start:stop]


def test_a_store_that_is_away_is_said_without_secrets(bucket: str) -> None:
    from tests.ports import free_port

    begun = time.monotonic()
    away = store_at(f"s3://key:very-secret@127.0.0.1:{free_port()}/bucket?tls=0")
    with pytest.raises(FilesError) as error:
        away.write("photos/a", [b"x"])
    assert "very-secret" not in str(error.value) + str(error.value.__cause__)
    assert "photos" not in str(error.value)
    refused = store_at(bucket.replace("secret-of-tests", "another"))
    with pytest.raises(FilesError):
        refused.size("photos/a")
    assert time.monotonic() - begun < 120


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=4) as folder:
        store = store_at((folder / "files").as_uri())
        store.write("kept", [b"before"])
        with pytest.raises(FilesError, match="The folder for files has no room left") as error:
            store.write("too-large", [bytes(8 * 1024 * 1024)])
        assert isinstance(error.value.__cause__, OSError)
        assert error.value.__cause__.errno == errno.ENOSPC
        assert [*store.names()] == ["kept"]
        assert os.listdir(folder / "files") == ["kept"]


@pytest.mark.deep
def test_an_installation_keeps_its_photos_in_s3(tmp_path: Path, bucket: str, blank: Blank) -> None:
    server = Server(tmp_path / "server", "", {"FILES_URL": bucket})
    blank.lend_to(server)
    settle(server)
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(picture, "JPEG")
    with server, Visitor(server.address) as mira:
        mira.sign_in("mira@example.org")
        profile = mira.get("/account/profile/")
        change = next(link for link in Links(profile.text).found if "photo" in link)
        assert mira.post(change, {}, files={"photo": ("me.jpg", picture.getvalue())}).status_code == 302
        shown = next(
            link for link in Links(mira.get("/account/profile/").text).found if "photo" in link and "?" in link
        )
        photo = mira.get(shown)
        assert (photo.headers["Content-Type"], photo.content[:4]) == ("image/webp", b"RIFF")
        (name,) = store_at(bucket).names("photos")
        assert photo.content[:64] not in whole(store_at(bucket), name)
        assert not (server.data / "files" / "photos").exists()
        page = checked(server)
    assert "Files cannot be kept" not in page


def checked(server: Server) -> str:
    """What `throughline check` says."""
    command = [sys.executable, "-m", "throughline.config.command", "check"]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout
