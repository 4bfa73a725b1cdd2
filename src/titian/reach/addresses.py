"""Addresses on the net that a channel may connect to: public ones, and networks that the settings allow by name."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
"""Where a gateway reaches IPv4 by the last 32 bits of an IPv6 address (RFC 6052, RFC 8215)."""
NEVER = (ip_network("169.254.0.0/16"), ip_network("fe80::/10"), ip_network("fd00:ec2::254/128"))
"""Where machines of clouds keep their keys: no setting allows these."""


def allowed(text: str, networks: Sequence[Network]) -> bool:
    """Whether a channel may connect to an address, however it is dressed up."""
    return all(_open(one, networks) for one in _meant(ip_address(text.partition("%")[0])))


def _open(address: Address, networks: Sequence[Network]) -> bool:
    if any(address in network for network in NEVER):
        return False
    if any(address in network for network in networks):
        return True
    return address.is_global and not address.is_multicast and not address.is_reserved


def _meant(address: Address) -> list[Address]:
    """The address, and the one of IPv4 that is reached through it."""
    if isinstance(address, IPv4Address):
        return [address]
    inner = [one for one in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if one is not None]
    if any(address in network for network in TRANSLATED):
        inner.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address.ipv4_mapped is not None or any(address in network for network in TRANSLATED):
        # Only a way to write the other.
        return list(inner)
    return [address, *inner]
