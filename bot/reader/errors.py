"""The error of a reader that cannot be used."""

from index.errors import ArticleBotError


class ReaderModelError(ArticleBotError):
    """The reader model cannot be loaded, or is not the one expected."""
