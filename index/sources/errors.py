"""What a reader of some format raises.

ArticleError               the article cannot be read or used
├── NothingToReadError     the source can be opened, and nothing in it is an article
├── UnopenedError          the file is protected or damaged, or built to harm who opens it
└── ParsingError           reading it takes more than it may, or failed
"""

from typing import Literal

from index.errors import ArticleError

NothingReason = Literal["scan", "glyphs", "login", "paywall", "empty"]
UnopenedReason = Literal["password", "copy_protection", "damaged", "bomb", "entities", "names"]


class NothingToReadError(ArticleError):
    """The source can be opened, and nothing in it is an article.

    Attributes:
        reason: `scan` for pages that are pictures, `glyphs` for letters that only a person can
            tell, `login` for a page that asks to sign in, `paywall` for the beginning of an article
            that ends there, `empty` for no text at all.
    """

    def __init__(self, reason: NothingReason, message: str = "") -> None:
        """Say why.

        Args:
            reason: why; `index.sources.refusals` makes a sentence of it that names the source.
            message: the sentence, where it is known already.
        """
        super().__init__(message or reason)
        self.reason: NothingReason = reason


class UnopenedError(ArticleError):
    """The file is protected or damaged, or built to harm who opens it.

    Attributes:
        reason: `password` for one that needs a password, `copy_protection` for a book that only
            some programs may show, `damaged` for one that is incomplete or not what it claims to
            be, `bomb` for an archive that unpacks to far too much, `entities` for XML that defines
            entities, `names` for an archive whose members' names lead out of it or are there twice.
    """

    def __init__(self, reason: UnopenedReason, message: str = "") -> None:
        """Say why; arguments as those of `NothingToReadError`."""
        super().__init__(message or reason)
        self.reason: UnopenedReason = reason


class ParsingError(ArticleError):
    """Reading the source takes more than it may, or failed."""
