"""`Article`: one text with its metadata, and building one from a text or a document.

The one door from a path, an address or an upload to it is `index.sources.reading`.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from importlib import resources

from index.errors import ArticleError
from index.header import HeaderField, HeaderKind, find_header
from index.language import detect_language, primary_subtag
from index.markdown import markdown_to_blocks
from index.normalise import normalise
from index.paragraphs import BLOCK_BREAK, Paragraph, block_paragraphs, find_paragraphs
from index.sources.document import Document
from index.sources.document_text import document_text
from index.sources.encoding import decode
from index.spans import Span

DEFAULT_ARTICLE = resources.files("index") / "data" / "article.txt"

# Scripts that are written without spaces: each character counts as a word.
_WORD = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+")


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What is refused before it is read.

    Attributes:
        max_bytes: largest file read, in bytes.
        min_words: fewest words that make an article.
    """

    max_bytes: int = 20_000_000
    min_words: int = 3


@dataclass(frozen=True, slots=True)
class Article:
    """One text with its metadata; neither ever changes.

    Attributes:
        text: the normalised text, header lines included. Every offset counts its code points.
        paragraphs: the body's paragraphs in order, numbered from 1, and behind them the captions.
        header: what the header lines say, and where; header lines are paragraph 0.
        source: what was opened, a path or an address.
        url: the publisher's address, if known.
        title: the headline, if found.
        author: who wrote it, if found.
        published: when it was published (a `datetime` where the time is given), if found.
        sha256: SHA-256 of the bytes that were read, in hexadecimal.
        site: name of the publication, if known.
        language: primary language subtag (BCP 47) such as "en", where the source names it or its
            text leaves little doubt.
        published_text: of a web page: all its visible text, as a browser's search sees it.
        notices: what a person should know of how it was read, a sentence each.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    header: tuple[HeaderField, ...]
    source: str
    sha256: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None
    site: str | None = None
    language: str | None = None
    published_text: str | None = None
    notices: tuple[str, ...] = ()

    def field(self, kind: HeaderKind) -> HeaderField | None:
        """Return where the header says this, or None where it does not."""
        return next((field for field in self.header if field.kind == kind), None)

    def quote(self, span: Span) -> str:
        """Return the article's own words at this place."""
        return self.text[span.start : span.end]

    @property
    def sentence_language(self) -> str:
        """Language by whose rules sentences are cut: its own, or English where it is unknown."""
        return self.language or "en"

    @property
    def word_count(self) -> int:
        """Number of words in the body; captions are not counted."""
        body = (part for part in self.paragraphs if part.kind != "caption")
        return sum(count_words(self.text[part.start : part.end]) for part in body)


def count_words(text: str) -> int:
    """Return the number of words, counting each character of scripts without spaces as one."""
    return len(_WORD.findall(text))


def read_default_article() -> Article:
    """Return the article that is shipped with the package."""
    return article_from_bytes(DEFAULT_ARTICLE.read_bytes(), str(DEFAULT_ARTICLE))


def article_from_bytes(
    raw: bytes,
    source: str,
    *,
    markdown: bool = False,
    limits: ReadLimits = ReadLimits(),  # noqa: B008 - frozen
) -> Article:
    """Return the article that the bytes of a text hold.

    Args:
        raw: an encoded text.
        source: what the bytes were read from; only named in messages and citations.
        markdown: whether the text is Markdown, whose markup is then left out.
        limits: what is refused.

    Raises:
        ArticleError: if the bytes are not a text of enough words.
    """
    text = decode(raw, source)
    return article_from_text(text, raw, source, markdown=markdown, limits=limits)


def article_from_text(
    decoded: str, raw: bytes, source: str, *, markdown: bool, limits: ReadLimits
) -> Article:
    """Return the article that a text is.

    Args:
        decoded: the text, without lone surrogates.
        raw: the bytes that it was decoded from.
        source: what was read; only named in messages and citations.
        markdown: whether the text is Markdown, whose markup is then left out.
        limits: what is refused.

    Raises:
        ArticleError: if there are too few words.
    """
    if markdown:
        blocks = [(block.kind, normalise(block.text)) for block in markdown_to_blocks(decoded)]
        blocks = [(kind, text) for kind, text in blocks if text]
        text = BLOCK_BREAK.join(text for _, text in blocks)
    else:
        text = normalise(decoded)
    _refuse_few_words(count_words(text), source, limits)
    header, body_start = find_header(text)
    if markdown:
        paragraphs = block_paragraphs(blocks, body_start)
    else:
        paragraphs = find_paragraphs(text, body_start)
    return Article(
        text=text,
        paragraphs=paragraphs,
        header=header.fields,
        source=source,
        sha256=hashlib.sha256(raw).hexdigest(),
        url=header.url,
        title=header.title,
        author=header.author,
        published=header.published,
        language=detect_language(text),
    )


def article_from_document(
    document: Document,
    *,
    source: str,
    sha256: str,
    limits: ReadLimits = ReadLimits(),  # noqa: B008 - frozen
) -> Article:
    """Return the article that a document makes.

    Its text is what the metadata say (title, author and date, a line each), then the body, then the
    captions.

    Args:
        document: what a reader of some format found.
        source: what was opened, a path or an address.
        sha256: of the bytes that were read, in hexadecimal.
        limits: what is refused.

    Raises:
        ArticleError: if the body has too few words.
    """
    laid_out, metadata = document_text(document), document.metadata
    fields = {field.kind: field.span for field in laid_out.header}
    said = {kind: laid_out.text[span.start : span.end] for kind, span in fields.items()}
    article = Article(
        text=laid_out.text,
        paragraphs=laid_out.paragraphs,
        header=laid_out.header,
        source=source,
        sha256=sha256,
        url=_address(metadata.url),
        title=said.get("title"),
        author=said.get("author"),
        published=metadata.published,
        site=" ".join(normalise(metadata.site or "").split()) or None,
        language=primary_subtag(metadata.language) or detect_language(laid_out.text),
        published_text=document.published_text,
        notices=_notices(document),
    )
    _refuse_few_words(article.word_count, source, limits)
    return article


def _address(url: str | None) -> str | None:
    """Return an address; None where it has what no address may have, such as an escape."""
    return url if url and url.isprintable() and " " not in url else None


def _notices(document: Document) -> tuple[str, ...]:
    hidden = document.hidden_passages
    if not hidden:
        return ()
    passages = "1 hidden passage was" if hidden == 1 else f"{hidden} hidden passages were"
    return (f"{passages} ignored.",)


def _refuse_few_words(words: int, source: str, limits: ReadLimits) -> None:
    if words >= limits.min_words:
        return
    found = {0: "is nothing", 1: "is only 1 word"}.get(words, f"are only {words} words")
    raise ArticleError(
        f"There {found} to read in {source}: "
        f"an article needs at least {limits.min_words} words. Name a file with a text in it."
    )
