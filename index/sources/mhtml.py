"""`read_mhtml`: a page that a browser saved with all its parts in one file (MHTML, RFC 2557)."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from index.sources.document import Document
from index.sources.errors import NothingToReadError
from index.sources.html.reader import read_html


def read_mhtml(raw: bytes) -> Document:
    """Return what the page says whose parts are in a file; of frames only the outermost is read.

    Args:
        raw: the file.

    Raises:
        NothingToReadError: if there is no page in it, or no article in the page.
    """
    message = message_from_bytes(raw, policy=policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes):
                return read_html(page, url=_address(message, part), charset=_charset(part))
    raise NothingToReadError("empty")


def _address(message: EmailMessage, part: EmailMessage) -> str | None:
    for said in (message.get("Snapshot-Content-Location"), part.get("Content-Location")):
        address = "".join(str(said or "").split())
        if address.startswith(("http://", "https://")):
            return address
    return None


def _charset(part: EmailMessage) -> str | None:
    return part.get_content_charset()
