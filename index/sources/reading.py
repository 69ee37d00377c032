"""The one door from a path, an address or an upload to an `Article`."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.article import Article, ReadLimits, article_from_document, article_from_text
from index.errors import ArticleError
from index.fetching.content_types import parse_content_type
from index.fetching.limits import FetchLimits
from index.normalise import normalise
from index.sources.encoding import decode
from index.sources.files import read_file, refuse_large
from index.sources.kinds import Kind, sniff_kind
from index.sources.refusals import name_source, refuse_kind
from index.sources.sandbox import ParseLimits, ReadOrder, read_in_child

if TYPE_CHECKING:
    from index.fetching.fetcher import Fetched

Fetch = Callable[[str, FetchLimits], "Fetched"]

# What reads a kind of file, in a process of its own.
_READERS: dict[Kind, str] = {
    "html": "index.sources.html.reader:read_html",
    "mhtml": "index.sources.mhtml:read_mhtml",
    "pdf": "index.sources.pdf.reader:read_pdf",
    "docx": "index.sources.word.reader:read_docx",
    "epub": "index.sources.epub.reader:read_epub",
}
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MAX_SHOWN_NAME = 200


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What reading a source may take.

    Attributes:
        limits: what is refused for its size.
        fetch: how an address is fetched.
        parse_seconds: longest time for parsing one file.
        parse_memory_bytes: most memory for parsing one file.
    """

    limits: ReadLimits = field(default_factory=ReadLimits)
    fetch: FetchLimits = field(default_factory=FetchLimits)
    parse_seconds: float = ParseLimits().seconds
    parse_memory_bytes: int = ParseLimits().memory_bytes


def is_address(source: str) -> bool:
    """Return whether a source is an address rather than a path."""
    return _ADDRESS.match(source) is not None


def read_article(
    source: str,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
    *,
    fetch: Fetch | None = None,
) -> Article:
    """Open a source and return its article.

    Args:
        source: path of a file, or an http(s) address.
        options: what that may take.
        fetch: gets what is at an address; `index.fetching.fetcher.fetch` if None.

    Raises:
        ArticleError: if there is nothing at the path or address, or no article in it.
    """
    if is_address(source):
        return article_from_fetched(_fetched(source, options, fetch), source, options)
    path = Path(source)
    raw = read_file(path, options.limits.max_bytes)
    return article_from_upload(raw, path.name, source=source, options=options)


def article_from_fetched(
    fetched: "Fetched",
    source: str,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
) -> Article:
    """Return the article that was at an address.

    Args:
        fetched: what was there.
        source: the address that was asked for.
        options: what reading it may take.

    Raises:
        ArticleError: if there is no article in it.
    """
    charset = f"; charset={fetched.charset}" if fetched.charset else ""
    return article_from_upload(
        fetched.raw,
        unquote(urlsplit(fetched.url).path),
        content_type=f"{fetched.content_type or ''}{charset}",
        url=fetched.url,
        source=source,
        options=options,
    )


def article_from_upload(
    raw: bytes,
    name: str,
    *,
    content_type: str | None = None,
    url: str | None = None,
    source: str | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
) -> Article:
    """Return the article that the bytes of a file hold.

    Args:
        raw: the file.
        name: what the file is called, or the path of its address.
        content_type: what whoever sent it says that it is, as in a Content-Type header.
        url: the publisher's address, if known.
        source: what was opened; the name if None.
        options: what reading it may take.

    Raises:
        ArticleError: if there is no article in it.
    """
    source = source or _shown_name(name)
    refuse_large(len(raw), source, options.limits.max_bytes)
    said = parse_content_type(content_type)
    kind = sniff_kind(raw, name, said.media_type)
    if kind == "text" or kind == "markdown":
        text = decode(raw, source, said.charset)
        article = article_from_text(
            text, raw, source, markdown=kind == "markdown", limits=options.limits
        )
    else:
        arguments = {"url": url, "charset": said.charset} if kind == "html" else {}
        article = _parsed(raw, kind, source, arguments, options)
        url = article.url or url
    # Where a text was got counts for more than what its own header lines say.
    return replace(article, url=url or article.url)


def _parsed(
    raw: bytes, kind: Kind, source: str, arguments: dict[str, str | None], options: ReadOptions
) -> Article:
    if kind not in _READERS:
        raise refuse_kind(kind, source)
    order = ReadOrder(_READERS[kind], source, arguments)
    limits = ParseLimits(options.parse_seconds, options.parse_memory_bytes)
    try:
        document = read_in_child(order, raw, limits)
    except ArticleError as error:
        raise name_source(error, source) from error
    return article_from_document(
        document, source=source, sha256=hashlib.sha256(raw).hexdigest(), limits=options.limits
    )


def _fetched(source: str, options: ReadOptions, fetch: Fetch | None) -> "Fetched":
    if fetch is None:
        from index.fetching.fetcher import fetch as fetch_page

        return fetch_page(source, options.fetch)
    return fetch(source, options.fetch)


def _shown_name(name: str) -> str:
    """Return a name from anywhere as one visible line."""
    shown = " ".join(normalise(name.encode("utf-8", "replace").decode()).split())
    return shown[:_MAX_SHOWN_NAME] or "the file"
