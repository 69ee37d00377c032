from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fetching.addresses import AddressKind, address_kind, public_only, public_or_private

KINDS: list[tuple[AddressKind, str]] = [
    (kind, address)
    for kind, addresses in {
        "public": "1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.0 172.15.255.255 "
        "172.32.0.0 192.167.255.255 192.169.0.0 169.253.255.255 169.255.0.0 11.0.0.0 9.255.255.255 "
        "223.255.255.255 128.0.0.1 126.255.255.255 "
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c 2a00:1450:4001:81b::200e 2001:4860:4860::8888 "
        "::ffff:93.184.216.34 64:ff9b::5db8:d822",
        "private": "10.0.0.0 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.255.255 "
        "100.64.0.0 100.127.255.255 fc00::1 fd12:3456:789a::1 fdff:ffff::1 "
        "::ffff:10.0.0.1 ::ffff:192.168.1.1 64:ff9b::a00:1 64:ff9b::c0a8:101 "
        "2a00:1450:4001:81b:0:5efe:c0a8:101 2a00:1450:4001:81b:200:5efe:a00:1",
        "loopback": "127.0.0.0 127.0.0.1 127.1.2.3 127.255.255.255 ::1 ::ffff:127.0.0.1 "
        "::ffff:7f00:1 64:ff9b::7f00:1 2a00:1450:4001:81b:0:5efe:7f00:1",
        "link-local": "169.254.0.1 169.254.169.253 169.254.255.255 fe80::1 febf::1 "
        "::ffff:169.254.1.1",
        "metadata": "169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 "
        "fd00:ec2::254 fd00:ec2::23 fd20:ce::254 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe "
        "2a00:1450:4001:81b:0:5efe:a9fe:a9fe",
        "multicast": "224.0.0.1 239.255.255.250 ff02::1 ff0e::1 ::ffff:224.0.0.1",
        "tunnel": "192.88.99.1 2002:7f00:1::1 2002:c0a8:101::1 2002:5db8:d822::1 "
        "2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 ::ffff:192.88.99.1",
        "reserved": "192.0.0.1 192.0.0.8 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 "
        "203.0.113.1 240.0.0.1 254.255.255.255 255.255.255.255 "
        "::2 ::7f00:1 ::127.0.0.1 ::a9fe:a9fe ::93.184.216.34 ::ffff:0:127.0.0.1 "
        "::ffff:0:93.184.216.34 64:ff9b:1::7f00:1 64:ff9b:0:1::1 100::1 2001:2::1 2001:10::1 "
        "2001:20::1 2001:db8::1 3fff::1 4000::1 5f00::1 fec0::1 feff::1 e000::1 f000::1 "
        "8000::1 ::ffff:255.255.255.255",
        "unspecified": "0.0.0.0 0.1.2.3 :: ::ffff:0.0.0.0 64:ff9b::",
    }.items()
    for address in addresses.split()
]

IPV4 = st.integers(0, 2**32 - 1).map(IPv4Address)
IPV6 = st.integers(0, 2**128 - 1).map(IPv6Address)


@pytest.mark.parametrize(("kind", "address"), KINDS)
def test_what_kind_an_address_is(kind: AddressKind, address: str) -> None:
    assert address_kind(ip_address(address)) == kind


@pytest.mark.parametrize(("kind", "address"), KINDS)
def test_only_public_addresses_are_admitted(kind: AddressKind, address: str) -> None:
    assert public_only(ip_address(address), 80) == (kind == "public")


@pytest.mark.parametrize(("kind", "address"), KINDS)
def test_who_hosts_the_pages_admits_no_more_than_that(kind: AddressKind, address: str) -> None:
    assert public_or_private(ip_address(address), 80) == (kind in {"public", "private", "loopback"})


def test_an_address_with_a_zone_is_link_local() -> None:
    assert address_kind(IPv6Address("fe80::1%eth0")) == "link-local"


@given(IPV4)
def test_an_ipv4_address_is_of_one_kind_in_every_form_that_reaches_it(address: IPv4Address) -> None:
    number = int(address)
    forms = [(0xFFFF << 32) | number, (0x64_FF9B << 96) | number]

    assert {address_kind(IPv6Address(form)) for form in forms} == {address_kind(address)}


@given(IPV4)
def test_no_other_form_of_an_ipv4_address_is_public(address: IPv4Address) -> None:
    number = int(address)
    forms = [number, (0xFFFF << 48) | number, (0x2002 << 112) | (number << 80) | 1]
    forms += [(0x2001 << 112) | (number << 64), (0x2001 << 112) | (number ^ 0xFFFF_FFFF)]

    assert not any(public_only(IPv6Address(form), 80) for form in forms)


@given(st.one_of(IPV4, IPV6))
def test_what_python_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )
    carried = isinstance(address, IPv6Address) and str(address).startswith(("::ffff:", "64:ff9b::"))

    assert not (special and public_only(address, 80)) or carried
