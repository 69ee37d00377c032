"""A `Document` as JSON: how it comes from the process that parsed a file."""

from datetime import date, datetime
from typing import Any, get_args

from index.sources.document import Block, BlockKind, Document, Metadata

_KINDS = get_args(BlockKind)
_TEXTS = ("title", "author", "site", "url", "language")


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document as what JSON holds."""
    metadata = document.metadata
    published = metadata.published
    return {
        "blocks": [[block.kind, block.text, block.page] for block in document.blocks],
        "metadata": {
            **{name: getattr(metadata, name) for name in _TEXTS},
            "published": None if published is None else published.isoformat(),
        },
        "published_text": document.published_text,
        "hidden_passages": document.hidden_passages,
    }


def document_from_json(raw: Any) -> Document:  # noqa: ANN401 - what JSON holds
    """Return the document that `document_to_json` wrote, every part of it looked at.

    Code points that are no characters (lone surrogates) become U+FFFD.

    Raises:
        ValueError: if it is anything else; likewise KeyError and TypeError.
    """
    metadata = raw["metadata"]
    said = {name: _text_or_none(metadata[name]) for name in _TEXTS}
    return Document(
        tuple(_block(*block) for block in raw["blocks"]),
        Metadata(**said, published=_moment(metadata["published"])),
        _text_or_none(raw["published_text"]),
        _count(raw["hidden_passages"]),
    )


def _block(kind: Any, text: Any, page: Any) -> Block:  # noqa: ANN401 - what JSON holds
    if kind not in _KINDS:
        raise ValueError(f"no kind of block: {kind!r}")
    return Block(kind, _text(text), None if page is None else _count(page))


def _text(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _text_or_none(value: Any) -> str | None:  # noqa: ANN401 - what JSON holds
    return None if value is None else _text(value)


def _count(value: Any) -> int:  # noqa: ANN401 - what JSON holds
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"no count: {value!r}")
    return value


def _moment(value: Any) -> date | None:  # noqa: ANN401 - what JSON holds
    if value is None:
        return None
    text = _text(value)
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
