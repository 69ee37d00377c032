"""An article as JSON, and the identity of its content."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from index.article import Article
from index.header import HeaderField
from index.paragraphs import Paragraph
from index.spans import Span

FORMAT_VERSION = 1

_ID_DIGITS = 16
_INDEXED = ("text", "paragraphs", "language")
_TEXTS = ("title", "author", "site", "url", "language")


@dataclass(frozen=True, slots=True)
class ContentIdentity:
    """What makes two articles the same.

    Attributes:
        sha256: of text, paragraphs and metadata, in hexadecimal.
        indexed: 16 hexadecimal digits of the SHA-256 of text, paragraphs and language alone:
            articles that share them share an index.
    """

    sha256: str
    indexed: str

    @property
    def id(self) -> str:
        """The beginning of `sha256` by which a person knows the article."""
        return self.sha256[:_ID_DIGITS]


def content_identity(article: Article) -> ContentIdentity:
    """Return what an article's content is known by, wherever it was read from.

    The bytes that were read, the rest of a web page and the notices are no part of it: a page
    whose menus have changed still says the same.
    """
    content = _content_to_json(article)
    indexed = {name: content[name] for name in _INDEXED if name in content}
    return ContentIdentity(_digest(content), _digest(indexed)[:_ID_DIGITS])


def index_origin(indexed: str) -> str:
    """Return what the indexes of a library article are known by.

    Args:
        indexed: as `ContentIdentity` has it.
    """
    return f"library:{indexed}"


def article_id(article: Article) -> str:
    """Return the 16 hexadecimal digits by which the library knows an article, if it has it."""
    return content_identity(article).id


def article_to_json(article: Article) -> dict[str, Any]:
    """Return an article's content; where it was read from is not in it."""
    published_text = article.published_text
    page = {} if published_text is None else {"published_text": published_text}
    return {"format": FORMAT_VERSION, **_content_to_json(article), **page}


def article_from_json(raw: Any, *, source: str, sha256: str, notices: tuple[str, ...]) -> Article:  # noqa: ANN401 - what JSON holds
    """Return the article that `article_to_json` wrote.

    Args:
        raw: parsed JSON.
        source: what was opened.
        sha256: of the bytes that were read.
        notices: of how it was read.

    Raises:
        ValueError: if it is of another version.
        KeyError: if something is missing; likewise TypeError, if something is of another type.
    """
    if raw["format"] != FORMAT_VERSION:
        raise ValueError(f"format {raw['format']}")
    published = raw.get("published")
    return Article(
        text=raw["text"],
        paragraphs=tuple(Paragraph(*part) for part in raw["paragraphs"]),
        header=tuple(
            HeaderField(kind, Span(*span), Span(*line)) for kind, span, line in raw["header"]
        ),
        source=source,
        sha256=sha256,
        published=None if published is None else parse_moment(published),
        published_text=raw.get("published_text"),
        notices=notices,
        **{name: raw.get(name) for name in _TEXTS},
    )


def parse_moment(text: str) -> date:
    """Return the date, or the date and time, that `isoformat` wrote.

    Raises:
        ValueError: if it is neither.
    """
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _content_to_json(article: Article) -> dict[str, Any]:
    texts = {name: getattr(article, name) for name in _TEXTS}
    published = article.published and article.published.isoformat()
    metadata = {**texts, "published": published}
    return {
        "text": article.text,
        "paragraphs": [
            [part.number, part.start, part.end, part.kind, part.page] for part in article.paragraphs
        ],
        "header": [
            [field.kind, [field.span.start, field.span.end], [field.line.start, field.line.end]]
            for field in article.header
        ],
        # What is not known is left out, so that a field that is new one day changes no identity.
        **{name: value for name, value in metadata.items() if value is not None},
    }


def _digest(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
