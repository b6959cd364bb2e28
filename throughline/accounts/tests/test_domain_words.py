"""Names, channels, zones and devices: plain values, made safe or refused."""

from __future__ import annotations

import unicodedata
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.accounts.domain.channels import Channel, known, order_by_rank
from throughline.accounts.domain.devices import device_of
from throughline.accounts.domain.names import clean_line, clean_text, initials_of
from throughline.accounts.domain.zones import all_zones, is_zone, region_of

ANYTHING = st.text(st.characters() | st.sampled_from("\x00\n\t\u202e\u2066\ud800 "))


@given(ANYTHING)
def test_a_clean_line_stays_clean_and_can_be_stored(raw):
    clean = clean_line(raw)
    assert clean_line(clean) == clean
    assert clean == " ".join(clean.split())
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in clean)
    clean.encode()


@given(ANYTHING)
def test_a_clean_text_stays_clean(raw):
    clean = clean_text(raw)
    assert clean_text(clean) == clean
    assert "\n\n\n" not in clean
    clean.encode()


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Mira Lindqvist", "ML"), ("mira", "M"), ("Inês de Carvalho", "IC"), ("  ", "?"), ("«» 山田 太郎", "山太")],
)
def test_initials(name, initials):
    assert initials_of(name) == initials


def test_zones_can_all_be_opened():
    assert len(all_zones()) > 300
    for name in all_zones():
        assert is_zone(name)
        ZoneInfo(name)
    assert [is_zone(name) for name in ("Asia/Calcutta", "Europe/Atlantis", "", "../etc/passwd")] == [
        True,
        False,
        False,
        False,
    ]
    assert region_of("America/Argentina/Salta") == "America"


def test_channels_in_order():
    assert order_by_rank({Channel.VIDEO: 3, Channel.EMAIL: 1, Channel.PHONE: None}) == (Channel.EMAIL, Channel.VIDEO)
    assert known(["email", "pigeon", "video"]) == (Channel.EMAIL, Channel.VIDEO)
    for ranks, what in [({Channel.VIDEO: None}, "none"), ({Channel.VIDEO: 1, Channel.EMAIL: 1}, "shared")]:
        with pytest.raises(ValueError, match=what):
            order_by_rank(ranks)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8", "curl/8"),
        ("", "?"),
    ],
)
def test_devices_by_name(agent, words):
    assert device_of(agent) == words
