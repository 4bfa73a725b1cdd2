"""Only public addresses are open, however a private one is written; named networks are open too, those of cloud keys never."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from titian.reach.addresses import allowed

SHUT = [
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
    *("255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "fd00:ec2::254"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:a9fe:a9fe::1"),
    *("2001:0:a9fe:a9fe::1", "::127.0.0.1", "240.0.0.1"),
]


@pytest.mark.parametrize("address", SHUT)
def test_what_is_not_public_is_shut(address: str) -> None:
    assert not allowed(address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_public_is_open(address: str) -> None:
    assert allowed(address, ())


def test_networks_that_are_named_are_open_and_no_others() -> None:
    networks = [ip_network("10.1.0.0/16"), ip_network("fc00::/7")]
    assert [allowed(one, networks) for one in ("10.1.2.3", "::ffff:10.1.2.3", "fc00::1", "10.2.0.1")] == [
        *(True, True, True, False)
    ]


@pytest.mark.parametrize("address", ["169.254.169.254", "::ffff:169.254.169.254", "fd00:ec2::254", "fe80::a9fe:a9fe"])
def test_where_clouds_keep_keys_is_shut_whatever_is_named(address: str) -> None:
    assert not allowed(address, [ip_network("0.0.0.0/0"), ip_network("::/0")])


@given(st.ip_addresses(v=4))
def test_an_address_is_as_open_in_every_dress(address: IPv4Address) -> None:
    dressed = [IPv6Address(f"::ffff:{address}"), IPv6Address(int(IPv6Address("64:ff9b::")) | int(address))]
    assert {allowed(str(one), ()) for one in dressed} == {allowed(str(address), ())}
