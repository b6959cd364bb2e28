"""The name of our connections to PostgreSQL, so that one can see which process on which machine it is."""

from __future__ import annotations

import os
import socket
import sys

LONGEST = 63  # bytes that PostgreSQL keeps


def called() -> str:
    """Such as "throughline serve 4711 at web-1"; its own worker is "throughline worker 4712 of 4711 at web-1"."""
    verb = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].isalpha() else "process"
    parent = f" of {os.getppid()}" if "--pipe" in sys.argv[1:] else ""
    return cut(f"throughline {verb} {os.getpid()}{parent} at {socket.gethostname()}")


def is_of(name: str, server: int) -> bool:
    """Whether a connection of that name is the server's with this process id on this machine, or its worker's."""
    host = socket.gethostname()
    if name == cut(f"throughline serve {server} at {host}"):
        return True
    words = name.split(" ", 5)
    return words[:2] == ["throughline", "worker"] and name == cut(
        f"throughline worker {words[2] if len(words) > 2 else ''} of {server} at {host}"
    )


def cut(name: str) -> str:
    return name.encode()[:LONGEST].decode(errors="ignore")
