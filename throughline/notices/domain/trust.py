"""What a mail server of yours found out about the sender, by its `Authentication-Results` (RFC 8601).

Believed is the header of the server that INBOUND_TRUST names, and of none other: that server takes away headers in its
own name which came from outside. A mail is believed when DMARC passed, or DKIM or SPF for the domain of its sender.
"""

from __future__ import annotations

import re
from email.message import Message

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(dmarc|dkim|spf)\s*=\s*pass\b(.*)", re.I | re.S)
_DOMAIN = re.compile(r"(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;\"@]*@)?([a-z0-9.-]+)", re.I)


def vouches(mail: Message, *, trusted: str, sender: str) -> bool:
    """sender: the one address in From, in small letters."""
    domain = sender.rpartition("@")[2]
    for value in mail.get_all("Authentication-Results", []):
        name, _, results = _COMMENT.sub(" ", str(value)).partition(";")
        if name.split()[:1] == [trusted.lower()] or name.strip().lower() == trusted.lower():
            return any(_passed(each, domain) for each in results.split(";"))
    return False


def _passed(result: str, domain: str) -> bool:
    found = _RESULT.match(result.strip())
    if not found:
        return False
    named = [each.lower().rstrip(".") for each in _DOMAIN.findall(found[2])]
    return any(each == domain or domain.endswith(f".{each}") or each.endswith(f".{domain}") for each in named)
