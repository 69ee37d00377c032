"""Texts and Markdown stay what they were, to the last offset: saved indexes and links hold."""

import hashlib
import json
from dataclasses import replace

import pytest

from index import index_identity
from index.article import Article, article_from_bytes, read_default_article
from index.embedding import HashedWordsModel
from index.index_identity import identity_of
from index.passage_index import IndexSettings

TEXT = (
    "A Tale of One City\n\nBy Jane Doe\n\nIt was the best of times.\nIt was the worst of times.\n\n"
    "- one\n- two\n"
)
MARKDOWN = (
    "---\ntitle: A Tale\nauthor: Jane Doe\ndate: 2020-05-01\n---\n# A *Tale*\n\n## Times\n\n"
    "It was\nthe **best**.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n\n## End\n"
)


def digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()


def places(article: Article) -> list[tuple[int, int, int, str]]:
    return [(part.number, part.start, part.end, part.kind) for part in article.paragraphs]


def key(article: Article, monkeypatch: pytest.MonkeyPatch) -> str:
    # A new release of sentencex makes new keys, rightly.
    monkeypatch.setattr(index_identity, "version", lambda _library: "1.0.30")
    return identity_of(article, HashedWordsModel(), IndexSettings()).key


def test_the_default_article(monkeypatch: pytest.MonkeyPatch) -> None:
    article = read_default_article()
    assert hashlib.sha256(article.text.encode()).hexdigest() == (
        "c63b024508d18f48df1088d793348e07688800752c129a4dd3b694fa6df0746d"
    )
    assert digest(places(article)) == (
        "1aefbcb4395b9fb800a18375c7b132455875b277e7faf4781bb5551439a0621e"
    )
    assert [(field.kind, field.span.start, field.span.end) for field in article.header] == [
        ("title", 30, 80),
        ("author", 82, 96),
        ("published", 99, 119),
    ]
    assert key(article, monkeypatch) == "ec0337fa732d15071911ca805d5b5c53"


def test_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    article = article_from_bytes(TEXT.encode(), "tale.txt")
    assert article.text == TEXT.strip()
    assert places(article) == [(1, 33, 85, "text"), (2, 87, 92, "text"), (3, 93, 98, "text")]
    assert [(field.kind, field.span.start, field.span.end) for field in article.header] == [
        ("title", 0, 18),
        ("author", 23, 31),
    ]
    assert key(article, monkeypatch) == "a3e3aa587f5674aac1450ee635e01bae"


def test_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    article = article_from_bytes(MARKDOWN.encode(), "tale.md", markdown=True)
    assert hashlib.sha256(article.text.encode()).hexdigest() == (
        "8a74b98d32937c076eb1af407e74bd11c2a376279a551ff197a7793ae1185003"
    )
    assert places(article) == [
        (1, 49, 55, "heading"),
        (1, 57, 62, "heading"),
        (1, 64, 80, "text"),
        (2, 82, 85, "text"),
        (3, 87, 90, "text"),
        (4, 92, 97, "text"),
        (5, 99, 104, "text"),
        (6, 106, 109, "heading"),
    ]
    assert [(field.kind, field.span.start, field.span.end) for field in article.header] == [
        ("title", 7, 13),
        ("author", 22, 30),
        ("published", 37, 47),
    ]
    assert key(article, monkeypatch) == "ccdd95557df78043fef7183ddd453683"


def test_an_index_in_another_language_is_another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    article = read_default_article()
    unknown = key(replace(article, language=None), monkeypatch)
    assert key(replace(article, language="en"), monkeypatch) == unknown
    assert key(replace(article, language="de"), monkeypatch) != unknown
