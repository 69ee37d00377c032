"""Reading a source within the limits of the settings."""

from bot.settings import Settings
from index.article import Article, ReadLimits
from index.fetching.limits import FetchLimits, default_user_agent
from index.sources.reading import ReadOptions, read_article


def read_source(settings: Settings, source: str) -> Article:
    """Return the article at a path or an address of the web.

    Raises:
        ArticleError: if there is none, or it is refused.
        FetchError: if an address cannot be fetched.
    """
    return read_article(source, read_options(settings))


def read_options(settings: Settings) -> ReadOptions:
    """Return what reading any source may take."""
    return ReadOptions(
        read_limits(settings),
        fetch_limits(settings),
        settings.parse_seconds,
        settings.parse_memory_bytes,
    )


def read_limits(settings: Settings) -> ReadLimits:
    """Return which articles are refused."""
    return ReadLimits(settings.max_article_bytes, settings.min_article_words)


def fetch_limits(settings: Settings) -> FetchLimits:
    """Return what fetching may take, and from where."""
    return FetchLimits(
        max_bytes=settings.fetch_max_bytes,
        total_seconds=settings.fetch_seconds,
        allowed_ports=settings.fetch_allowed_ports,
        allow_private=settings.fetch_allow_private,
        user_agent=settings.fetch_user_agent or default_user_agent(),
    )
