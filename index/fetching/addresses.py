"""Which IP addresses are fetched from: the public ones, whatever form they hide in."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network
from typing import Literal

IPAddress = IPv4Address | IPv6Address
AddressKind = Literal[
    "public",
    "private",
    "loopback",
    "link-local",
    "metadata",
    "multicast",
    "tunnel",
    "reserved",
    "unspecified",
]
# Whether a connection to this address and port may be made.
AddressPolicy = Callable[[IPAddress, int], bool]

# IANA's special-purpose registries and the metadata services of the large clouds; the first that
# fits counts. Written out because what `is_global` says differs between versions of Python.
_KINDS: tuple[tuple[AddressKind, tuple[str, ...]], ...] = (
    (
        "metadata",
        (
            "169.254.169.254/32",
            "169.254.170.2/32",
            "169.254.170.23/32",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "fd00:ec2::/32",
            "fd20:ce::254/128",
            "fd00:42::42/128",
        ),
    ),
    ("unspecified", ("0.0.0.0/8", "::/128")),
    ("loopback", ("127.0.0.0/8", "::1/128")),
    (
        "private",
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"),
    ),
    ("link-local", ("169.254.0.0/16", "fe80::/10")),
    ("multicast", ("224.0.0.0/4", "ff00::/8")),
    ("tunnel", ("192.88.99.0/24", "2001::/32", "2002::/16")),
    (
        "reserved",
        (
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2620:4f:8000::/48",
            "3fff::/20",
        ),
    ),
)
_NETWORKS: tuple[tuple[IPv4Network | IPv6Network, AddressKind], ...] = tuple(
    (ip_network(network), kind) for kind, networks in _KINDS for network in networks
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# The well-known prefix of NAT64; any other /96 of a network's own is a public address to us.
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)
_PRIVATE: frozenset[AddressKind] = frozenset({"public", "private", "loopback"})


def address_kind(address: IPAddress) -> AddressKind:
    """Return what kind of address this is; an IPv4 address inside an IPv6 one decides for it."""
    if isinstance(address, IPv6Address):
        carried = address.ipv4_mapped or _translated(address)
        if carried is not None:
            return address_kind(carried)
    for network, kind in _NETWORKS:
        if address in network:
            return kind
    if isinstance(address, IPv6Address):
        return _global_ipv6_kind(address)
    return "public" if address.is_global else "reserved"


def public_only(address: IPAddress, port: int) -> bool:
    """Admit addresses of the public internet: the policy of a fetch."""
    return address_kind(address) == "public"


def public_or_private(address: IPAddress, port: int) -> bool:
    """Admit addresses of private networks and of this machine too: for who hosts the pages."""
    return address_kind(address) in _PRIVATE


def _translated(address: IPv6Address) -> IPv4Address | None:
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else None


def _global_ipv6_kind(address: IPv6Address) -> AddressKind:
    if address not in _GLOBAL_UNICAST or not address.is_global:
        return "reserved"
    # ISATAP (RFC 5214): a router of that network takes the packet out to the IPv4 address inside.
    if (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return address_kind(IPv4Address(int(address) & 0xFFFF_FFFF))
    return "public"
