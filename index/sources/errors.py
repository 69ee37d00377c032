"""What a reader of some format raises.

ArticleError               the article cannot be read or used
├── NothingToReadError     the source can be opened, and nothing in it is an article
└── ParsingError           the source is damaged, or reading it took too much time or memory
"""

from typing import Literal

from index.errors import ArticleError

NothingReason = Literal["scan", "login", "paywall", "empty"]


class NothingToReadError(ArticleError):
    """The source can be opened, and nothing in it is an article.

    Attributes:
        reason: `scan` for pages that are pictures, `login` for a page that asks to sign in,
            `paywall` for the beginning of an article that ends there, `empty` for no text at all.
    """

    def __init__(self, reason: NothingReason, message: str = "") -> None:
        """Say why.

        Args:
            reason: why; `index.sources.refusals` makes a sentence of it that names the source.
            message: the sentence, where it is known already.
        """
        super().__init__(message or reason)
        self.reason: NothingReason = reason


class ParsingError(ArticleError):
    """The source is damaged, or reading it took too much time or memory."""
