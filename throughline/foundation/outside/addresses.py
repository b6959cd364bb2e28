"""Which addresses of the network are nobody's business from here: our own machine, the networks around it, and the
addresses at which clouds tell a machine its secrets.

An operator names networks of their own that may be reached all the same (REACHABLE_NETWORKS), such as that of a
calendar server in the same house.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of a provider; some clouds answer here
        "168.63.129.16/32",  # a cloud's answer to its own machines, at an address that looks public
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "fec0::/10",
        "5f00::/16",
    )
)
_TRANSLATED = ip_network("64:ff9b::/96")
"""Numbers in which a gateway finds a number of IPv4: RFC 6052."""
_LOCALLY_TRANSLATED = ip_network("64:ff9b:1::/48")


def is_refused(address: Address, reachable: Sequence[Network] = ()) -> bool:
    """reachable: what an operator allows although it is private."""
    if any(address in network for network in reachable):
        return False
    inside = _inside(address)
    if inside is not None:
        return is_refused(inside, reachable)
    if address in _LOCALLY_TRANSLATED or any(address in network for network in _REFUSED):
        return True
    return not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified


def _inside(address: Address) -> IPv4Address | None:
    """The number of IPv4 that a number of IPv6 leads to."""
    if isinstance(address, IPv4Address):
        return None
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def address_of(text: str) -> Address:
    """As the system's resolver writes it, without the zone of a link. Raises ValueError."""
    return ip_address(text.partition("%")[0])
