"""`Answer` → JSON, as `bot/schemas/answer.schema.json` promises."""

from typing import Any

from bot.answer import Answer, Citation
from bot.deep_links import sentence_url
from bot.places import Place
from index.article import Article
from index.joined import JoinedArticle
from index.library.article_json import article_id
from index.retriever import ScoredPassage
from index.spans import Span

JSON_SCHEMA_VERSION = 1


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in the form that the schema promises."""
    told = _Articles()
    closest = answer.closest
    return {
        "schema": JSON_SCHEMA_VERSION,
        "question": answer.question,
        "answer": answer.text,
        "verdict": answer.verdict,
        "answers": [
            {"text": citation.quote, "citation": citation.number} for citation in answer.citations
        ],
        "score": round(answer.score, 4),
        "probability": None if answer.probability is None else round(answer.probability, 4),
        "reason": answer.reason,
        "citations": [_citation_to_json(citation, told) for citation in answer.citations],
        "closest": None if closest is None else _citation_to_json(closest, told),
        "passages": [_passage_to_json(answer, scored, told) for scored in answer.passages],
        "article": _asked_to_json(answer.article, told),
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


class _Articles:
    """The articles of one answer in brief, each looked at once."""

    def __init__(self) -> None:
        self._told: dict[int, dict[str, Any]] = {}

    def brief(self, article: Article) -> dict[str, Any]:
        told = self._told.get(id(article))
        if told is None:
            told = {"id": article_id(article), "title": article.title, "url": article.url}
            self._told[id(article)] = told
        return told


def _citation_to_json(citation: Citation, told: _Articles) -> dict[str, Any]:
    return {
        "number": citation.number,
        "paragraph": citation.paragraph,
        "page": citation.page,
        "caption": citation.is_caption,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "sentence": citation.sentence,
        "url": sentence_url(citation),
        "article": told.brief(citation.article),
    }


def _passage_to_json(answer: Answer, scored: ScoredPassage, told: _Articles) -> dict[str, Any]:
    passage = scored.passage
    place = Place.of(answer.article, Span(passage.start, passage.end), passage.paragraph)
    return {
        "paragraph": place.paragraph,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "text": passage.text,
        "score": round(scored.score, 4),
        "article": told.brief(place.article),
    }


def _asked_to_json(article: Article, told: _Articles) -> dict[str, Any]:
    is_one = not isinstance(article, JoinedArticle)
    return {
        "id": told.brief(article)["id"] if is_one else None,
        "title": article.title,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "url": article.url,
        "sha256": article.sha256,
    }
