"""A real coturn for a test, over UDP, TCP and TLS.

with Relay(folder, HERE) as relay:
    server.environment |= relay.environment
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.ports import free_port

SECRET = "a secret of tests"
READY_WITHIN = 60.0


class Relay:
    def __init__(self, folder: Path, address: str, tls_port: int | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._address = folder, address
        self.port, self.tls_port = free_port(), tls_port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        ways = f"turn:{self._address}:{self.port}, turns:{self._address}:{self.tls_port}"
        return {"TURN_URL": ways, "TURN_SECRET": SECRET}

    def said(self) -> str:
        return (self._folder / "output.txt").read_text(errors="replace")

    def __enter__(self) -> Self:
        key, certificate = self._folder / "key.pem", self._folder / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=relay",
             "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True,
        )  # fmt: skip
        program = shutil.which("turnserver")
        assert program
        with (self._folder / "output.txt").open("ab") as output:
            self._process = subprocess.Popen(
                [program, "-n", "--no-cli", "--use-auth-secret", f"--static-auth-secret={SECRET}", "--realm=test",
                 f"--listening-ip={self._address}", f"--relay-ip={self._address}", f"--listening-port={self.port}",
                 f"--tls-listening-port={self.tls_port}", f"--cert={certificate}", f"--pkey={key}",
                 "--log-file=stdout", "--verbose", f"--pidfile={self._folder / 'pid'}", "--allow-loopback-peers"],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        end = time.monotonic() + READY_WITHIN
        while not self._answers():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            return probe.connect_ex((self._address, self.tls_port)) == 0
