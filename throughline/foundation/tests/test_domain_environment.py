"""What can be said in variables, and what is refused with a sentence."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from throughline.foundation import environment


def read(monkeypatch, **variables: str) -> environment.Environment:
    for name in environment.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return environment.read()


@pytest.mark.parametrize(
    ("url", "origin", "prefix"),
    [
        ("", "http://localhost:8000", ""),
        ("https://Mentoring.example.org/", "https://mentoring.example.org", ""),
        ("https://example.org/mentoring", "https://example.org", "/mentoring"),
        ("http://example.org:8080/a/b-c/", "http://example.org:8080", "/a/b-c"),
    ],
)
def test_an_address_is_origin_and_prefix(monkeypatch, url, origin, prefix):
    found = read(monkeypatch, THROUGHLINE_URL=url)
    assert (found.origin, found.prefix) == (origin, prefix)


@pytest.mark.parametrize(
    "url", ["example.org", "ftp://example.org", "https://example.org/?a=b", "https://x/a b", "https://x/../y"]
)
def test_no_plain_address(monkeypatch, url):
    with pytest.raises(ValueError, match="THROUGHLINE_URL is a plain address"):
        read(monkeypatch, THROUGHLINE_URL=url)


def trusts(found: environment.Environment, address: str) -> bool:
    return any(ip_address(address) in network for network in found.proxies)


def test_loopback_is_trusted_unless_somebody_else_is_named(monkeypatch):
    usual, named = read(monkeypatch), read(monkeypatch, TRUSTED_PROXIES="10.1.0.0/16, 2001:db8::7")
    asked = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3", "2001:db8::7", "10.2.0.1"]
    assert [trusts(usual, each) for each in asked] == [True, True, True, False, False, False, False]
    assert [trusts(named, each) for each in asked] == [False, False, False, True, True, True, False]
    assert read(monkeypatch, TRUSTED_PROXIES="none").proxies == ()


@pytest.mark.parametrize("word", ["example.org", "10.0.0.0/99", "10.1.2.3/8", "*"])
def test_what_is_no_network(monkeypatch, word):
    with pytest.raises(ValueError, match="TRUSTED_PROXIES holds networks such as"):
        read(monkeypatch, TRUSTED_PROXIES=word)
