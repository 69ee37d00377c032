"""Files of every format, each with what it says: see `files/README.md`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.errors import ArticleError
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.reading import article_from_upload

FILES = Path(__file__).parent / "files"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in FILES.glob("*.expected.json"))
# What a refusal is called in the expectations → what the sentence says.
SENTENCES = {
    "archive": "is an archive.",
    "audio": "is a sound recording.",
    "damaged": "is damaged:",
    "encrypted": "is protected by a password.",
    "image": "is an image,",
    "odt": "is an OpenDocument text (.odt).",
    "rtf": "is an RTF document.",
    "scan": "is a scan:",
}
REASONS = {"damaged": "damaged", "encrypted": "password", "scan": "scan"}


@dataclass
class Read:
    article: Article | None
    error: ArticleError | None
    expected: dict[str, Any]

    def said(self, kind: str) -> list[str]:
        assert self.article is not None
        article = self.article
        texts = [article.text[p.start : p.end] for p in article.paragraphs if p.kind == kind]
        return [text for text in texts if text not in self.expected.get("optional", [])]


@pytest.fixture(scope="module", params=NAMES)
def read(request: pytest.FixtureRequest) -> Read:
    """Each of the files, read once."""
    expected = json.loads((FILES / f"{request.param}.expected.json").read_text(encoding="utf-8"))
    try:
        article = article_from_upload((FILES / request.param).read_bytes(), request.param)
    except ArticleError as error:
        return Read(None, error, expected)
    return Read(article, None, expected)


def test_the_files_are_there() -> None:
    assert len(NAMES) >= 20


def test_it_is_an_article_or_refused_for_the_right_reason(read: Read) -> None:
    refusal = read.expected["refusal"]
    assert (read.error is None) is (refusal is None)
    if refusal is not None:
        assert SENTENCES[refusal] in str(read.error)
        assert "\n" not in str(read.error)
    if isinstance(read.error, NothingToReadError | UnopenedError):
        assert read.error.reason == REASONS[refusal]


def test_its_paragraphs_are_the_publishers(read: Read) -> None:
    if read.article is None:
        return
    expected = read.expected
    # A text file's headline is its first paragraph.
    paragraphs = [text for text in expected["paragraphs"] if text != read.article.title]
    assert read.said("text") == paragraphs
    assert read.said("heading") == expected["headings"]
    assert read.said("caption") == expected["captions"]


def test_its_paragraphs_begin_on_their_pages(read: Read) -> None:
    pages = read.expected["paragraph_pages"]
    if read.article is None:
        return
    article, optional = read.article, read.expected.get("optional", [])
    assert [
        part.page
        for part in article.paragraphs
        if part.kind == "text" and article.text[part.start : part.end] not in optional
    ] == (pages or [None] * len(read.said("text")))


def test_it_says_who_wrote_it_and_when(read: Read) -> None:
    article, expected = read.article, read.expected
    if article is None:
        return
    if "encoding" not in expected:  # those have headlines, but do not call them so
        assert article.title == expected["title"]
    authors = (expected["author"] or "").split("; ")
    assert article.author == (", ".join(authors) or None)
    published = None if article.published is None else article.published.isoformat()[:10]
    assert published == expected["published"]
    assert article.language == expected["language"]


def test_what_is_hidden_is_counted_and_never_said(read: Read) -> None:
    if read.article is None:
        return
    count, notices = read.expected["hidden_passages"], read.article.notices
    if count:
        assert notices == (f"{count} hidden passages were ignored.",)
    elif "url" not in read.expected:  # a page has more that nobody sees than what is told here
        assert notices == ()
    assert [words for words in read.expected.get("never", []) if words in read.article.text] == []
