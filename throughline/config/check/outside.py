"""How people reach it: the address, the proxies before it, and what is for tests alone."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest

from throughline.config.check.finding import Finding
from throughline.foundation.environment import Environment

LOCAL = {"localhost", "127.0.0.1", "::1"}


def findings(env: Environment) -> Iterator[Finding]:
    yield from _address(env)
    yield from _proxies(env)
    yield from _figures(env)
    yield from _tests_only(env)


def _address(env: Environment) -> Iterator[Finding]:
    site = urlsplit(env.base_url)
    if site.scheme != "https" and site.hostname not in LOCAL:
        yield Finding(
            f"{env.base_url} is not https: passwords travel in the open and browsers refuse camera and microphone. "
            "Put a proxy with a certificate in front and set THROUGHLINE_URL to its https address."
        )
    if env.host not in LOCAL and site.hostname in LOCAL:
        yield Finding(
            f"The server listens on {env.host} but answers to {site.hostname} alone. Set THROUGHLINE_URL to the "
            "address people use, or HOST to 127.0.0.1."
        )
    if env.prefix:
        yield Finding(
            f"Everything stands below {env.prefix}, so other programs of {env.origin} can read what browsers keep for "
            "this one, and signing out here empties theirs. A host name of its own is safer.",
            to_mend=False,
        )


def _proxies(env: Environment) -> Iterator[Finding]:
    if everybody := [str(each) for each in env.proxies if each.prefixlen == 0]:
        yield Finding(
            f"TRUSTED_PROXIES believes everybody ({everybody[0]}): anybody can claim any address and go on guessing "
            "passwords. Name the networks of your proxies alone."
        )
    elif env.base_url.startswith("https:") and env.host not in LOCAL and all(each.is_loopback for each in env.proxies):
        yield Finding(
            "The proxy that speaks https seems to run on another machine, and TRUSTED_PROXIES does not name it: all "
            "people share its address, and many who sign in at once must wait. Set TRUSTED_PROXIES to its network.",
            to_mend=False,
        )


def _figures(env: Environment) -> Iterator[Finding]:
    if env.metrics_token and len(env.metrics_token) < 16:
        yield Finding("METRICS_TOKEN is short enough to be guessed: take at least 16 random characters.")
    if any(each.prefixlen == 0 for each in env.metrics_networks):
        yield Finding("METRICS_NETWORKS shows /metrics to everybody: name the network of your Prometheus alone.")


def _tests_only(env: Environment) -> Iterator[Finding]:
    if env.clock_file:
        yield Finding("THROUGHLINE_CLOCK_FILE moves the clock, for tests only: unset it.")
    if env.debug:
        yield Finding("THROUGHLINE_DEBUG shows the inside of errors to everybody: unset it.")


def findings_of_request(request: HttpRequest, env: Environment) -> Iterator[Finding]:
    """What the way of this very request through the proxies shows, which no command can see."""
    peer = request.META.get("REMOTE_ADDR", "")
    said = [word.strip() for word in request.headers.get("X-Forwarded-For", "").split(",") if word.strip()]
    if said and peer not in said:
        yield Finding(
            f"You come through {peer}, which says for whom it speaks and is not believed: if it is your proxy, name "
            "it in TRUSTED_PROXIES."
        )
    elif not said and _is_a_remote_proxy(peer, env):
        yield Finding(
            f"Your proxy {peer} does not say for whom it speaks, so all people share its address: have it set "
            "X-Forwarded-For."
        )
    if env.base_url.startswith("https:") and request.scheme != "https":
        yield Finding(
            "You come by https, and this server hears http: have your proxy set X-Forwarded-Proto, and name it in "
            "TRUSTED_PROXIES."
        )


def _is_a_remote_proxy(peer: str, env: Environment) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:
        return False
    return not address.is_loopback and any(address in network for network in env.proxies)
