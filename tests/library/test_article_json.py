import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given

from index.article import Article, article_from_bytes
from index.errors import ArticleError
from index.header import HeaderField
from index.library.article_json import (
    article_from_json,
    article_id,
    article_to_json,
    content_identity,
)
from index.paragraphs import Paragraph
from index.spans import Span
from tests.library.articles import TEA
from tests.nasty_text import nasty_texts

FULL = Article(
    text="A title\nThe text of it.\nA caption.",
    paragraphs=(Paragraph(1, 8, 23, "text", 2), Paragraph(2, 24, 34, "caption", 3)),
    header=(HeaderField("title", Span(0, 7), Span(0, 7)),),
    source="/a.pdf",
    sha256="ab" * 32,
    url="https://tea.example/a",
    title="A title",
    author="Ann Lee",
    published=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC),
    site="Tea news",
    language="en",
    published_text="Menu\nThe text of it.",
    notices=("3 hidden passages were ignored.",),
)


def round_trip(article: Article) -> Article:
    raw = json.dumps(article_to_json(article), ensure_ascii=False)
    kept: Any = json.loads(raw.encode(errors="backslashreplace"))
    return article_from_json(
        kept, source=article.source, sha256=article.sha256, notices=article.notices
    )


@pytest.mark.parametrize(
    "article",
    [
        FULL,
        TEA,
        replace(FULL, published=date(2026, 1, 2)),
        replace(FULL, published=datetime(2026, 1, 2, 3, 4)),
        replace(FULL, published_text="half \ud83d of one"),
    ],
)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    assert round_trip(article) == article


def test_the_default_article_comes_back_as_it_was(default_article: Article) -> None:
    assert round_trip(default_article) == default_article


@given(nasty_texts())
def test_any_text_comes_back_as_it_was(text: str) -> None:
    try:
        article = article_from_bytes(text.encode(), "a.txt")
    except ArticleError:
        return
    assert round_trip(article) == article


# What of an article is none of its content: where, how and in which surroundings it was read.
_OF_THE_READING = {"source", "sha256", "published_text", "notices"}
_OTHER: dict[str, Any] = {
    "text": "A title\nThe text of us.\nA caption.",
    "paragraphs": FULL.paragraphs[:1],
    "header": (),
    "source": "/b.pdf",
    "sha256": "cd" * 32,
    "published": date(2026, 1, 2),
    "published_text": None,
    "notices": (),
}


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_the_identity_is_of_the_content_alone(name: str) -> None:
    other = replace(FULL, **{name: _OTHER.get(name, "other")})

    assert (article_id(other) == article_id(FULL)) == (name in _OF_THE_READING)


@pytest.mark.parametrize("name", [field.name for field in fields(Article)])
def test_an_index_is_of_text_paragraphs_and_language(name: str) -> None:
    other = replace(FULL, **{name: _OTHER.get(name, "other")})

    is_same = content_identity(other).indexed == content_identity(FULL).indexed
    assert is_same == (name not in {"text", "paragraphs", "language"})


@pytest.mark.parametrize(
    ("change", "error"),
    [({"format": 2}, ValueError), ({"text": None}, None), ({"paragraphs": 1}, TypeError)],
)
def test_what_is_of_another_form_is_refused(
    change: dict[str, object], error: type[Exception] | None
) -> None:
    raw = article_to_json(FULL) | change
    if error is None:
        del raw["text"]
        error = KeyError

    with pytest.raises(error):
        article_from_json(raw, source="", sha256="", notices=())
