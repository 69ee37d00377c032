"""`FetchLimits`: how much, how long and from where; the network knows no other bounds."""

from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def default_user_agent() -> str:
    """Return the name under which sites see this program."""
    try:
        return f"article-bot/{version('article-bot')}"
    except PackageNotFoundError:
        return "article-bot"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What a fetch may cost and where it may go.

    Attributes:
        max_bytes: largest body, in bytes, both as sent and after decompression.
        total_seconds: for everything: names, connections, redirects, the body.
        connect_seconds: for one connection, and again for its TLS handshake.
        max_redirects: how often an address may lead on to another.
        allowed_ports: ports that are connected to.
        allow_private: whether addresses of private networks and of this machine are fetched too;
            metadata services, link-local and multicast addresses never are.
        user_agent: what the program calls itself, in printable ASCII.
    """

    max_bytes: int = 20_000_000
    total_seconds: float = 30
    connect_seconds: float = 10
    max_redirects: int = 5
    allowed_ports: frozenset[int] = frozenset({80, 443})
    allow_private: bool = False
    user_agent: str = field(default_factory=default_user_agent)
