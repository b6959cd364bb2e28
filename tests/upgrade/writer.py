"""Somebody who writes all the time, and knows what was acknowledged: load for a drill.

with Writer(server.address, "kiran@example.org", "look-around") as writer:
    writer.acknowledged      # how many messages the server has taken so far
"""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from threading import Condition, Event, Thread
from types import TracebackType
from typing import Self
from uuid import uuid4

PATIENCE = 300.0


class Writer:
    """A thread that signs in and sends "load 1", "load 2" … to one conversation, each until it is taken."""

    def __init__(self, address: str, email: str, password: str, path: str) -> None:
        self.acknowledged = 0
        self._address, self._path = address, path
        self._given = {"login": email, "password": password}
        self._cookies = CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._cookies)).open
        self._stopping, self._news = Event(), Condition()
        self._thread = Thread(target=self._write, daemon=True)

    def __enter__(self) -> Self:
        self.sign_in()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        self._thread.join(PATIENCE)

    def sign_in(self) -> None:
        self._post("/account/login/", self._given)

    def wait_for(self, count: int) -> None:
        """Until so many have been taken."""
        with self._news:
            assert self._news.wait_for(lambda: self.acknowledged >= count, PATIENCE), self.acknowledged

    def _write(self) -> None:
        while not self._stopping.is_set():
            message = {"text": f"load {self.acknowledged + 1}", "client_id": str(uuid4())}
            while not self._taken(message):
                if self._stopping.wait(0.1):
                    return
            with self._news:
                self.acknowledged += 1
                self._news.notify_all()

    def _taken(self, message: dict[str, str]) -> bool:
        try:
            return "conversation" in self._post(self._path, message)
        except (urllib.error.URLError, http.client.HTTPException, OSError):
            return False  # it starts anew: the same message again

    def _post(self, path: str, values: dict[str, str]) -> str:
        """Fill in a form as a browser without scripts does. Returns the address that it led to."""
        with self._open(self._address + path, timeout=60) as page:
            (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[:1]
        body = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token}).encode()
        asked = urllib.request.Request(self._address + path, body, {"Referer": self._address + path})
        with self._open(asked, timeout=60) as answer:
            return str(answer.url)
