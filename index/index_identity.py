"""What an index is of, how that differs from an earlier one, and whether it still fits."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from index.article import Article
from index.embedding import EmbeddingModel
from index.errors import EmbeddingModelError
from index.lexical import LEXICAL_VERSION
from index.model_files import find_model
from index.passage_index import IndexSettings
from index.passages import SPLITTING_VERSION

# Part of an index's key: a change of the saved files' form makes saved indexes void.
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class IndexIdentity:
    """What an index is built from.

    Attributes:
        key: names the directory.
        origin: absolute path or address of the article.
        article_sha256: of the bytes that were read.
        model: what the settings call the embedding model.
        fingerprint: the embedding model's identity.
        max_passage_tokens: as in `IndexSettings`.
        exact_search_limit: as in `IndexSettings`.
    """

    key: str
    origin: str
    article_sha256: str
    model: str
    fingerprint: str
    max_passage_tokens: int
    exact_search_limit: int


def identity_of(article: Article, model: EmbeddingModel, settings: IndexSettings) -> IndexIdentity:
    """Return the identity of the index that an article, a model and settings ask for."""
    source = article.source
    return IndexIdentity(
        key=index_key(article, model.fingerprint, settings),
        origin=source if "://" in source else str(Path(source).absolute()),
        article_sha256=article.sha256,
        model=model.name,
        fingerprint=model.fingerprint,
        max_passage_tokens=settings.max_passage_tokens,
        exact_search_limit=settings.exact_search_limit,
    )


def index_key(article: Article, fingerprint: str, settings: IndexSettings) -> str:
    """Return what an index is saved under: it is the same for the same content, wherever it is.

    Args:
        article: what is indexed.
        fingerprint: of the embedding model.
        settings: how it is built.
    """
    spans = [(part.start, part.end, part.kind) for part in article.paragraphs]
    parts = [
        FORMAT_VERSION,
        SPLITTING_VERSION,
        version("sentencex"),  # it cuts differently from one release to the next
        LEXICAL_VERSION,
        hashlib.sha256(article.text.encode()).hexdigest(),
        spans,
        fingerprint,
        asdict(settings),
    ]
    if article.sentence_language != "en":
        # Only then: saved indexes of English articles stay valid.
        parts.append(article.sentence_language)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def difference(previous: IndexIdentity, identity: IndexIdentity) -> str:
    """Say in what an earlier index of the same article does not fit, without a full stop."""
    if previous.article_sha256 != identity.article_sha256:
        return "The article has changed since it was indexed"
    if previous.fingerprint != identity.fingerprint:
        return f"The article was indexed with another embedding model ({previous.model})"
    return "The article was indexed with other settings"


def replaces(identity: IndexIdentity, previous: IndexIdentity) -> bool:
    """Return whether the earlier index is of a text that is no longer there."""
    return (
        previous.article_sha256 != identity.article_sha256
        and previous.fingerprint == identity.fingerprint
        and previous.max_passage_tokens == identity.max_passage_tokens
        and previous.exact_search_limit == identity.exact_search_limit
    )


def still_fits(identity: IndexIdentity, *, article_is_kept: bool = False) -> bool:
    """Return whether the article and the model of an index are still what they were.

    Args:
        identity: of the index.
        article_is_kept: whether its article is known to be there, as one of the library is; else
            it has to be at the path that it was read from.
    """
    article_fits = article_is_kept or _article_is_unchanged(identity)
    return article_fits and _model_is_unchanged(identity)


def _article_is_unchanged(identity: IndexIdentity) -> bool:
    if "://" in identity.origin:
        return True
    of_question_set, _, _ = identity.origin.rpartition("#")
    if of_question_set and not Path(identity.origin).exists():
        # One article of many in a file: that the file is there has to do.
        return Path(of_question_set).is_file()
    try:
        raw = Path(identity.origin).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(raw).hexdigest() == identity.article_sha256


def _model_is_unchanged(identity: IndexIdentity) -> bool:
    try:
        return find_model(identity.model).fingerprint == identity.fingerprint
    except EmbeddingModelError:
        return False
