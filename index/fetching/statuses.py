"""What an HTTP status code means to the person who wanted the page."""

from index.fetching.errors import StatusError

# The page, and the page as a proxy on the way has changed it.
_HERE = {200, 203}
_BY_HAND = "Save the page in a browser and read the saved file."
_LATER = "Try again later."

_MEANINGS = {
    204: ("is empty", "Check the address."),
    205: ("is empty", "Check the address."),
    401: ("wants a login or keeps programs out", _BY_HAND),
    402: ("is only for those who pay", _BY_HAND),
    403: ("wants a login or keeps programs out", _BY_HAND),
    404: ("is not there", "Check the address."),
    407: ("wants a login or keeps programs out", _BY_HAND),
    408: ("was not sent in time", _LATER),
    410: ("was removed for good", "Look for it in a web archive."),
    418: ("keeps programs out", _BY_HAND),
    421: ("is not at this site", "Check the address."),
    425: ("cannot be had at the moment", _LATER),
    429: ("was asked for too often", _LATER),
    451: ("may not be shown for legal reasons", "Look for it elsewhere."),
}


def check_status(status: int, shown_url: str) -> None:
    """Let pass the answers that come with the page.

    Raises:
        StatusError: if the answer is another one; it says what that means.
    """
    if status in _HERE:
        return
    meaning, step = _MEANINGS.get(status) or _by_class(status)
    raise StatusError(f"{shown_url} {meaning} (status {status}). {step}", status)


def _by_class(status: int) -> tuple[str, str]:
    if status >= 500:
        return "cannot be had: the site has a fault or is overloaded", _LATER
    if status >= 400:
        return "is refused by the site", "Check the address."
    return "is not what the site answers with", _BY_HAND
