"""Networks for browsers that a test can spoil: a namespace for each person, and one small router between them all.

    with Weather(["mira", "tomas"]) as weather:
        browser = playwright.chromium.launch(executable_path=weather.chromium("mira"), …)
        weather.set("mira", kbit=100, delay=0.15, loss=0.05, only_tcp=True)
        weather.move("mira")      # another address, as from one wireless network to another

Packets pass through this process (a TUN device in each namespace), so the kernel needs no shaping of its own. This
machine is HERE in that network. Root alone may make namespaces: `missing()` says what is not there.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import heapq
import os
import random
import select
import shutil
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

HERE = "10.77.0.1"
WAITING = 0.6  # seconds of packets that wait for a narrow line; more are dropped, as routers do
TUNSETIFF, TUN, NO_INFO, NEW_NET = 0x400454CA, 0x0001, 0x1000, 0x40000000
TCP, UDP = 6, 17


def missing() -> str:
    """What this machine lacks, in words; "" when all is there."""
    if os.geteuid() != 0:
        return "only root may make network namespaces"
    lacking = [name for name in ("ip", "turnserver", "openssl", "chromium") if shutil.which(name) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    return "" if Path("/dev/net/tun").exists() else "there is no /dev/net/tun"


@dataclass
class Line:
    """One person's line, the same up and down. kbit: 0 for as fast as it goes. ports: the only ones, if any."""

    tun: int
    name: str
    subnet: int
    kbit: float = 0
    delay: float = 0
    loss: float = 0
    up: bool = True
    only_tcp: bool = False
    ports: tuple[int, ...] = ()
    address: int = 2
    free_at: list[float] = field(default_factory=lambda: [0.0, 0.0])


class Weather:
    def __init__(self, people: list[str]) -> None:
        self._mark = f"tl{os.getpid() % 10_000}"
        self._people = people
        self._lines: dict[int, Line] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._route, name="weather", daemon=True)
        self._scripts: list[Path] = []
        self._random = random.Random(7)
        self.passed: dict[str, int] = {}
        """Bytes that came from each person."""

    def __enter__(self) -> Self:
        self._lines[0] = Line(_tun(None, f"{self._mark}r"), "here", 0)
        _ip("addr", "add", f"{HERE}/16", "dev", f"{self._mark}r")
        _ip("link", "set", f"{self._mark}r", "up")
        for number, name in enumerate(self._people, 1):
            space = self._space(name)
            _ip("netns", "add", space)
            self._lines[number] = Line(_tun(space, "home0"), name, number)
            inside = ("-n", space)
            _ip(*inside, "link", "set", "lo", "up")
            _ip(*inside, "addr", "add", f"10.77.{number}.2/24", "dev", "home0")
            _ip(*inside, "link", "set", "home0", "up")
            _ip(*inside, "route", "add", "default", "dev", "home0")
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        for line in self._lines.values():
            os.close(line.tun)
        for name in self._people:
            with contextlib.suppress(subprocess.CalledProcessError):
                _ip("netns", "del", self._space(name))
        for script in self._scripts:
            script.unlink(missing_ok=True)

    def chromium(self, name: str, folder: Path) -> str:
        """A program that is this person's browser, in this person's network."""
        script = folder / f"chromium-{name}"
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self._space(name)} {shutil.which("chromium")} "$@"\n')
        script.chmod(0o755)
        self._scripts.append(script)
        return str(script)

    def set(self, name: str, **changes: object) -> None:
        line = self._of(name)
        for attribute, value in changes.items():
            setattr(line, attribute, value)

    def move(self, name: str) -> None:
        """Another address; the old one is gone."""
        line, inside = self._of(name), ("-n", self._space(name))
        before, line.address = line.address, line.address + 1
        _ip(*inside, "addr", "del", f"10.77.{line.subnet}.{before}/24", "dev", "home0")
        _ip(*inside, "addr", "add", f"10.77.{line.subnet}.{line.address}/24", "dev", "home0")
        _ip(*inside, "route", "replace", "default", "dev", "home0")

    def _of(self, name: str) -> Line:
        return next(line for line in self._lines.values() if line.name == name)

    def _space(self, name: str) -> str:
        return f"{self._mark}-{name}"

    def _route(self) -> None:
        late: list[tuple[float, int, int, bytes]] = []
        by_tun = {line.tun: line for line in self._lines.values()}
        number = 0
        while not self._stop.is_set():
            wait = max(0.0, min(0.05, late[0][0] - time.monotonic())) if late else 0.05
            ready, _, _ = select.select(list(by_tun), [], [], wait)
            for tun in ready:
                packet = os.read(tun, 65_535)
                source = by_tun[tun]
                target = self._lines.get(packet[18]) if len(packet) >= 20 and packet[0] >> 4 == 4 else None
                self.passed[source.name] = self.passed.get(source.name, 0) + len(packet)
                due = self._due(packet, source, target)
                if target and due is not None:
                    number += 1
                    heapq.heappush(late, (due, number, target.tun, packet))
            while late and late[0][0] <= time.monotonic():
                _, _, tun, packet = heapq.heappop(late)
                with contextlib.suppress(OSError):
                    os.write(tun, packet)

    def _due(self, packet: bytes, source: Line, target: Line | None) -> float | None:
        """When it arrives; None when it never does."""
        due = time.monotonic()
        for line, way in ((source, 0), (target, 1)):
            if line is None or not line.up or not _allowed(packet, line) or self._random.random() < line.loss:
                return None
            if line.kbit:
                begins = max(due, line.free_at[way])
                if begins - due > WAITING:
                    return None
                due = line.free_at[way] = begins + len(packet) * 8 / (line.kbit * 1_000)
            due += line.delay
        return due


def _allowed(packet: bytes, line: Line) -> bool:
    protocol = packet[9]
    if line.only_tcp and protocol == UDP:
        return False
    if line.ports and protocol in (TCP, UDP):
        head = (packet[0] & 15) * 4
        return protocol == TCP and any(port in line.ports for port in struct.unpack_from("!HH", packet, head))
    return True


def _tun(space: str | None, name: str) -> int:
    """A device in that namespace, held by this process: threads have a namespace of their own."""
    made: list[int] = []

    def make() -> None:
        if space:
            with open(f"/run/netns/{space}") as there:
                if ctypes.CDLL(None, use_errno=True).setns(there.fileno(), NEW_NET):
                    raise OSError(ctypes.get_errno(), "setns")
        tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", name.encode(), TUN | NO_INFO))
        made.append(tun)

    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
    return made[0]


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
