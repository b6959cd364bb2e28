from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from throughline.calls.domain.relays import Relays, ways_of

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
UNTIL = 1795392000  # twelve hours later


def test_without_relays_a_browser_is_told_of_none():
    assert Relays((), "").for_somebody("m", AT) == []


def test_credentials_expire_and_are_made_with_the_secret():
    password = base64.b64encode(hmac.new(b"s3cret", f"{UNTIL}:m".encode(), hashlib.sha1).digest()).decode()
    relays = Relays(("turn:turn.example.org:3478", "turns:turn.example.org:443"), "s3cret")
    assert relays.for_somebody("m", AT) == [
        {"urls": ["stun:turn.example.org:3478"]},
        {
            "urls": [
                "turn:turn.example.org:3478?transport=udp",
                "turn:turn.example.org:3478?transport=tcp",
                "turns:turn.example.org:443?transport=tcp",
            ],
            "username": f"{UNTIL}:m",
            "credential": password,
        },
    ]


def test_an_address_that_names_its_transport_is_taken_as_it_stands():
    assert ways_of("turn:a.example.org?transport=tcp") == ["turn:a.example.org?transport=tcp"]
