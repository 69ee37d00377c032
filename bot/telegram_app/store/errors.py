"""The error of the bot's store."""

from index.errors import ArticleBotError


class StoreError(ArticleBotError):
    """What the bot remembers cannot be read or written."""
