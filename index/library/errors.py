"""What may go wrong with the library, in words for a person."""

from index.errors import ArticleBotError


class LibraryError(ArticleBotError):
    """The library cannot be used, or has no such article."""
