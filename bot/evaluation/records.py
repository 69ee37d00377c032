"""What a `Run` keeps of an article and of a question: gold, answer, places and times."""

from dataclasses import replace

from bot.answer import Answer, Citation
from bot.evaluation.question_set import GoldQuestion
from bot.evaluation.run import ArticleRecord, Place, QuestionRecord, RetrievedPassage
from index.article import Article
from index.passage_index import PassageIndex
from index.sentences import split_sentences
from index.spans import Span


def article_record(
    key: str, article: Article, index: PassageIndex, index_s: float
) -> ArticleRecord:
    """Return what is kept of an article.

    Args:
        key: of the article in its set.
        article: what is asked.
        index: of the article.
        index_s: seconds that building it took; 0 if it was loaded.
    """
    return ArticleRecord(
        key=key,
        title=article.title,
        sha256=article.sha256,
        paragraphs=len(article.paragraphs),
        passages=len(index.passages),
        index_s=index_s,
    )


def failed_record(
    question: GoldQuestion, article: Article, error: str, took_ms: float
) -> QuestionRecord:
    """Return the record of a question that could not be asked."""
    return replace(_gold_record(question, article), error=error, total_ms=took_ms)


def answered_record(question: GoldQuestion, answer: Answer) -> QuestionRecord:
    """Return the record of a question that was answered or refused."""
    text, best = answer.article.text, answer.best_span
    return replace(
        _gold_record(question, answer.article),
        verdict=answer.verdict,
        prediction=answer.text,
        score=answer.score,
        best_span=_place(Citation.of(answer.article, best, 1)) if best is not None else None,
        citations=tuple(_place(citation) for citation in answer.citations),
        verbatim=all(text[c.start : c.end] == c.quote for c in answer.citations),
        passages=tuple(
            RetrievedPassage(
                scored.passage.paragraph, scored.passage.start, scored.passage.end, scored.score
            )
            for scored in answer.passages
        ),
        retrieve_ms=answer.retrieve_ms,
        read_ms=answer.read_ms,
        total_ms=answer.elapsed_ms,
    )


def _gold_record(question: GoldQuestion, article: Article) -> QuestionRecord:
    """Return what is known of a question before it is asked; its verdict is that none was given."""
    sentences = question.evidence or question.spans
    return QuestionRecord(
        id=question.id,
        article=question.article,
        question=question.text,
        tags=question.tags,
        gold=question.answers,
        gold_spans=tuple((span.start, span.end) for span in question.spans),
        gold_evidence=tuple((span.start, span.end) for span in question.evidence),
        gold_paragraphs=question.paragraphs,
        gold_sentence=_sentence_around(article, sentences[0]) if sentences else None,
        values=question.values,
        verdict="error",
        prediction=None,
        score=0.0,
        best_span=None,
        citations=(),
        verbatim=True,
        passages=(),
        retrieve_ms=0.0,
        read_ms=0.0,
        total_ms=0.0,
    )


def _place(citation: Citation) -> Place:
    return Place(
        text=citation.quote,
        start=citation.start,
        end=citation.end,
        paragraph=citation.paragraph,
        sentence=citation.sentence,
        sentence_start=citation.sentence_start,
    )


def _sentence_around(article: Article, span: Span) -> str:
    """Return the sentences of the paragraph that a span reaches into; its own words in a header."""
    for paragraph in article.paragraphs:
        if paragraph.start <= span.start < paragraph.end:
            place = Span(paragraph.start, paragraph.end)
            sentences = split_sentences(article.text, place, article.sentence_language)
            inside = [s for s in sentences if s.start < span.end and span.start < s.end]
            if inside:
                return article.text[inside[0].start : inside[-1].end]
    return article.quote(span)
