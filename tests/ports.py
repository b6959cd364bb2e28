"""Ports for servers of tests, each lent to one process at a time."""

from __future__ import annotations

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

RANGE = range(20_000, 30_000)
"""Below where systems take the near ends of outgoing connections from: a browser's connection would sit on the port
of a server that is being restarted."""

_lent: list[IO[str]] = []


def free_port() -> int:
    """A loopback port that nobody listens on; no other process of tests gets it while this one lives."""
    folder = Path(tempfile.gettempdir()) / f"throughline-ports-{os.geteuid()}"
    folder.mkdir(exist_ok=True)
    for port in random.sample(RANGE, len(RANGE)):
        claim = (folder / str(port)).open("w")
        try:
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            claim.close()
            continue
        _lent.append(claim)  # open until this process ends: so long is the lock held
        return port
    raise OSError(f"No port from {RANGE.start} to {RANGE.stop} is free.")
