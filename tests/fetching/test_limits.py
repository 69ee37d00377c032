from importlib.metadata import version

from index.fetching.limits import FetchLimits


def test_the_defaults() -> None:
    assert FetchLimits() == FetchLimits(
        max_bytes=20_000_000,
        total_seconds=30,
        connect_seconds=10,
        max_redirects=5,
        allowed_ports=frozenset({80, 443}),
        allow_private=False,
        user_agent=f"article-bot/{version('article-bot')}",
    )
