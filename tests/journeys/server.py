"""A real `throughline serve` for a test: its own data folder, port and clock; killed and started again at will.

with Server(folder, mailbox.url) as server:
    page.goto(server.address)
    server.move_clock(3600)
    server.kill()
    server.start()
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 120.0  # seconds on a busy machine; warm and alone it takes one
ENDS_WITHIN = 20.0
NO_COMPILED = "PYTHONDONTWRITEBYTECODE"
OURS = ("THROUGHLINE_", "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "MAIL_FROM", "HOST", "PORT", "DJANGO_", "COVERAGE_")


class Server:
    """One installation. `folder` is kept between starts and holds the data, the clock and what the server printed.

    environment: variables beside the data folder, port, mail and clock, such as {"DATABASE_URL": …}.
    """

    def __init__(self, folder: Path, email_url: str = "", environment: dict[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data, self.output, self._clock = folder / "data", folder / "output.txt", folder / "clock"
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"  # a name, not 127.0.0.1: passkeys need one
        # Compiled modules are kept, whatever the machine says: without them each start takes seconds more.
        inherited = {name: value for name, value in os.environ.items() if not name.startswith((*OURS, NO_COMPILED))}
        self.environment = {
            **inherited,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "THROUGHLINE_DATA": str(self.data),
            "THROUGHLINE_CLOCK_FILE": str(self._clock),
            "PORT": str(self.port),
            "EMAIL_URL": email_url,
            **(environment or {}),
        }
        self._clock_moved = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int:
        assert self._process, "the server does not run"
        return self._process.pid

    def children(self) -> set[int]:
        """Process ids of what the server started: its worker."""
        return {int(word) for word in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()}

    def start(self, *, ready: bool = True) -> None:
        """Start on the same port and data, and wait until /healthz answers 200 (unless `ready` is False)."""
        assert self._process is None, "the server runs already"
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "throughline.config.command", "serve"],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
        if ready:
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        assert self._process
        end = time.monotonic() + READY_WITHIN
        while not self._answers():
            code = self._process.poll()
            if code is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"The server did not get ready ({code}):\n{self.said()}")
            time.sleep(0.05)

    def stop(self) -> int:
        """End it as an operator would; killed when that takes too long. Returns its exit code."""
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.terminate()
        try:
            return process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def kill(self) -> None:
        """kill -9: nothing is written, closed or said any more."""
        if self._process:
            process, self._process = self._process, None
            process.send_signal(signal.SIGKILL)
            process.wait()

    def move_clock(self, seconds: float) -> None:
        """Move the installation's clock on by this much more (negative: back), for server and worker alike."""
        self._clock_moved += seconds
        draft = self._clock.with_suffix(".draft")
        draft.write_text(str(self._clock_moved))
        draft.rename(self._clock)

    def now(self) -> float:
        """The installation's time in seconds since 1970 UTC."""
        return time.time() + self._clock_moved

    def manage(self, *arguments: str) -> str:
        """Run `throughline manage …` on this installation. Returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "throughline.config.command", "manage", *arguments],
            cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=READY_WITHIN, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait(self, until: Callable[[], bool], timeout: float = READY_WITHIN) -> None:
        """For what no page shows, such as a process that is gone."""
        end = time.monotonic() + timeout
        while not until():
            assert time.monotonic() < end, f"It did not happen within {timeout} s:\n{self.said()}"
            time.sleep(0.05)

    def said(self) -> str:
        """What the server and its worker have printed so far, over all starts."""
        return self.output.read_text(errors="replace") if self.output.exists() else ""

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
