"""The errors of fetching: each says what became of which address, and what to do next.

FetchError                 base: the page or file could not be had
├── AddressError           an address of this form, or of this place, is not fetched
├── RedirectError          the address leads on without arriving
├── UnreachableError       no name, no connection, no trust, or the connection broke
├── TooSlowError           the time is up
├── TooLargeError          there are more bytes than are read
├── StatusError            the site answered, but not with the page
└── ContentError           what was sent is no article, or is packed in a way that is not unpacked
"""

from index.errors import ArticleError


class FetchError(ArticleError):
    """The page or file could not be had."""


class AddressError(FetchError):
    """An address of this form, or of this place, is not fetched."""


class RedirectError(FetchError):
    """The address leads on without arriving."""


class UnreachableError(FetchError):
    """There is no such name, no connection or no trust, or the connection broke."""


class TooSlowError(FetchError):
    """The time is up."""


class TooLargeError(FetchError):
    """There are more bytes than are read."""


class StatusError(FetchError):
    """The site answered, but not with the page.

    Attributes:
        status: the HTTP status code.
    """

    def __init__(self, message: str, status: int) -> None:
        """Take what is said to a person, and the HTTP status code."""
        super().__init__(message)
        self.status = status


class ContentError(FetchError):
    """What was sent is no article, or is packed in a way that is not unpacked."""
