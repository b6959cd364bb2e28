"""A PostgreSQL and a Redis that may be killed, halted and started again, and web processes that share them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from tests.journeys.server import ROOT, Server
from tests.ports import free_port
from tests.scale.people import PATIENCE, Visitor, settle
from tests.servers import (
    plain_environment,
    postgresql_programs,
    redis_answers,
    redis_program,
    run_once,
    unprivileged,
)


class Service:
    """A server program on a port and folder that it keeps over all its lives."""

    def __init__(
        self, command: list[str | Path], folder: Path, answers: Callable[[], bool], gently: signal.Signals
    ) -> None:
        self._command, self._folder, self._answers, self._gently = command, folder, answers, gently
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, env=plain_environment(self._folder), stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, start_new_session=True, **unprivileged(),
            )  # fmt: skip
        until(self._answers, lambda: (self._folder / "log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        self._end(self._gently)

    def kill(self) -> None:
        """With all its children: as if the machine had lost its power, but for what the kernel keeps."""
        for pid in self._family():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._end(signal.SIGKILL)

    def restart_when_down(self) -> None:
        """A full disk may have made it leave; then an operator starts it again."""
        if self._process is None or self._process.poll() is not None:
            self.start()
        until(self._answers, lambda: "it does not answer")

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Connections stay open and nothing answers."""
        family = self._family()
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def _family(self) -> list[int]:
        if self._process is None:
            return []
        pid = self._process.pid
        with suppress(FileNotFoundError):
            return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
        return [pid]

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.send_signal(how)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Parts:
    """Both services, running. A context manager."""

    def __init__(self, folder: Path, data: Path | None = None) -> None:
        """folder: one of tests.servers.service_folder, which who PostgreSQL runs as may enter."""
        data = data or folder / "postgresql"
        data.mkdir(exist_ok=True)
        if user := unprivileged():
            os.chown(data, user["user"], user["group"])
        self.postgresql, self.database_url = self._postgresql(folder, data)
        self.redis, self.redis_url = self._redis(folder)

    def _postgresql(self, folder: Path, data: Path) -> tuple[Service, str]:
        programs, port, place = postgresql_programs(folder), free_port(), data / "cluster"
        run_once(
            [programs / "initdb", "-D", place, "-U", "throughline", "-A", "trust", "-E", "UTF8", "--wal-segsize=1"],
            folder,
        )
        chosen = ["max_connections=100", "timezone=UTC", "max_wal_size=8MB", "min_wal_size=2MB", "wal_level=minimal",
                  "max_wal_senders=0"]  # fmt: skip
        options = [word for each in chosen for word in ("-c", each)]
        command = [programs / "postgres", "-D", place, "-p", str(port), "-h", "127.0.0.1", "-k", folder, *options]
        ask = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port), "-q"]

        def answers() -> bool:
            return subprocess.run(ask, check=False).returncode == 0

        url = f"postgres://throughline@127.0.0.1:{port}/postgres"
        return Service(command, folder, answers, signal.SIGINT), url

    def _redis(self, folder: Path) -> tuple[Service, str]:
        port = free_port()
        command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        return Service(command, folder, lambda: redis_answers(port), signal.SIGTERM), f"redis://127.0.0.1:{port}/0"

    def __enter__(self) -> Self:
        self.postgresql.start()
        self.redis.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.redis.kill()
        self.postgresql.stop()


class House:
    """Web processes of one installation. A context manager."""

    def __init__(self, folder: Path, parts: Parts, processes: int, environment: dict[str, str] | None = None) -> None:
        self.parts = parts
        shared = {"DATABASE_URL": parts.database_url, "REDIS_URL": parts.redis_url, **(environment or {})}
        self.servers = [Server(folder, "", shared) for _ in range(processes)]
        self.pair = ""

    def __enter__(self) -> Self:
        self.servers[0].start()
        self.pair = settle(self.servers[0])
        for server in self.servers[1:]:
            server.start(ready=False)
        self.all_ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers:
            server.kill()

    def all_ready(self) -> None:
        for server in self.servers:
            server.wait_until_ready()

    def wait_seconds(self, seconds: float) -> None:
        """For a failure that lasts so long by its definition."""
        threading.Event().wait(seconds)

    def program_is_told(self, words: str) -> None:
        """503 as JSON, and when to come back."""
        with Visitor(self.servers[0].address) as program:

            def told() -> bool:
                answer = program.get("/", Accept="application/json", Cookie="sessionid=" + "x" * 32)
                wanted = answer.status_code == 503 and answer.headers.get("Retry-After") == "10"
                return wanted and str(answer.json()["detail"]).startswith(words)

            until(told, self.servers[0].said)

    @contextmanager
    def worker(self) -> Iterator[None]:
        server = self.servers[0]
        command = [sys.executable, "-m", "throughline.config.command", "worker"]
        with server.output.open("ab") as said:
            child = subprocess.Popen(
                command, cwd=ROOT, env=server.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
        try:
            yield
        finally:
            child.terminate()
            assert child.wait(PATIENCE) == 0

    def wait_for_workers(self, count: int) -> None:
        with Visitor(self.servers[0].address) as olu:
            olu.sign_in("olu@example.org")
            until(lambda: f"<dt>Workers</dt><dd>{count}</dd>" in olu.get("/checkup/").text, self.servers[0].said)

    def a_mail_goes_out(self) -> None:
        """Through whichever worker is alive: sign-in mails are the server's own, so an invitation is made."""
        with Visitor(self.servers[-1].address) as mira:
            mira.sign_in("mira@example.org")
            email = f"{os.urandom(6).hex()}@example.org"
            mira.get("/relationships/invite/")
            sent = mira.post("/relationships/invite/", {"email": email, "role": "mentee", "note": ""})
            assert sent.status_code == 302, sent.text[:2000]
            outbox = self.servers[0].data / "outbox"
            until(lambda: any(email in mail.read_text() for mail in outbox.glob("*.eml")), self.servers[0].said)

    def page_says(self, *either: str) -> None:
        with Visitor(self.servers[0].address) as guest:
            until(lambda: any(words in _text_of(guest) for words in either), self.servers[0].said)

    def holds(self, talking: Any) -> None:
        """What was acknowledged is there once, everybody read all of it, and no inside of an error was shown."""
        self.all_ready()
        found = [*talking.lost(), *talking.seen_inside()]
        assert not found, "\n".join(found)


@contextmanager
def filled(disk: Path, but: int = 0) -> Iterator[None]:
    """Not a byte is left; or so many KiB."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65_536))
    with ballast.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(256))
    assert shutil.disk_usage(disk).free == 0, "the small disk is not full"
    if but:
        os.truncate(ballast, ballast.stat().st_size - but * 1024)
    try:
        yield
    finally:
        ballast.unlink()


def _text_of(guest: Visitor) -> str:
    """What somebody sees who tries to sign in: that writes, which a page alone need not."""
    try:
        return guest.sign_in("mira@example.org").text
    except httpx.HTTPError:
        return ""


def until(happened: Callable[[], bool], said: Callable[[], str]) -> None:
    end = time.monotonic() + 2 * PATIENCE
    while not happened():
        assert time.monotonic() < end, f"It did not happen:\n{said()[-4000:]}"
        time.sleep(0.05)
